// Whether a record is the one its log holds (X1). A record of /2 is told again from its own log and texts, its board made again of
// its own answers, and whatever then differs is named. Proves "not changed", not "nobody could read".
import { isSame, toHex } from './canonical.ts';
import {
  saltBytes,
  type Verifiable,
  verifyChain,
  verifyCommitments,
  verifyLists,
  verifyVotes,
} from './commitments.ts';
import { type HeldText, heldInput, scorecardInput } from './held.ts';
import type { Hashes } from './proof.ts';
import type { CalibrationRecord, RecordContent, RecordQuestion } from './record.ts';
import { areFiguresRight } from './record-figures.ts';
import { retellRecord, sourcesOf } from './retell.ts';
import { type ToldSession, tell } from './told.ts';
import { differingNumbers, type NumbersPart } from './verify-board.ts';

/** A part of a record that is not what its log holds. */
export type RecordPart =
  /** The first entry that does not follow from the one before; one past the last where only the head differs. */
  | { readonly part: 'log'; readonly entry: number }
  /** Answers, comments, evidence, votes or commitment of a participant. */
  | { readonly part: 'answers'; readonly participantId: string }
  | { readonly part: 'name'; readonly participantId: string }
  /** Anything else that is said of a participant, or that there is one more or less. */
  | { readonly part: 'person'; readonly participantId: string }
  | { readonly part: 'settings' | 'scorecard' }
  | { readonly part: 'fact'; readonly fact: RecordFact }
  | { readonly part: 'agreed' | 'note' | 'revote' | 'missing-revote'; readonly questionId: string }
  | NumbersPart
  /** A text or its salt that is not what the entry holds; `null` for one that no entry holds. */
  | { readonly part: 'text'; readonly entry: number | null }
  /** Who passed, or how near someone was to the agreed answers: not what follows from a rest that holds. */
  | { readonly part: 'figures' }
  /** Something a record does not have, or has elsewhere. */
  | { readonly part: 'layout' };

const facts = ['status', 'organisation', 'facilitator', 'scope', 'scorecardVersion', 'instants'] as const;
export type RecordFact = (typeof facts)[number];

/**
 * What was found. `reach`: what the record's log holds at all. `whole`: all of it. `answers`: answers and log alone, in a record of
 * /1. `nameless`: the log alone, and what is told of it; while names are
 * hidden the file leaves out what would show whether answers, and the numbers made of them, are those that it holds.
 */
export interface Verification {
  /** Empty where everything holds. Each part once. */
  readonly differing: readonly RecordPart[];
  readonly reach: 'whole' | 'answers' | 'nameless';
  /** Texts that are held by their hashes alone: erased, or not for this reader. */
  readonly withheld: number;
}

type Whole = Extract<CalibrationRecord, { readonly format: 'attune-record/2' }>;
type Tell = (share: number) => void;

/**
 * Recomputes everything the record's log holds. Never throws for what a file may hold: what is no record differs in its layout.
 *
 * @param onProgress is told the share done, in [0, 1]
 */
export async function verifyRecord(
  record: (Verifiable & { readonly format: 'attune-record/1' }) | Whole,
  hashes: Hashes,
  onProgress: Tell = () => {},
): Promise<Verification> {
  const differing: RecordPart[] = [];
  const find = async (found: () => Promise<readonly RecordPart[]> | readonly RecordPart[]) => {
    try {
      differing.push(...(await found()));
    } catch {
      differing.push({ part: 'layout' });
    }
  };
  const result = (reach: Verification['reach'], withheld = 0): Verification => ({
    differing: differing.filter((part, at) => differing.findIndex((other) => isSame(part, other)) === at),
    reach,
    withheld,
  });
  await find(() => brokenLog(record, hashes));
  if (record.format === 'attune-record/1') {
    await find(async () => answersOf(await badAnswers(record, hashes)));
    return result('answers');
  }
  const again = retell(record);
  if (!again) {
    differing.push({ part: 'layout' });
    return result('whole');
  }
  const { told, retold } = again;
  await find(() => badScorecard(record, told, hashes));
  onProgress(0.1);
  await find(() => badTexts(record, told, hashes));
  const isNameless = record.namesHidden;
  await find(() => differingContent(record, told, retold));
  if (!isNameless) {
    await find(async () => answersOf(await badAnswers(record, hashes)));
    onProgress(0.3);
    await find(() => badAnswerTexts(record, hashes, (share) => onProgress(0.3 + 0.5 * share)));
  }
  const areAnswersBad = differing.some(({ part }) => part === 'answers');
  await find(() => differingNumbers(record, { told, board: retold.board }, hashes, areAnswersBad));
  await find(() => badFigures(record, told, differing));
  onProgress(1);
  let withheld = 0;
  await find(() => {
    withheld = countWithheld(record, told);
    return [];
  });
  return result(isNameless ? 'nameless' : 'whole', withheld);
}

