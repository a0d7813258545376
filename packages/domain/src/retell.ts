// The record of a session that is proved by version 2: told from its log, with the texts its hashes are of and the answers its
// commitments are of. The server makes it so; verifying makes it again out of the record itself, and compares.
import type { Answer } from './answer.ts';
import type { Board, BoardQuestion } from './board.ts';
import type { Held, HeldValue } from './held.ts';
import type {
  CalibrationRecord,
  RecordAnswer,
  RecordPerson,
  RecordQuestion,
  RecordRevote,
} from './record.ts';
import { questionsOf, type Scorecard } from './scorecard.ts';
import type { HeldAgreed } from './session/held-log.ts';
import type { AgreedAnswer, Settings } from './session/state.ts';
import { answerKey } from './tally.ts';
import { type ToldPerson, type ToldSession, tell } from './told.ts';
import type { TranscriptLine } from './transcript.ts';

/** What a record is told from, beside its log. */
export interface RecordSources {
  readonly sessionId: string;
  readonly log: CalibrationRecord['log'];
  readonly auditHead: string;
  readonly held: readonly HeldValue[];
  /** Narrowed to the session's questions. */
  readonly scorecard: Scorecard;
  readonly board: Board;
  /** Of the submissions by participant; hexadecimal. */
  readonly salts: ReadonlyMap<string, string | null>;
  readonly answers: readonly (RecordAnswer & { readonly questionId: string })[];
  readonly revotes: readonly Pick<RecordRevote, 'revoteId' | 'votes' | 'numbers'>[];
}

/** Everything a record has to be told from again. */
export const sourcesOf = (
  record: Extract<CalibrationRecord, { format: 'attune-record/2' }>,
): RecordSources => ({
  ...record,
  salts: new Map(record.people.map(({ participantId, salt }) => [participantId, salt])),
  answers: record.questions.flatMap(({ questionId, answers }) =>
    answers.map((given) => ({ ...given, questionId })),
  ),
  revotes: record.questions.flatMap(({ revotes }) => revotes),
});

/**
 * The record. An erased text is empty in it; the name of an agent that is hidden, and not among `held`, is `null`.
 *
 * @throws where the log does not tell of a session that was resolved
 */
export function retellRecord(sources: RecordSources): CalibrationRecord {
  const { sessionId, log, auditHead, held, scorecard, board } = sources;
  const told = tell(log);
  const { opening, scoringAt, reviewAt, resolvedAt, closedAt } = told;
  if (!opening || !told.revealed || resolvedAt === null) throw new Error('a record of what was not resolved');
  const values = new Map(held.map(({ hash, value }) => [hash, value]));
  const textOf = (text: Held | null | undefined): string => {
    const value = text && values.get(text.held);
    return typeof value === 'string' ? value : '';
  };
  const textOrNull = (text: Held | null) => text && textOf(text);
  const { facilitatorId, names } = told;
  const people = inOrder(told);
  const answers = new Map(
    sources.answers.map((given) => [`${given.questionId} ${given.participantId}`, given]),
  );
  const place = new Map(people.map(({ participantId }, index) => [participantId, index]));
  const questions = questionsOf(scorecard).map(({ id: questionId }): RecordQuestion => {
    const { agreed, cause } = told.outcomes.get(questionId) ?? { agreed: null, cause: null };
    const note = told.notes.get(questionId);
    return {
      questionId,
      agreed: agreed && agreedOf(agreed, textOf),
      cause,
      note: note ? noteOf(values.get(note.held)) : null,
      answers: people
        .filter(({ state }) => state === 'submitted')
        .map(({ participantId }) => answerOf(participantId, answers.get(`${questionId} ${participantId}`))),
      revotes: revotesOf(told, sources.revotes, questionId, place),
    };
  });
  return {
    format: 'attune-record/2',
    sessionId,
    status: closedAt === null ? 'resolved' : 'closed',
    organisation: textOf(opening.organisation),
    facilitator: textOf(facilitatorId === null ? null : names.get(facilitatorId)),
    settings: settingsOf(opening.settings, values, textOf, textOrNull),
    scope: { ...opening.settings.scope, client: textOrNull(opening.client), lob: textOrNull(opening.lob) },
    scorecard,
    scorecardVersion: opening.scorecardVersion,
    people: people.map((person) => personOf(person, told, textOf, sources.salts)),
    questions,
    board: boardWith(board, questions),
    instants: { createdAt: told.createdAt, scoringAt, reviewAt, resolvedAt, closedAt },
    namesHidden: false,
    log,
    auditHead,
    held,
  };
}

type TextOf = (text: Held | null | undefined) => string;

