// A session as it is stored: the domain's session beside what only rows know (numbers, names, instants), and how both go on
// together when something happens.
import {
  evolve,
  isRevealed,
  type ProofVersion,
  type SectionWeights,
  type Session,
  type SessionEvent,
} from '@attune/domain';

/** When the session reached each status; `null` while ahead. */
export interface StatusInstants {
  readonly createdAt: string;
  readonly scoringAt: string | null;
  readonly reviewAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
}

export interface StoredSession {
  readonly organisationId: string;
  readonly session: Session;
  /** Of the whole scorecard, of which the session may have some questions alone. */
  readonly sectionWeights: SectionWeights;
  /** Number of the last change. */
  readonly number: number;
  readonly detailRevision: number;
  readonly instants: StatusInstants;
  /** Names of everyone of the session by member id. */
  readonly names: ReadonlyMap<string, string>;
  /** Members of this session who have no account, by id, and the name of who let each in; `null` while they wait. */
  readonly guests: ReadonlyMap<string, string | null>;
  /** Questions answered by participant id. */
  readonly answered: ReadonlyMap<string, number>;
  /** The session's data key, wrapped by the server's. */
  readonly wrappedKey: Uint8Array;
  readonly auditHead: Uint8Array;
  readonly proof: ProofVersion;
  readonly deleted: boolean;
}

/** Whether nobody may see another's answers yet. */
export const isSealed = ({ session }: StoredSession): boolean => !isRevealed(session.status);

/**
 * The stored session after an event. Its number and the head of its log are the command's to set; names of people who were not
 * in it are looked up afterwards.
 *
 * @param by the member who caused it
 * @param now ISO 8601 instant, UTC
 */
export function evolveStored(
  stored: StoredSession,
  event: SessionEvent,
  by: string,
  now: string,
): StoredSession {
  const next: StoredSession = { ...stored, session: evolve(stored.session, event) };
  const { instants } = stored;
  switch (event.type) {
    case 'settings-edited':
    case 'version-moved':
      return { ...next, detailRevision: stored.detailRevision + 1 };
    case 'scoring-started':
      return { ...next, instants: { ...instants, scoringAt: now } };
    case 'revealed':
      return { ...next, instants: { ...instants, reviewAt: now } };
    case 'resolved':
      return { ...next, instants: { ...instants, resolvedAt: now } };
    case 'closed':
      return { ...next, instants: { ...instants, closedAt: now } };
    case 'submitted':
      return { ...next, answered: new Map([...stored.answered, [event.participantId, event.answered]]) };
    case 'place-restarted':
      return {
        ...next,
        answered: new Map([...stored.answered].filter(([id]) => id !== event.participantId)),
      };
    case 'admitted':
      return {
        ...next,
        guests: new Map([...stored.guests, [event.memberId, stored.names.get(by) ?? null]]),
      };
    case 'turned-away':
      return withoutGuests(next, [event.memberId]);
    case 'lobby-emptied':
      return withoutGuests(next, event.memberIds);
    case 'guest-renamed':
      return { ...next, names: new Map([...stored.names, [event.memberId, event.to]]) };
    case 'deleted':
      return { ...next, deleted: true };
    default:
      return next;
  }
}

/** Whoever was not let in is nobody's member any more: no name of theirs is left. */
function withoutGuests(stored: StoredSession, gone: readonly string[]): StoredSession {
  const left = <T>(byId: ReadonlyMap<string, T>) => new Map([...byId].filter(([id]) => !gone.includes(id)));
  return { ...stored, names: left(stored.names), guests: left(stored.guests) };
}
