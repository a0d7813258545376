// Links of a session and coming in by them (J1 to J3): bodies and replies. Tokens travel in bodies alone; in addresses they stand
// behind the #, which no server and no log sees.
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { sessionStatusSchema } from './status.ts';
import { trimmedText } from './text.ts';

const token = z.string().check(z.minLength(20), z.maxLength(200));

/** A link as the facilitator sees it; the whole address, to be shown, copied, or drawn as a QR code. */
export const sessionLinkView = z.object({
  url: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type SessionLinkView = z.infer<typeof sessionLinkView>;

/** The session's living links; `null` where there is none. */
export const sessionLinks = z.object({
  join: z.nullable(sessionLinkView),
  display: z.nullable(sessionLinkView),
  /** Whether someone without an account can come in: never in a session with a scope, nor where the organisation says no. */
  guests: z.boolean(),
});
export type SessionLinks = z.infer<typeof sessionLinks>;

/** Days until a link ends; 7 when left out. A new link ends the old one of its kind. */
export const makeLinkBody = z.object({
  days: z._default(
    z.int().check(z.minimum(1, 'must be a day or more'), z.maximum(90, 'must be 90 days or less')),
    7,
  ),
});

/** What a join link leads to, before one decides to join. Consumes nothing. */
export const peekJoinBody = z.object({ token });
export const joinPeek = z.object({
  sessionName: z.string(),
  organisation: z.string(),
  facilitator: z.string(),
  status: sessionStatusSchema,
  guests: z.boolean(),
  /** The signed-in member who would join, `null` where nobody is signed in. */
  member: z.nullable(
    z.object({
      name: z.string(),
      /** What keeps them out of a session that can still be joined: none of their roles takes part, or they work elsewhere only. */
      whyNot: z.nullable(z.enum(['role', 'elsewhere'])),
    }),
  ),
});
export type JoinPeek = z.infer<typeof joinPeek>;

/** A signed-in member joins at once; with a name, a guest asks to be let in. */
export const joinBody = z.object({
  token,
  name: z.optional(trimmedText(80, 'say your name')),
});

/** Where someone who came by a link stands. `waiting`: in the lobby. `participantId` is set where they score. */
export const joinState = z.object({
  sessionId: idSchema,
  sessionName: z.string(),
  memberId: idSchema,
  name: z.string(),
  status: sessionStatusSchema,
  place: z.enum(['waiting', 'participant', 'observer', 'turned-away']),
  participantId: z.nullable(idSchema),
});
export type JoinState = z.infer<typeof joinState>;

/** Opening a personal invite. The first device is in at once; another has to be allowed. */
export const personalBody = z.object({ token });
export const personalOpened = z.discriminatedUnion('state', [
  z.object({ state: z.literal('in'), sessionId: idSchema }),
  /** `secret` is this device's own, for asking whether it was allowed. */
  z.object({ state: z.literal('asking'), requestId: idSchema, secret: z.string(), name: z.string() }),
]);
export type PersonalOpened = z.infer<typeof personalOpened>;
export const claimBody = z.object({ requestId: idSchema, secret: token });
export const claimState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asking') }),
  z.object({ state: z.literal('refused') }),
  z.object({ state: z.literal('in'), sessionId: idSchema }),
]);

/** Another device that wants to open a personal invite: shown to the first device and to the facilitator. */
export const deviceRequestView = z.object({
  id: idSchema,
  participantId: idSchema,
  name: z.string(),
  /** Such as "Safari on iPhone". */
  device: z.string(),
  askedAt: z.string(),
});
export type DeviceRequestView = z.infer<typeof deviceRequestView>;
export const deviceRequests = z.object({ requests: z.array(deviceRequestView) });
export const answerDeviceBody = z.object({ allow: z.boolean() });
