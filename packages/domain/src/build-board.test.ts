import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Sheet } from './answer.ts';
import type { Board } from './board.ts';
import { buildBoard } from './build-board.ts';
import { distributionOf } from './divergence.ts';
import {
  binary,
  checklist,
  choice,
  choices,
  fail,
  givenBy,
  na,
  pass,
  rubric,
  scale,
  value,
} from './questions.fixture.ts';
import type { Question } from './scorecard.ts';
import { anySheetOf, inTwoSections } from './sheets.fixture.ts';
import { answerKey, tallyOf } from './tally.ts';

const questions = [
  scale('scale', 0, 7),
  binary('binary', { critical: 'section' }),
  rubric('rubric', { a: 10, b: 8, c: 5 }),
  checklist('checklist', { a: 1, b: 1, c: 3 }),
  rubric('choice', { a: null, b: null, c: null }),
  checklist('tags', { a: null, b: null, c: null }),
];
const card = inTwoSections(questions, 3);
const anyRoom = fc
  .array(anySheetOf(questions), { minLength: 2, maxLength: 7 })
  .map((sheets) => sheets.map((sheet, index) => ({ id: `p${index}`, sheet })));
const anyThreshold = fc.integer({ min: 0, max: 10_000 });

const board = (participants: readonly { id: string; sheet: Sheet }[], thresholdHundredths = 1_000) =>
  buildBoard({ scorecard: card, thresholdHundredths, participants });

/** The board with what lists participants put in order, everything else untouched. */
function withoutOrder({ participants, questions: list, ...rest }: Board) {
  const sorted = <T extends { participantId: string }>(items: readonly T[]) =>
    [...items].sort((one, other) => (one.participantId < other.participantId ? -1 : 1));
  return {
    ...rest,
    participants: sorted(participants),
    questions: list.map((question) => ({ ...question, answers: sorted(question.answers) })),
  };
}