/** What the record's log tells, and the record told from it again; `null` where it tells of none. */
function retell(record: Whole): { readonly told: ToldSession; readonly retold: RecordContent } | null {
  try {
    return { told: tell(record.log), retold: retellRecord(sourcesOf(record)) };
  } catch {
    return null;
  }
}

/** What follows from a rest that does not hold is not looked at: it would differ with it. */
const badFigures = (
  record: Whole,
  { opening }: ToldSession,
  differing: readonly RecordPart[],
): RecordPart[] =>
  differing.length > 0 || areFiguresRight(record, opening?.sectionWeights) ? [] : [{ part: 'figures' }];

const answersOf = (ids: readonly string[]): RecordPart[] =>
  ids.map((participantId) => ({ part: 'answers', participantId }));

async function brokenLog(record: Verifiable, hashes: Hashes): Promise<RecordPart[]> {
  const entry = await verifyChain(record, hashes);
  return entry === null ? [] : [{ part: 'log', entry }];
}

const badAnswers = async (record: Verifiable, hashes: Hashes): Promise<string[]> => [
  ...(await verifyCommitments(record, hashes)),
  ...(await verifyVotes(record, hashes)),
  ...verifyLists(record),
];

async function badScorecard(
  { scorecard }: Whole,
  { opening }: ToldSession,
  hashes: Hashes,
): Promise<RecordPart[]> {
  const hash = toHex(await hashes.sha256(scorecardInput(scorecard)));
  return opening?.scorecard === hash ? [] : [{ part: 'scorecard' }];
}

const follows = async (value: unknown, { hash, salt }: { hash: string; salt: string }, hashes: Hashes) => {
  const key = saltBytes(salt);
  return key !== null && toHex(await hashes.hmacSha256(key, heldInput(value))) === hash;
};

/** The hashes of numbers: what they hold stands elsewhere in the record. */
const heldNumbers = ({ revealed, revotes }: ToldSession): ReadonlySet<string> =>
  new Set(
    [revealed?.board, ...revotes.map((revote) => revote.revealed?.numbers)].flatMap(
      (numbers) => numbers?.held ?? [],
    ),
  );

/** Texts beside the log that are not what an entry holds; one is left out with its hash and salt, or not at all. */
async function badTexts(record: Whole, told: ToldSession, hashes: Hashes): Promise<RecordPart[]> {
  const entries = heldIn(record);
  const numbers = heldNumbers(told);
  const bad: RecordPart[] = [];
  const seen = new Set<string>();
  for (const { hash, salt, value } of record.held) {
    const entry = entries.get(hash) ?? null;
    const isHeld = value === undefined ? numbers.has(hash) : await follows(value, { hash, salt }, hashes);
    const isGood = entry !== null && !seen.has(hash) && isHeld;
    if (!isGood) bad.push({ part: 'text', entry });
    seen.add(hash);
  }
  return bad;
}

/** The hashes in the log, each with the first entry that has it. */
function heldIn({ log }: Pick<Whole, 'log'>): Map<string, number> {
  const found = new Map<string, number>();
  const walk = (value: unknown, sequence: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('held' in value && typeof value.held === 'string' && !found.has(value.held))
      found.set(value.held, sequence);
    for (const member of Object.values(value)) walk(member, sequence);
  };
  for (const { sequence, byName, event } of log) {
    if (byName !== '' && !found.has(byName)) found.set(byName, sequence);
    walk(event, sequence);
  }
  return found;
}

/** Whose texts do not follow from their hashes, or have none; an erased one is empty, and has lost its salt. */
async function badAnswerTexts({ questions }: Whole, hashes: Hashes, onProgress: Tell): Promise<RecordPart[]> {
  const bad: RecordPart[] = [];
  const isHeld = async (text: string, by: HeldText | undefined) => {
    if (by === undefined) return text === '';
    return by.salt === null ? text === '' : follows(text, { hash: by.hash, salt: by.salt }, hashes);
  };
  for (const [at, { answers }] of questions.entries()) {
    const checked = await Promise.all(
      answers.map(async ({ participantId, answer, comment, texts }) => {
        const isWritten = answer?.kind === 'text';
        const text = isWritten ? answer.text : '';
        const holds = (await isHeld(comment, texts?.comment)) && (await isHeld(text, texts?.text));
        return { participantId, holds: holds && (isWritten || texts?.text === undefined) };
      }),
    );
    bad.push(...answersOf(checked.flatMap(({ participantId, holds }) => (holds ? [] : [participantId]))));
    onProgress((at + 1) / questions.length);
  }
  return bad;
}

