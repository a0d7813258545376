// Whether the numbers of a record are those its log holds, and those that its rules make of its answers: flags, order and counts
// exactly, other numbers within 10⁻⁹ (X1).
import type { Board, BoardQuestion } from './board.ts';
import { buildBoard, buildRound } from './build-board.ts';
import { isAlike, isSame, toHex } from './canonical.ts';
import { saltBytes } from './commitments.ts';
import { boardToHold, type Held, heldInput, questionToHold } from './held.ts';
import type { Hashes } from './proof.ts';
import type { CalibrationRecord, RecordQuestion } from './record.ts';
import type { Scorecard } from './scorecard.ts';
import { withoutTolerances } from './scorecard-edit.ts';
import { boardRules, firstBoardRules } from './session/held-log.ts';
import type { ToldRevote, ToldSession } from './told.ts';

/** `board`: order, totals, people. `board-question`: a question's numbers. `rules`: the log holds what the rules do not make. */
export type NumbersPart =
  | { readonly part: 'board' | 'rules' }
  | { readonly part: 'board-question' | 'revote-numbers'; readonly questionId: string };

type Whole = Extract<CalibrationRecord, { readonly format: 'attune-record/2' }>;

/** How far two doubles may lie apart that were computed of the same answers. */
const tolerance = 1e-9;

/**
 * @param again what the record's log tells, and the board with the copies of its answers as they stand in the record
 * @param areAnswersBad whether the answers are known not to be those of the board: then only what the log holds is compared
 */
export async function differingNumbers(
  record: Whole,
  again: { readonly told: ToldSession; readonly board: Board },
  hashes: Hashes,
  areAnswersBad: boolean,
): Promise<NumbersPart[]> {
  const { board, namesHidden } = record;
  const { revealed, revotes } = again.told;
  const retold = again.board;
  const rules = revealed?.rules ?? boardRules;
  const scorecard = scorecardByRules(record, rules);
  const recomputed = recompute(record, scorecard);
  const isHeld =
    namesHidden || (revealed !== null && (await holds(record, revealed.board, boardToHold(board), hashes)));
  const isCopied = namesHidden || areAnswersBad || isSame(board, retold);
  const isByRules = !knownRules.has(rules) || differing(board, recomputed, record).length === 0;
  return [
    ...(isHeld && isCopied ? [] : named(board, recomputed, retold, record)),
    ...(isHeld && isCopied && !isByRules && !areAnswersBad
      ? namesHidden
        ? differing(board, recomputed, record)
        : [{ part: 'rules' } as const]
      : []),
    ...(namesHidden ? [] : await differingRounds(record, scorecard, revotes, hashes)),
  ];
}

/** Which numbers are not what the log holds: those that the answers do not make, else all. */
function named(board: Board, recomputed: Board, retold: Board, record: Whole): NumbersPart[] {
  const parts = differing(board, recomputed, record);
  const copies = board.questions
    .filter((question, at) => !isSame(question, retold.questions[at]))
    .map(({ questionId }) => ({ part: 'board-question', questionId }) as const);
  const found = [...parts, ...copies];
  if (found.length > 0) return found;
  const last = board.questions
    .filter((question, at) => !isSame(questionToHold(question), recomputedQuestion(recomputed, at)))
    .map(({ questionId }) => ({ part: 'board-question', questionId }) as const);
  return last.length > 0 ? last : [{ part: 'board' }];
}

const recomputedQuestion = ({ questions }: Board, at: number) => {
  const question = questions[at];
  return question && questionToHold(question);
};

const holds = async (
  { held }: Whole,
  { held: hash }: Held,
  value: unknown,
  hashes: Hashes,
): Promise<boolean> => {
  const key = saltBytes(held.find((one) => one.hash === hash)?.salt ?? null);
  return key !== null && toHex(await hashes.hmacSha256(key, heldInput(value))) === hash;
};

const knownRules: ReadonlySet<string> = new Set([firstBoardRules, boardRules]);