describe('the whole board', () => {
  it('[C8] participants in any order give the same numbers, to the last bit', () => {
    fc.assert(
      fc.property(
        anyRoom.chain((room) =>
          fc.tuple(fc.constant(room), fc.shuffledSubarray(room, { minLength: room.length })),
        ),
        anyThreshold,
        ([room, mixed], threshold) => {
          expect(withoutOrder(board(mixed, threshold))).toEqual(withoutOrder(board(room, threshold)));
        },
      ),
    );
  });

  it('[C8] one more participant with N/A everywhere changes no number but N/A counts', () => {
    const allNa: Sheet = Object.fromEntries(
      questions.map(({ id }) => [id, { answer: na, comment: '', evidence: [] }]),
    );
    const numbers = ({
      questions: list,
      totals,
      sectionTotals,
      agreement,
      flaggedCount,
      reliability,
      participants,
    }: Board) => ({
      questions: list.map(
        ({ answers: _, distribution: _who, na: _na, notComparable: _why, group: _group, ...question }) =>
          question,
      ),
      participants: participants.filter(({ participantId }) => participantId !== 'late'),
      totals,
      sectionTotals,
      agreement,
      flaggedCount,
      reliability,
    });
    fc.assert(
      fc.property(anyRoom, anyThreshold, (room, threshold) => {
        const more = [...room, { id: 'late', sheet: allNa }];
        expect(numbers(board(more, threshold))).toEqual(numbers(board(room, threshold)));
      }),
    );
  });

  it('[C8] every number is in its range, nothing is NaN, and its JSON reads back as the same board', () => {
    fc.assert(
      fc.property(anyRoom, anyThreshold, (room, threshold) => {
        const built = board(room, threshold);
        expect(JSON.parse(JSON.stringify(built))).toEqual(built);
        for (const {
          divergence,
          spread,
          mean,
          median,
          modeShare,
          flagged,
          n,
          na: split,
        } of built.questions) {
          for (const figure of [divergence, spread, mean, median, modeShare && modeShare * 100]) {
            if (figure === null) continue;
            expect(figure).toBeGreaterThanOrEqual(0);
            expect(figure).toBeLessThanOrEqual(100);
          }
          expect(divergence === null).toBe(n < 2);
          if (flagged) expect(divergence).toBeGreaterThanOrEqual(threshold / 100);
          expect(split.mixed).toBe(split.count > 0 && split.count < split.of);
        }
        expect([...built.order].sort()).toEqual(questions.map(({ id }) => id).sort());
        expect(built.flaggedCount).toBe(built.agreement.comparable - built.agreement.notFlagged);
      }),
    );
  });

  it('[scoring 2] raising the threshold never flags more, of any type of question', () => {
    fc.assert(
      fc.property(anyRoom, anyThreshold, anyThreshold, (room, one, other) => {
        const flaggedAt = (threshold: number) =>
          board(room, threshold).questions.flatMap(({ flagged, questionId }) =>
            flagged ? [questionId] : [],
          );
        const low = new Set(flaggedAt(Math.min(one, other)));
        for (const questionId of flaggedAt(Math.max(one, other))) expect(low.has(questionId)).toBe(true);
      }),
    );
  });

  it('[scoring 3] totals and sections have their spread, mean and median over who has a score', () => {
    const sheet = (answers: Readonly<Record<string, Answer>>): Sheet =>
      Object.fromEntries(
        Object.entries(answers).map(([id, answer]) => [id, { answer, comment: '', evidence: [] }]),
      );
    const built = buildBoard({
      scorecard: card,
      thresholdHundredths: 1_000,
      participants: [
        { id: 'p1', sheet: sheet({ binary: pass, checklist: choices('c') }) },
        { id: 'p2', sheet: sheet({ binary: fail }) },
        { id: 'p3', sheet: sheet({ binary: pass }) },
      ],
    });
    expect(built.sectionTotals).toEqual([
      { sectionId: 'one', n: 3, spread: 100, mean: 200 / 3, median: 100 },
      { sectionId: 'two', n: 1, spread: null, mean: 60, median: 60 },
    ]);
    expect(built.totals).toMatchObject({ n: 3, spread: 100, median: 500 / 7 });
  });
});

describe('the distribution', () => {
  const keys = (question: Question, ...answers: readonly (Answer | null)[]) =>
    distributionOf(tallyOf(question, givenBy(...answers))).map(({ key, participantIds }) =>
      `${key} ${participantIds.join(',')}`.trim(),
    );

  it("[scoring 2] stands in the control's order, then N/A, then unanswered", () => {
    expect(keys(binary('q'), null, na, fail)).toEqual(['pass', 'fail p3', 'na p2', 'none p1']);
    expect(keys(scale('q', 9, 11), value(11), value(9), value(11))).toEqual(['900 p2', '1000', '1100 p1,p3']);
    expect(keys(scale('q', 0, 100), value(20), value(3))).toEqual(['300 p2', '2000 p1']);
    expect(keys(rubric('q', { z: 10, a: 5 }), choice('a'), choice('z'))).toEqual([
      'option:z p2',
      'option:a p1',
    ]);
    const list = checklist('q', { z: 1, y: 1, x: 1 });
    expect(keys(list, choices('z', 'x'), choices(), choices('z', 'y'), choices('z'))).toEqual([
      'options: p2',
      'options:z p4',
      'options:z+y p3',
      'options:z+x p1',
    ]);
  });

  it('[scoring 2] an option or a text called like N/A, or like nothing, is not taken for it', () => {
    const question = rubric('q', { na: 10, none: 5 });
    expect(keys(question, na, choice('na'), null, choice('none'))).toEqual([
      'option:na p2',
      'option:none p4',
      'na p1',
      'none p3',
    ]);
    expect(answerKey({ kind: 'text', text: 'na' })).not.toBe(answerKey(na));
    expect(answerKey(choices())).not.toBe(answerKey(choice('')));
  });
});