/** Those on the board in the order of joining, then those without a place on it by id. */
function inOrder({ people }: ToldSession): ToldPerson[] {
  const submitted = people.filter(({ state }) => state === 'submitted');
  const others = people.filter(({ state }) => state !== 'submitted');
  return [...submitted, ...others.sort((one, other) => (one.participantId < other.participantId ? -1 : 1))];
}

function personOf(
  { participantId, memberId, late, state, submittedAt, reason, commitment }: ToldPerson,
  { names, hosts }: ToldSession,
  textOf: TextOf,
  salts: RecordSources['salts'],
): RecordPerson {
  const host = hosts.get(memberId);
  return {
    participantId,
    memberId,
    name: textOf(names.get(memberId)),
    guest: hosts.has(memberId),
    admittedBy: host ? textOf(host) : null,
    late,
    state: state === 'excused' ? 'excused' : 'submitted',
    submittedAt,
    excusedReason: reason && textOf(reason),
    commitment,
    salt: commitment === null ? null : (salts.get(participantId) ?? null),
    openedByLinkAt: null,
  };
}

function settingsOf(
  held: NonNullable<ToldSession['opening']>['settings'],
  values: ReadonlyMap<string, unknown>,
  textOf: TextOf,
  textOrNull: (text: Held | null) => string | null,
): Settings {
  const { agentName, agentNameHidden } = held;
  const isAgentHere = agentName !== null && values.has(agentName.held);
  const lines = held.transcript && values.get(held.transcript.held);
  return {
    ...held,
    name: textOf(held.name),
    interactionReference: textOrNull(held.interactionReference),
    recordingUrl: textOrNull(held.recordingUrl),
    transcript: isTranscript(lines) ? lines : [],
    agentName: agentNameHidden && !isAgentHere ? null : textOrNull(agentName),
  };
}

/** Whatever hash it follows from was made of a transcript. */
const isTranscript = (value: unknown): value is readonly TranscriptLine[] => Array.isArray(value);

const isNote = (value: unknown): value is { readonly json: unknown; readonly text: string } =>
  typeof value === 'object' && value !== null && 'json' in value && 'text' in value;

const noteOf = (value: unknown): RecordQuestion['note'] =>
  isNote(value) ? { json: value.json, text: value.text } : { json: null, text: '' };

const agreedOf = (agreed: HeldAgreed, textOf: TextOf): AgreedAnswer =>
  agreed.kind === 'text' ? { kind: 'text', text: agreed.text === '' ? '' : textOf(agreed.text) } : agreed;

const answerOf = (participantId: string, given: RecordAnswer | undefined): RecordAnswer => ({
  participantId,
  answer: given?.answer ?? null,
  comment: given?.comment ?? '',
  evidence: given?.evidence ?? [],
  ...(given?.texts && { texts: given.texts }),
});

/** The revealed ones of a question; one that the sources do not have is left out. */
const revotesOf = (
  told: ToldSession,
  sources: RecordSources['revotes'],
  questionId: string,
  place: ReadonlyMap<string, number>,
): RecordRevote[] =>
  told.revotes
    .filter((revote) => revote.questionId === questionId)
    .flatMap(({ revoteId, round, openedAt, revealed }) => {
      const source = sources.find((one) => one.revoteId === revoteId);
      if (!revealed || !source) return [];
      const votes = [...source.votes].sort(
        (one, other) => (place.get(one.participantId) ?? 0) - (place.get(other.participantId) ?? 0),
      );
      return [{ revoteId, round, openedAt, revealedAt: revealed.at, votes, numbers: source.numbers }];
    });

/** The board's numbers beside the answers as they stand now: what was erased in one place is erased in both. */
function boardWith(board: Board, questions: readonly RecordQuestion[]): Board {
  const given = new Map(questions.map(({ questionId, answers }) => [questionId, answers]));
  return {
    ...board,
    questions: board.questions.map((question) =>
      questionWith(question, given.get(question.questionId) ?? []),
    ),
  };
}

function questionWith(question: BoardQuestion, given: readonly RecordAnswer[]): BoardQuestion {
  const byId = new Map(given.map((entry) => [entry.participantId, entry]));
  return {
    ...question,
    answers: question.answers.map((shown) => {
      const { answer = null, comment = '', evidence = [] } = byId.get(shown.participantId) ?? {};
      return { ...shown, answer, comment, evidence };
    }),
    distribution: question.distribution.map((entry) => {
      if (entry.answer?.kind !== 'text') return entry;
      const answer: Answer = { kind: 'text', text: textOfFirst(entry.participantIds, byId) };
      return { ...entry, key: answerKey(answer), answer };
    }),
  };
}

function textOfFirst(
  [first]: readonly string[],
  byId: ReadonlyMap<string, Pick<RecordAnswer, 'answer'>>,
): string {
  const answer = first === undefined ? null : byId.get(first)?.answer;
  return answer?.kind === 'text' ? answer.text : '';
}
