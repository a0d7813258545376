// People, roles, access, clients and scopes as they travel.
import { type Access, generalActions, type Hindrance, isTimeZone, roles, type Scope } from '@attune/domain';
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { says } from '../input-problem.ts';
import { reachKind, reachView } from './reach.ts';
import { personName, trimmedText } from './text.ts';
import { thresholdSchema } from './threshold.ts';

export const scopeSchema: z.ZodMiniType<Scope, Scope> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('organisation') }),
  z.object({ kind: z.literal('client'), clientId: idSchema }),
  z.object({ kind: z.literal('lob'), clientId: idSchema, lobId: idSchema }),
]);

export const accessSchema: z.ZodMiniType<Access, Access> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('organisation') }),
  z.object({
    kind: z.literal('grants'),
    grants: z.array(z.object({ clientId: idSchema, lobId: z.nullable(idSchema) })).check(z.maxLength(200)),
  }),
]);

/** Why someone cannot take part in a session, or facilitate it. */
export const hindranceSchema: z.ZodMiniType<Hindrance, Hindrance> = z.discriminatedUnion('why', [
  z.object({ why: z.enum(['deactivated', 'no-sign-in', 'role', 'unknown', 'guest']) }),
  z.object({ why: z.literal('elsewhere'), access: accessSchema }),
]);

export const roleSchema = z.enum(roles);

const name = trimmedText(120, 'blank');
const ownName = personName(120, 'own-name-missing');
const email = z.string().check(z.trim(), z.toLowerCase(), z.email(says('email')), z.maxLength(254));
const password = z
  .string()
  .check(z.minLength(12, says('password-short')), z.maxLength(128, says('too-long')));

/** A browser that is signed in to one's account. */
export const signInView = z.object({
  id: idSchema,
  /** In words, such as "Safari on iPhone"; `null` where the browser says nothing of itself. */
  device: z.nullable(z.string()),
  address: z.nullable(z.string()),
  createdAt: z.string(),
  /** When it was last used, to the day. */
  usedAt: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
});
export type SignInView = z.infer<typeof signInView>;
export const accountView = z.object({
  /** `false` for the demo's accounts, which are signed in to by a click. */
  hasPassword: z.boolean(),
  signIns: z.array(signInView),
});
export type AccountView = z.infer<typeof accountView>;
export const passwordChange = z.object({
  present: z.string().check(z.minLength(1, says('password-missing')), z.maxLength(128, says('too-long'))),
  password,
  /** Whether the other browsers stay signed in. */
  keepOthers: z._default(z.boolean(), false),
});
export const signInsQuery = z.object({ keep: z._default(z.enum(['this', 'none']), 'this') });

/** Who is signed in, and what they may do. */
export const meView = z.object({
  member: z.object({
    id: idSchema,
    name: z.string(),
    email: z.string(),
    roles: z.array(roleSchema),
    access: accessSchema,
  }),
  /** `demo`: anyone signs in as anyone by a click, so that nothing is sealed. */
  organisation: z.object({
    id: idSchema,
    name: z.string(),
    demo: z.boolean(),
    /** Whose days count, as IANA names it. */
    timeZone: z.string(),
    /** What a new calibration begins with. */
    thresholdHundredths: z.int(),
  }),
  /** What the permission table lets them do of what is done to no one object; screens offer nothing else. */
  may: z.array(z.enum(generalActions)),
  reach: reachView,
  /** The one session a sign-in by its link sees; `null` for a sign-in of the person's own. */
  limitedTo: z.nullable(idSchema),
});
export type MeView = z.infer<typeof meView>;

const timeZone = z.string().check(z.refine(isTimeZone, says('time-zone')));
const settings = {
  name,
  /** Whose days count, as IANA names it. */
  timeZone,
  /** What a new calibration begins with, unless its facilitator chooses another. */
  thresholdHundredths: thresholdSchema,
  /** Whether people without an account may ask to be let into calibrations by the join link. */
  guestsAllowed: z.boolean(),
};
/** What an administrator sets for the whole organisation. `revision`: raised by each change. */
export const organisationSettings = z.object({ ...settings, revision: z.int() });
export type OrganisationSettings = z.infer<typeof organisationSettings>;
/** What is to change of it, what is left out stays; and the revision it was chosen over. */
export const organisationChange = z.extend(z.partial(z.object(settings)), { revision: z.int() });
export type OrganisationChange = z.infer<typeof organisationChange>;
/** How the settings are instead, with `stale`, and who changed them. */
export const presentOrganisation = z.object({
  settings: organisationSettings,
  byName: z.nullable(z.string()),
});
export type PresentOrganisation = z.infer<typeof presentOrganisation>;

export const memberView = z.object({
  id: idSchema,
  name: z.string(),
  roles: z.array(roleSchema),
  access: accessSchema,
  active: z.boolean(),
  /** Whether there is an account they sign in to; without one they take part in nothing, and may be invited. */
  hasSignIn: z.boolean(),
  /** Both are told to administrators alone; `null`: there is none. */
  email: z.optional(z.nullable(z.string())),
  employeeNumber: z.optional(z.nullable(z.string())),
});
export type MemberView = z.infer<typeof memberView>;

