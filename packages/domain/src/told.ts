// What the log of a session tells (version 2), gathered entry by entry: who was in it, what was set, agreed and done. Texts are
// still hashes here. Nothing is checked: whoever changed an entry broke the chain.

import type { Held } from './held.ts';
import type { AuditEntry } from './proof.ts';
import type { HeldAgreed, HeldEvent } from './session/held-log.ts';
import type { Cause, NamesMode } from './session/state.ts';

type Entry<T extends HeldEvent['type']> = Extract<HeldEvent, { readonly type: T }>;

export interface ToldPerson {
  readonly participantId: string;
  readonly memberId: string;
  readonly late: boolean;
  readonly state: 'scoring' | 'submitted' | 'excused';
  readonly submittedAt: string | null;
  readonly reason: Held | null;
  /** Hexadecimal. */
  readonly commitment: string | null;
}

export interface ToldRevote {
  readonly revoteId: string;
  readonly questionId: string;
  readonly round: number;
  readonly openedAt: string;
  /** `null` while open. */
  readonly revealed:
    | (Pick<Entry<'revote-revealed'>, 'numbers' | 'standIns'> & { readonly at: string })
    | null;
}

export interface ToldSession {
  readonly opening: Entry<'scoring-started'> | null;
  /** In the order of joining. */
  readonly people: readonly ToldPerson[];
  /** The latest name of each member. */
  readonly names: ReadonlyMap<string, Held>;
  /** Guests by member id, and who let each in. */
  readonly hosts: ReadonlyMap<string, Held | null>;
  readonly facilitatorId: string | null;
  readonly namesMode: NamesMode;
  readonly outcomes: ReadonlyMap<
    string,
    { readonly agreed: HeldAgreed | null; readonly cause: Cause | null }
  >;
  readonly notes: ReadonlyMap<string, Held>;
  readonly revotes: readonly ToldRevote[];
  readonly revealed: { readonly rules: string; readonly board: Held } | null;
  readonly createdAt: string;
  readonly scoringAt: string | null;
  readonly reviewAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
}

const untold: ToldSession = {
  opening: null,
  people: [],
  names: new Map(),
  hosts: new Map(),
  facilitatorId: null,
  namesMode: 'shown',
  outcomes: new Map(),
  notes: new Map(),
  revotes: [],
  revealed: null,
  createdAt: '',
  scoringAt: null,
  reviewAt: null,
  resolvedAt: null,
  closedAt: null,
};

/** An event as the log of a record has it: by its type it is one of ours, and its fields are those the chain holds. */
const isTold = (event: unknown): event is HeldEvent =>
  typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string';

/** The session as its whole log tells it. */
export const tell = (log: readonly AuditEntry[]): ToldSession =>
  log.reduce(
    (told, entry) => (isTold(entry.event) ? after(named(told, entry), entry, entry.event) : told),
    untold,
  );

const withEntry = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map([...map, [key, value]]);

/** With the name that whoever made the entry had then. */
const named = (told: ToldSession, { byMemberId, byName }: AuditEntry): ToldSession =>
  byMemberId === null || byName === '' || told.names.get(byMemberId)?.held === byName
    ? told
    : { ...told, names: withEntry(told.names, byMemberId, { held: byName }) };

const withName = (told: ToldSession, memberId: string, name: Held): ToldSession => ({
  ...told,
  names: withEntry(told.names, memberId, name),
});

const withPerson = (told: ToldSession, participantId: string, change: Partial<ToldPerson>): ToldSession => ({
  ...told,
  people: told.people.map((person) =>
    person.participantId === participantId ? { ...person, ...change } : person,
  ),
});

const withoutPerson = (told: ToldSession, participantId: string | null): ToldSession => ({
  ...told,
  people: told.people.filter((person) => person.participantId !== participantId),
});

const withAgreed = (
  told: ToldSession,
  answers: readonly { readonly questionId: string; readonly agreed: HeldAgreed | null }[],
): ToldSession => ({
  ...told,
  outcomes: new Map([
    ...told.outcomes,
    ...answers.map(
      ({ questionId, agreed }) =>
        [questionId, { agreed, cause: told.outcomes.get(questionId)?.cause ?? null }] as const,
    ),
  ]),
});

const scoringAgain = { state: 'scoring', submittedAt: null, reason: null, commitment: null } as const;

function after(told: ToldSession, { at, byMemberId, byName }: AuditEntry, event: HeldEvent): ToldSession {
  switch (event.type) {
    case 'created':
      return { ...told, facilitatorId: byMemberId, createdAt: at };
    case 'scoring-started':
      return { ...told, opening: event, scoringAt: at };
    case 'participant-added': {
      const { participantId, memberId, late, name } = event;
      const added: ToldPerson = { participantId, memberId, late, ...scoringAgain };
      return withName({ ...told, people: [...told.people, added] }, memberId, name);
    }
    case 'participant-removed':
      return withoutPerson(told, event.participantId);
    case 'put-out':
      return told.revealed ? told : withoutPerson(told, event.participantId);
    case 'place-restarted':
      return withPerson(told, event.participantId, {
        participantId: event.newParticipantId,
        ...scoringAgain,
      });
    case 'submitted': {
      const { participantId, commitment } = event;
      return withPerson(told, participantId, {
        ...scoringAgain,
        state: 'submitted',
        submittedAt: at,
        commitment,
      });
    }
    case 'excused': {
      const { participantId, reason } = event;
      return withPerson(told, participantId, { ...scoringAgain, state: 'excused', reason });
    }
    case 'taken-back':
    case 'readmitted':
      return withPerson(told, event.participantId, scoringAgain);
    case 'revealed': {
      const { rules, board } = event;
      return { ...told, revealed: { rules, board }, reviewAt: at };
    }
    case 'agreed': {
      const { questionId, agreed, cause } = event;
      return { ...told, outcomes: withEntry(told.outcomes, questionId, { agreed, cause }) };
    }
    case 'swept':
      return withAgreed(told, event.answers);
    case 'sweep-undone':
      return withAgreed(
        told,
        event.questionIds.map((questionId) => ({ questionId, agreed: null })),
      );
    case 'resolved':
      return {
        ...told,
        notes: new Map(event.notes.map(({ questionId, note }) => [questionId, note])),
        resolvedAt: at,
      };
    case 'closed':
      return { ...told, closedAt: at };

    case 'revote-opened': {
      const { revoteId, questionId, round } = event;
      const opened: ToldRevote = { revoteId, questionId, round, openedAt: at, revealed: null };
      return { ...told, revotes: [...told.revotes, opened] };
    }
    case 'revote-revealed': {
      const { revoteId, numbers, standIns } = event;
      return {
        ...told,
        revotes: told.revotes.map((revote) =>
          revote.revoteId === revoteId ? { ...revote, revealed: { at, numbers, standIns } } : revote,
        ),
      };
    }
    case 'revote-cancelled':
      return { ...told, revotes: told.revotes.filter(({ revoteId }) => revoteId !== event.revoteId) };

    case 'admitted': {
      const host = byName === '' ? null : { held: byName };
      return { ...told, hosts: withEntry(told.hosts, event.memberId, host) };
    }
    case 'guest-renamed':
      return withName(told, event.memberId, event.to);
    case 'handed-over':
    case 'taken-over':
      return withName({ ...told, facilitatorId: event.to }, event.to, event.name);
    case 'names-set':
      return { ...told, namesMode: event.names };
    default:
      return told;
  }
}
