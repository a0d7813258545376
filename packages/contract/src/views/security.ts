// The security log as it travels: who came in, who let whom in, who took what out. It holds no secret, and nothing anyone scored.
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';

/** Everything that the security log tells. Stored as text: a kind that has been written is never renamed. */
export const securityKinds = [
  'sign-in-succeeded',
  'sign-in-failed',
  'signed-out',
  'sign-in-ended',
  'password-changed',
  'reset-link-made',
  'reset-link-opened',
  'reset-link-used',
  'set-up-used',
  'invitation-made',
  'invitation-opened',
  'invitation-used',
  'invitation-ended',
  'member-added',
  'members-imported',
  'members-exported',
  'roles-or-access-changed',
  'member-deactivated',
  'member-reactivated',
  'organisation-changed',
  'join-link-made',
  'join-link-ended',
  'join-link-opened',
  'display-link-made',
  'display-link-ended',
  'display-link-opened',
  'guest-admitted',
  'guest-turned-away',
  'guest-ended',
  'participant-put-out',
  'place-opened',
  'record-exported',
  'key-rotated',
] as const;
export type SecurityKind = (typeof securityKinds)[number];
export const securityKindSchema = z.enum(securityKinds);

/** What else is to be told, by short name: role names, names of clients, a file format. Never a secret, never what was typed as one. */
export const securityDetail = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);
export type SecurityDetail = z.infer<typeof securityDetail>;

const named = z.nullable(z.object({ id: idSchema, name: z.string() }));

export const securityEntry = z.object({
  id: idSchema,
  at: z.string(),
  kind: securityKindSchema,
  /** Who did it; `null` where nobody was signed in. */
  actor: named,
  /** Whom it was done to, where that is someone else. */
  member: named,
  session: named,
  address: z.nullable(z.string()),
  device: z.nullable(z.string()),
  detail: securityDetail,
});
export const securityPage = z.object({
  entries: z.array(securityEntry),
  /** Where the next page begins; `null` on the last. */
  next: z.nullable(z.string()),
});
export const securityQuery = z.object({
  kind: z.optional(securityKindSchema),
  /** Who did it, or whom it was done to. */
  member: z.optional(idSchema),
  cursor: z.optional(z.string().check(z.maxLength(200))),
});
export type SecurityQuery = z.infer<typeof securityQuery>;
export type SecurityEntry = z.infer<typeof securityEntry>;