/** A page of members, by name. */
export const memberList = z.object({
  members: z.array(memberView),
  /** Where the next page begins; `null` on the last. */
  next: z.nullable(z.string()),
});
export const memberQuery = z.object({
  /** Part of a name; for administrators of an e-mail address or an employee number, too. */
  text: z.optional(z.string().check(z.maxLength(254))),
  active: z.optional(z.enum(['true', 'false'])),
  signIn: z.optional(z.enum(['with', 'without'])),
  cursor: z.optional(z.string().check(z.maxLength(400))),
});
export type MemberQuery = z.infer<typeof memberQuery>;

const rolesOfMember = z.array(roleSchema).check(z.minLength(1, says('role-missing')), z.maxLength(20));
const memberName = personName(120, 'name-missing');
const employeeNumber = trimmedText(60, 'blank');

/** A member without a sign-in, such as an agent who is scored. */
export const newMember = z.object({
  name: memberName,
  email: z._default(z.nullable(email), null),
  employeeNumber: z._default(z.nullable(employeeNumber), null),
  roles: rolesOfMember,
  access: accessSchema,
});

/** What is left out stays. Name and e-mail of whoever has a sign-in are theirs, and are not changed here. */
export const memberChange = z.object({
  name: z.optional(memberName),
  email: z.optional(z.nullable(email)),
  employeeNumber: z.optional(z.nullable(employeeNumber)),
  roles: z.optional(rolesOfMember),
  access: z.optional(accessSchema),
  active: z.optional(z.boolean()),
});

/** `archived`: it keeps what it has, and is offered for nothing new. */
const named = z.object({ id: idSchema, name: z.string(), archived: z.boolean() });
export const clientView = z.extend(named, { lobs: z.array(named) });
export type ClientView = z.infer<typeof clientView>;
export const clientList = z.object({ clients: z.array(clientView) });
export const newClient = z.object({ name, lobs: z._default(z.array(name).check(z.maxLength(100)), []) });
export const newLob = z.object({ name });
/** Of a client or a line of business; what is left out stays. */
export const namedChange = z.object({ name: z.optional(name), archived: z.optional(z.boolean()) });

/** What a visitor who is not signed in may know of the installation. */
export const welcomeView = z.object({
  demo: z.nullable(
    z.object({
      organisation: z.string(),
      members: z.array(
        z.object({ id: idSchema, name: z.string(), roles: z.array(roleSchema), about: z.string() }),
      ),
    }),
  ),
  needsSetUp: z.boolean(),
  reach: reachKind,
});
export type WelcomeView = z.infer<typeof welcomeView>;

export const demoSignIn = z.object({ memberId: idSchema });

const token = z.string().check(z.minLength(20), z.maxLength(200));

/** The link is shown once; only its hash is stored. */
export const resetLinkMade = z.object({ link: z.string(), expiresAt: z.string() });
export const resetPeek = z.object({ token });
export const resetView = z.object({ organisation: z.string(), email: z.string() });
export const resetBody = z.object({ token, password });

/** `timeZone`: the browser's, which nobody typed; one that the server does not know is taken for UTC. */
export const setUpBody = z.object({
  token,
  organisation: name,
  name: ownName,
  email,
  password,
  timeZone: z._default(z.catch(timeZone, 'UTC'), 'UTC'),
});
export const newInvitation = z.object({ email, roles: rolesOfMember, access: accessSchema });
/** Invites a member who has no sign-in yet: whoever accepts is that member from then on. */
export const memberInvitation = z.object({ email });
/** The link is shown once; only its hash is stored. */
export const invitationCreated = z.object({ id: idSchema, link: z.string(), expiresAt: z.string() });
/** An invitation that can still be accepted, as administrators see it. */
export const pendingInvitation = z.object({
  id: idSchema,
  email: z.string(),
  /** Whom it gives a sign-in to; `null` where it makes a new member. */
  member: z.nullable(z.object({ id: idSchema, name: z.string() })),
  roles: z.array(roleSchema),
  access: accessSchema,
  /** Who made it; `null` where that member is gone. */
  byName: z.nullable(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type PendingInvitation = z.infer<typeof pendingInvitation>;
export const invitationList = z.object({ invitations: z.array(pendingInvitation) });
export const acceptInvitation = z.object({ token, name: ownName, password });
export const invitationPeek = z.object({ token });
/** `name`: the member's, where the invitation is for one there is. */
export const invitationView = z.object({
  organisation: z.string(),
  email: z.string(),
  name: z.nullable(z.string()),
});

/** Someone who came into one session by its join link, without an account, as administrators see them. */
export const guestView = z.object({
  id: idSchema,
  name: z.string(),
  sessionId: idSchema,
  sessionName: z.string(),
  /** Who let them in; `null` while they wait. */
  admittedBy: z.nullable(z.string()),
  since: z.string(),
  /** When their sign-in was last seen to be used, to the day; `null` where it has ended. */
  seenAt: z.nullable(z.string()),
  state: z.enum(['waiting', 'in', 'ended']),
});
export type GuestView = z.infer<typeof guestView>;
/** The latest first; no more than the last few hundred. */
export const guestList = z.object({ guests: z.array(guestView) });
