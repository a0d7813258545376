// Names hidden (J3): who gave which answer is replaced by stand-ins that say nothing of the person, in an order that says nothing
// either. Nobody but the server can tell which stand-in is whose; one's own is told to oneself alone.
import { createHmac } from 'node:crypto';
import type { BoardView } from '@attune/contract';
import {
  type Actor,
  type Board,
  type BoardQuestion,
  type CalibrationRecord,
  type Session,
  tell,
} from '@attune/domain';
import { unwrapSessionKey } from '../documents/seal.ts';
import type { StoredSession } from './stored-session.ts';
import { settingsFor } from './views.ts';

/** Whether this viewer gets letters: the meeting screen, or everybody until closed. */
export function isHiddenFrom(actor: Actor, { names, status }: Pick<Session, 'names' | 'status'>): boolean {
  if (names === 'hidden-on-screen') return actor.limit?.as === 'display';
  return names === 'hidden' && status !== 'closed';
}

/** Shaped like an id, so that it travels where an id does. */
function standInOf(key: Uint8Array, participantId: string): string {
  const hex = createHmac('sha256', key).update('attune/stand-in/v1\0').update(participantId).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** "A" to "Z", then "AA" and on. */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** Stand-ins by participant id, in the order of their letters. */
function standInsOf(serverKey: Uint8Array, stored: StoredSession, board: Board): Map<string, string> {
  const { organisationId, session, wrappedKey } = stored;
  const key = unwrapSessionKey(serverKey, { organisationId, sessionId: session.id }, wrappedKey);
  const pairs = board.participants.map(({ participantId }): [string, string] => [
    participantId,
    standInOf(key, participantId),
  ]);
  return new Map(pairs.sort(([, one], [, other]) => (one < other ? -1 : 1)));
}

/** Entries with their ids replaced, in the order of the replacements. */
function replaced<T extends { readonly participantId: string }>(
  entries: readonly T[],
  standIns: ReadonlyMap<string, string>,
): T[] {
  const order = [...standIns.keys()];
  return [...entries]
    .sort((one, other) => order.indexOf(one.participantId) - order.indexOf(other.participantId))
    .map((entry) => ({ ...entry, participantId: standIns.get(entry.participantId) ?? '' }));
}

function hideIn(question: BoardQuestion, standIns: ReadonlyMap<string, string>): BoardQuestion {
  return {
    ...question,
    answers: replaced(question.answers, standIns),
    distribution: question.distribution.map((entry) => ({
      ...entry,
      participantIds: entry.participantIds.map((id) => standIns.get(id) ?? '').sort(),
    })),
  };
}

const hideOnBoard = (board: Board, standIns: ReadonlyMap<string, string>): Board => ({
  ...board,
  questions: board.questions.map((question) => hideIn(question, standIns)),
  participants: replaced(board.participants, standIns),
});

/** What of the board is the same for all who see names alike. */
export interface SharedBoard extends Pick<BoardView, 'board' | 'revotes'> {
  /** In the order the board has them. */
  readonly people: readonly BoardView['people'][number][];
  /** By member, which of the people they are: of this each is told their own alone. */
  readonly rows: ReadonlyMap<string, string>;
}

export function boardToShared(
  serverKey: Uint8Array,
  stored: StoredSession,
  board: Board,
  hidden: boolean,
): SharedBoard {
  const { session } = stored;
  const revotes = 'revotes' in session ? session.revotes : [];
  const standIns = standInsOf(serverKey, stored, board);
  const members = new Map(session.participants.map(({ id, memberId }) => [id, memberId]));
  const letters = new Map([...standIns.keys()].map((id, index) => [id, letterOf(index)]));
  const onBoard = hidden
    ? [...standIns.keys()]
    : board.participants.map(({ participantId }) => participantId);
  const shownAs = (id: string) => (hidden ? (standIns.get(id) ?? '') : id);
  return {
    board: hidden ? hideOnBoard(board, standIns) : board,
    people: onBoard.map((id) => {
      const memberId = members.get(id) ?? '';
      return {
        participantId: shownAs(id),
        letter: letters.get(id) ?? '',
        name: hidden ? null : (stored.names.get(memberId) ?? ''),
        // A guest's letter would be known by it.
        guest: !hidden && stored.guests.has(memberId),
      };
    }),
    rows: new Map(
      session.participants.flatMap(({ id, memberId }) =>
        onBoard.includes(id) ? [[memberId, shownAs(id)]] : [],
      ),
    ),
    revotes: revotes.flatMap((revote) =>
      revote.state === 'revealed'
        ? [
            {
              id: revote.id,
              questionId: revote.questionId,
              round: revote.round,
              numbers: hidden ? hideIn(revote.numbers, standIns) : revote.numbers,
            },
          ]
        : [],
    ),
  };
}

/**
 * The record as this viewer may see it. What is hidden from them is there by its hash alone. While names are hidden for everybody,
 * nothing in it ties an answer to a person: commitments, salts and hashes, which would, are left out until the session is closed.
 */
export function recordForViewer(
  serverKey: Uint8Array,
  stored: StoredSession,
  actor: Actor,
  whole: CalibrationRecord,
): CalibrationRecord {
  const record = withSettingsFor(stored, actor, whole);
  if (!isHiddenFrom(actor, stored.session)) return record;
  const standIns = standInsOf(serverKey, stored, whole.board);
  const letters = [...standIns.values()].map((id, index) => [id, letterOf(index)] as const);
  return {
    ...record,
    // Whoever knows the salt of the board's numbers could try which letter is whose.
    ...(record.format === 'attune-record/2' && {
      held: record.held.filter(({ value }) => value !== undefined),
    }),
    namesHidden: true,
    people: [
      ...letters.map(([participantId, letter]) => ({
        participantId,
        memberId: participantId,
        name: letter,
        guest: false,
        admittedBy: null,
        late: false,
        state: 'submitted' as const,
        submittedAt: null,
        excusedReason: null,
        commitment: null,
        salt: null,
        openedByLinkAt: null,
      })),
      ...record.people.filter(({ state }) => state === 'excused'),
    ],
    questions: record.questions.map((question) => ({
      ...question,
      answers: replaced(question.answers, standIns).map(({ texts: _, ...given }) => given),
      revotes: question.revotes.map((revote) => {
        const numbers = hideIn(revote.numbers, standIns);
        // Of every letter, as the numbers have them: the one without a vote would give away who did not vote.
        const votes = numbers.answers.flatMap(({ participantId, answer }) =>
          answer ? [{ participantId, answer, commitment: '', salt: '' }] : [],
        );
        return { ...revote, votes, numbers };
      }),
    })),
    board: hideOnBoard(record.board, standIns),
  };
}

/** With the agent's name, and its salt, only where this viewer may read it. */
function withSettingsFor(stored: StoredSession, actor: Actor, record: CalibrationRecord): CalibrationRecord {
  const settings = settingsFor(stored, actor, record.settings);
  if (record.format === 'attune-record/1' || settings.agentName === record.settings.agentName)
    return { ...record, settings };
  const hash = tell(record.log).opening?.settings.agentName?.held;
  return { ...record, settings, held: record.held.filter((one) => one.hash !== hash) };
}