/** The scorecard with what the rules know of it. */
const scorecardByRules = ({ scorecard }: Whole, rules: string): Scorecard =>
  rules === firstBoardRules ? withoutTolerances(scorecard) : scorecard;

/** The board of the record's own answers, in the order of its people. */
function recompute({ settings, board, questions }: Whole, scorecard: Scorecard): Board {
  const sheets = new Map(board.participants.map(({ participantId }) => [participantId, [] as SheetEntries]));
  for (const { questionId, answers } of questions) {
    for (const { participantId, answer, comment, evidence } of answers)
      sheets.get(participantId)?.push([questionId, { answer, comment, evidence }]);
  }
  return buildBoard({
    scorecard,
    thresholdHundredths: settings.thresholdHundredths,
    participants: [...sheets].map(([id, entries]) => ({ id, sheet: Object.fromEntries(entries) })),
  });
}
type SheetEntries = [string, Pick<RecordQuestion['answers'][number], 'answer' | 'comment' | 'evidence'>][];

/** Where two boards differ beyond the tolerance, apart from what people wrote. */
function differing(board: Board, recomputed: Board, record: Whole): NumbersPart[] {
  const { questions, ...rest } = boardToHold(board);
  const { questions: expected, ...restExpected } = boardToHold(recomputed);
  const given = new Map(questions.map((question) => [question.questionId, question]));
  const isInOrder = isSame(
    questions.map(({ questionId }) => questionId),
    expected.map(({ questionId }) => questionId),
  );
  return [
    ...expected
      .filter(
        (question) =>
          !isClose(comparable(given.get(question.questionId), record), comparable(question, record)),
      )
      .map(({ questionId }) => ({ part: 'board-question', questionId }) as const),
    ...(isInOrder && isClose(rest, restExpected) ? [] : [{ part: 'board' } as const]),
  ];
}

/** Of a question whose texts are erased in part, who wrote the same cannot be counted again. */
function comparable(question: BoardQuestion | undefined, { questions }: Whole): unknown {
  const answers = questions.find(({ questionId }) => questionId === question?.questionId)?.answers ?? [];
  if (!question || !answers.some(({ texts }) => texts?.text?.salt === null)) return question;
  const { distribution: _, modeShare: __, ...rest } = question;
  return rest;
}

/** Equal, numbers within the tolerance; whole numbers, which are counts, exactly. */
const isClose = (one: unknown, other: unknown): boolean =>
  isAlike(one, other, (left, right) =>
    Number.isInteger(left) && Number.isInteger(right) ? left === right : Math.abs(left - right) <= tolerance,
  );

/** The questions with a second round whose numbers are not those the log holds, or not those of its votes. */
async function differingRounds(
  record: Whole,
  scorecard: Scorecard,
  revotes: readonly ToldRevote[],
  hashes: Hashes,
): Promise<NumbersPart[]> {
  const bad: NumbersPart[] = [];
  for (const { revoteId, questionId, revealed } of revotes) {
    const question = record.questions.find((one) => one.questionId === questionId);
    const revote = question?.revotes.find((one) => one.revoteId === revoteId);
    // One that is missing is named by what the log tells.
    if (!revealed || !question || !revote) continue;
    const votes = new Map(revote.votes.map(({ participantId, answer }) => [participantId, answer]));
    const first = new Map(question.answers.map(({ participantId, answer }) => [participantId, answer]));
    const given = record.people.flatMap(({ participantId }) => {
      const standIn = revealed.standIns.includes(participantId) ? first.get(participantId) : null;
      const answer = votes.get(participantId) ?? standIn;
      return answer ? [{ participantId, answer }] : [];
    });
    const { thresholdHundredths } = record.settings;
    const round = buildRound({ scorecard, thresholdHundredths }, questionId, given);
    const isGood =
      (await holds(record, revealed.numbers, questionToHold(revote.numbers), hashes)) &&
      isClose(revote.numbers, round);
    if (!isGood) bad.push({ part: 'revote-numbers', questionId });
  }
  return bad;
}
