// Links of a session and coming in by them (J1 to J3): bodies and replies. Tokens travel in bodies alone; in addresses they stand
// behind the #, which no server and no log sees.
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { says } from '../input-problem.ts';
import { sessionStatusSchema } from './status.ts';
import { personName, trimmedText } from './text.ts';

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
  days: z._default(z.int().check(z.minimum(1, says('days')), z.maximum(90, says('days'))), 7),
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
  name: z.optional(personName(80, 'own-name-missing')),
});

/**
 * Where someone who came by a link stands. `waiting`: in the lobby; `excused`: a participant who does not score and reads nothing.
 * `participantId` is set where they score. Whoever was turned away or put out as a guest has no sign-in to ask with any more.
 */
export const joinState = z.object({
  sessionId: idSchema,
  sessionName: z.string(),
  memberId: idSchema,
  name: z.string(),
  status: sessionStatusSchema,
  place: z.enum(['waiting', 'participant', 'excused', 'observer', 'turned-away']),
  participantId: z.nullable(idSchema),
});
export type JoinState = z.infer<typeof joinState>;

/**
 * A guest's further device asks by the join link, and shows two words: whoever types them on the device that is in lets it in.
 * `secret` is the asking device's own, for hearing what became of it.
 */
export const askDeviceBody = z.object({ token });
export const deviceAsked = z.object({
  requestId: idSchema,
  secret: z.string(),
  words: z.tuple([z.string(), z.string()]),
  /** When it stops asking. */
  expiresAt: z.string(),
});
export type DeviceAsked = z.infer<typeof deviceAsked>;
export const claimDeviceBody = z.object({ requestId: idSchema, secret: token });
export const deviceClaim = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asking') }),
  z.object({ state: z.literal('in'), sessionId: idSchema }),
]);

/** The two words another device shows, as its owner typed them. */
export const allowDeviceBody = z.object({
  words: trimmedText(80, 'words-missing'),
});
/** The device that is in now, such as "Safari on iPhone". */
export const deviceAllowed = z.object({ device: z.string() });

/** One's own place as its own browsers see it (J2). */
export const placeView = z.object({
  /** Entries by other browsers that this one is asked about: "You?" */
  asks: z.array(z.object({ id: idSchema, device: z.string(), enteredAt: z.string() })),
  /** Set where the place is shut to this sign-in, since somebody else reset the account. `by` is empty for the operator. */
  shut: z.nullable(z.object({ resetAt: z.string(), by: z.string() })),
  /** Whether this sign-in may still start afresh when it disowns an entry: once. */
  mayStartAfresh: z.boolean(),
});
export type PlaceView = z.infer<typeof placeView>;

/**
 * What the owner says of an entry. `not-me` ends that sign-in. `afresh`: an empty sheet as well; a submission is taken back instead,
 * never destroyed, and after the reveal only the record is marked.
 */
export const placeAnswerBody = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('me') }),
  z.object({ answer: z.literal('not-me'), afresh: z.boolean() }),
]);
export type PlaceAnswerBody = z.infer<typeof placeAnswerBody>;

/** Puts a participant or an observer out of the session, and says why (C12). */
export const putOutBody = z.object({ memberId: idSchema, reason: trimmedText(500, 'reason-missing') });

/** The name a guest goes by from now on. */
export const renameGuestBody = z.object({ name: personName(80, 'name-missing') });

/** Someone whose name a guest's could be mistaken for. */
export const likeName = z.object({ name: z.string(), is: z.enum(['member', 'here', 'guest']) });
export type LikeName = z.infer<typeof likeName>;
/** Who waits, with the names each is like, for the facilitator alone: it says who is a member. */
export const lobbyList = z.object({
  waiting: z.array(z.object({ id: idSchema, like: z.array(likeName) })),
});

/** What an excused participant is told, and nothing else of the session. */
export const ownExcuse = z.object({
  sessionName: z.string(),
  facilitator: z.string(),
  reason: z.string(),
  excusedAt: z.string(),
  /** Until the reveal the facilitator can let them back in. */
  mayReturn: z.boolean(),
});
export type OwnExcuse = z.infer<typeof ownExcuse>;
