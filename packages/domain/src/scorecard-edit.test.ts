import { describe, expect, it } from 'vitest';
import type { Question, Scorecard } from './scorecard.ts';
import { publishProblems } from './scorecard-check.ts';
import {
  arranged,
  asType,
  blankQuestion,
  blankScorecard,
  copyOfQuestion,
  duplicateSection,
  moveItem,
  removeItem,
} from './scorecard-edit.ts';
import { draft } from './scorecards.fixture.ts';

const idsOf = ({ sections }: Scorecard) =>
  sections.map(({ id, questions }) => `${id}: ${questions.map((question) => question.id).join(' ')}`);
const ids = () => {
  let last = 0;
  return () => {
    last += 1;
    return `n${last}`;
  };
};
const find = (id: string): Question =>
  draft.sections.flatMap(({ questions }) => questions).find((one) => one.id === id) ?? blankQuestion('');

describe('what an editor does to a draft', () => {
  it('[E11] a new scorecard lacks its words and nothing else', () => {
    expect(publishProblems(blankScorecard('Calls', 's', 'q')).map(({ code }) => code)).toEqual([
      'title-missing',
      'prompt-missing',
    ]);
  });

  it('[E14] a question keeps its tolerance as another type, unless that is text', () => {
    const tolerant = { ...blankQuestion('q'), toleranceHundredths: 500 };
    expect(asType(tolerant, 'scale', ids())).toHaveProperty('toleranceHundredths', 500);
    expect(asType(tolerant, 'text', ids())).not.toHaveProperty('toleranceHundredths');
    expect(asType(blankQuestion('q'), 'scale', ids())).not.toHaveProperty('toleranceHundredths');
    expect(copyOfQuestion(tolerant, ids())).toHaveProperty('toleranceHundredths', 500);
  });

  it('[S2] as another type a question keeps what the types share, its options and their points', () => {
    const rubric = find('c');
    const checklist = asType(rubric, 'checklist', ids());
    expect(checklist).toEqual({ ...rubric, type: 'checklist' });
    expect(asType(rubric, 'binary', ids())).not.toHaveProperty('options');
    expect(asType(find('a'), 'rubric', ids())).toMatchObject({
      prompt: 'About a',
      options: [
        { id: 'n1', pointsHundredths: 100 },
        { id: 'n2', pointsHundredths: 0 },
      ],
    });
    expect(asType(find('b'), 'scale', ids())).toBe(find('b'));
    for (const type of ['binary', 'scale', 'rubric', 'checklist', 'text'] as const) {
      const made = asType({ ...blankQuestion('q'), prompt: 'Greets' }, type, ids());
      const card = { ...draft, sections: [{ ...draft.sections[0], questions: [made] }] } as Scorecard;
      const left = publishProblems(card).map(({ code }) => code);
      // A narrative alone leaves nothing to score, which is fine.
      expect([type, left.filter((code) => code !== 'option-label-missing')]).toEqual([type, []]);
    }
  });

  it('[S3] as a narrative it is neither critical nor does it lose points', () => {
    const strict = { ...find('a'), critical: 'section', comment: 'required-when-points-lost' } as const;
    expect(asType(strict, 'text', ids())).toMatchObject({ critical: 'none', comment: 'offered' });
  });

  it('[E11] a copy has ids of its own, and stands after what it was made from', () => {
    expect(copyOfQuestion(find('c'), ids())).toMatchObject({
      id: 'n1',
      options: [{ id: 'n2' }, { id: 'n3' }],
    });
    const card = duplicateSection(draft, 'one', ids());
    expect(card.sections.map(({ title }) => title)).toEqual(['Part one', 'Part one', 'Part two']);
    expect(publishProblems(card)).toEqual(publishProblems(draft));
  });

  it('[E11] moves one step, past the end of a section into the next, and not beyond the last', () => {
    expect(idsOf(moveItem(draft, 'c', 1))).toEqual(['one: a b', 'two: c d e']);
    expect(idsOf(moveItem(draft, 'd', -1))).toEqual(['one: a b c d', 'two: e']);
    expect(idsOf(moveItem(draft, 'b', -1))).toEqual(['one: b a c', 'two: d e']);
    expect(idsOf(moveItem(draft, 'one', 1))).toEqual(['two: d e', 'one: a b c']);
    for (const [id, by] of [
      ['a', -1],
      ['e', 1],
      ['one', -1],
      ['unknown', 1],
    ] as const) {
      expect(idsOf(moveItem(draft, id, by))).toEqual(idsOf(draft));
    }
  });

  it('[E11] an order is taken whole or not at all: nothing is lost to half a drag', () => {
    const order = (...lists: [string, ...string[]][]) =>
      lists.map(([id, ...questionIds]) => ({ id, questionIds }));
    expect(idsOf(arranged(draft, order(['two', 'e', 'a'], ['one', 'c', 'b', 'd'])))).toEqual([
      'two: e a',
      'one: c b d',
    ]);
    const same = order(['one', 'a', 'b', 'c'], ['two', 'd', 'e']);
    for (const half of [same, order(['one', 'a', 'b', 'c']), order(['one', 'a', 'b'], ['two', 'd', 'e'])]) {
      expect(arranged(draft, half)).toBe(draft);
    }
    expect(arranged(draft, order(['one', 'a', 'a', 'b', 'c'], ['two', 'd', 'e']))).toBe(draft);
  });

  it('[E11] takes away a question, or a section with its questions', () => {
    expect(idsOf(removeItem(draft, 'b'))).toEqual(['one: a c', 'two: d e']);
    expect(idsOf(removeItem(draft, 'two'))).toEqual(['one: a b c']);
  });
});