/** Hashes without their texts; numbers, whose salts a record with hidden names leaves out, are none. */
const countWithheld = (record: Whole, told: ToldSession): number => {
  const have = new Set([...record.held.map(({ hash }) => hash), ...heldNumbers(told)]);
  const erased = record.questions
    .flatMap(({ answers }) => answers.flatMap(({ texts }) => [texts?.comment, texts?.text]))
    .filter((text) => text?.salt === null).length;
  return [...heldIn(record).keys()].filter((hash) => !have.has(hash)).length + erased;
};

/** What the record says otherwise than its own log tells; not its numbers, nor whether answers are those committed to. */
function differingContent(record: Whole, told: ToldSession, retold: RecordContent): RecordPart[] {
  const isHidden = told.namesMode === 'hidden' && told.closedAt === null;
  const parts: RecordPart[] = [
    ...facts
      .filter((fact) => !isSame(record[fact], retold[fact]))
      .map((fact) => ({ part: 'fact', fact }) as const),
    ...(isSame(record.settings, retold.settings) ? [] : [{ part: 'settings' } as const]),
    ...(isHidden === record.namesHidden ? [] : [{ part: 'layout' } as const]),
    ...differingPeople(record, retold),
    ...differingQuestions(record, retold, told),
  ];
  // What no name was found for: members, entries or an order that a record does not have.
  const { board: _, figures: ___, ...content } = record;
  const { board: __, ...expected } = retold;
  const isWhole = record.namesHidden ? isBlank(record) : isSame(content, expected);
  return parts.length > 0 || isWhole ? parts : [{ part: 'layout' }];
}

/** A record with hidden names has nothing that ties an answer to a person. */
const isBlank = ({ people, questions, held }: Whole): boolean =>
  held.every(({ value }) => value !== undefined) &&
  people.every(({ commitment, salt }) => commitment === null && salt === null) &&
  questions.every(({ answers }) => answers.every(({ texts }) => texts === undefined));

function differingPeople(record: Whole, retold: RecordContent): RecordPart[] {
  const isTold = ({ state }: RecordContent['people'][number]) => !record.namesHidden || state === 'excused';
  const given = new Map(record.people.filter(isTold).map((person) => [person.participantId, person]));
  const expected = new Map(retold.people.filter(isTold).map((person) => [person.participantId, person]));
  return [...new Set([...given.keys(), ...expected.keys()])].flatMap((participantId): RecordPart[] => {
    const [one, other] = [given.get(participantId), expected.get(participantId)];
    if (isSame(one, other)) return [];
    if (!one || !other) return [{ part: 'person', participantId }];
    const isNamed = one.name === other.name;
    return [{ part: isNamed ? 'person' : 'name', participantId }];
  });
}

const outcomes = ['agreed', 'note', 'revote'] as const;

function differingQuestions(record: Whole, retold: RecordContent, told: ToldSession): RecordPart[] {
  const given = new Map(record.questions.map((question) => [question.questionId, question]));
  return retold.questions.flatMap((expected): RecordPart[] => {
    const { questionId } = expected;
    const question = given.get(questionId);
    if (!question) return outcomes.map((part) => ({ part, questionId }));
    const revotes = told.revotes.filter((revote) => revote.questionId === questionId && revote.revealed);
    const ids = new Set(question.revotes.map(({ revoteId }) => revoteId));
    const isMissing = revotes.some(({ revoteId }) => !ids.has(revoteId));
    return [
      ...(isSame([question.agreed, question.cause], [expected.agreed, expected.cause])
        ? []
        : [{ part: 'agreed', questionId } as const]),
      ...(isSame(question.note, expected.note) ? [] : [{ part: 'note', questionId } as const]),
      ...(isMissing ? [{ part: 'missing-revote', questionId } as const] : []),
      ...(isMissing || isSame(shown(question, record), shown(expected, record))
        ? []
        : [{ part: 'revote', questionId } as const]),
      ...(record.namesHidden ? [] : answersOf(differingAnswers(question, expected))),
    ];
  });
}

/** Of hidden names, the votes say nothing that the log could tell. */
const shown = ({ revotes }: RecordQuestion, { namesHidden }: Whole) =>
  namesHidden ? revotes.map(({ votes: _, numbers: __, ...revote }) => revote) : revotes;

function differingAnswers(question: RecordQuestion, expected: RecordQuestion): string[] {
  if (isSame(question.answers, expected.answers)) return [];
  const own = (answers: RecordQuestion['answers'], id: string) =>
    answers.filter(({ participantId }) => participantId === id);
  const ids = new Set([...question.answers, ...expected.answers].map(({ participantId }) => participantId));
  return [...ids].filter((id) => !isSame(own(question.answers, id), own(expected.answers, id)));
}
