import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplesOf, withExamples } from './example.ts';
import type { Example, ExampleOf, Scorecard } from './scorecard.ts';
import {
  addQuestion,
  addSection,
  asType,
  blankQuestion,
  blankSection,
  changeSection,
  moveItem,
  removeItem,
  withTolerance,
} from './scorecard-edit.ts';
import { sameScorecard } from './scorecard-fields.ts';
import { mergeScorecards } from './scorecard-merge.ts';
import { draft, withQuestion } from './scorecards.fixture.ts';

const reword = (id: string, prompt: string, card = draft) =>
  withQuestion(id, (question) => ({ ...question, prompt }), card);
const weigh = (id: string, weightHundredths: number, card = draft) =>
  withQuestion(id, (question) => ({ ...question, weightHundredths }), card);
const idsOf = ({ sections }: Scorecard) =>
  sections.map(({ id, questions }) => `${id}: ${questions.map((question) => question.id).join(' ')}`);

/** The draft with an example more. */
const exemplify = (id: string, of: ExampleOf, card: Scorecard) =>
  withQuestion(
    id,
    (one) => {
      const examples = examplesOf(one);
      const added = { id: `${id} ${examples.length}`, of, text: 'Such as this', lines: [] };
      return one.type === 'text' ? one : withExamples(one, [...examples, added]);
    },
    card,
  );

describe('two people’s changes of one draft', () => {
  it('[E11] of different questions, or different fields of one, are both there, and nothing collides', () => {
    const mine = weigh('a', 500, { ...draft, name: 'Mine' });
    const theirs = reword('b', 'Theirs', reword('a', 'Theirs', { ...draft, description: 'Theirs' }));
    const { scorecard, collisions } = mergeScorecards(draft, mine, theirs);
    expect(collisions).toEqual([]);
    const expected = reword('b', 'Theirs', weigh('a', 500, reword('a', 'Theirs')));
    expect(scorecard).toEqual({ ...expected, name: 'Mine', description: 'Theirs' });
  });

  it('[E11] of the same field are mine, and told; the same change by both collides with nothing', () => {
    const { scorecard, collisions } = mergeScorecards(draft, reword('a', 'Mine'), reword('a', 'Theirs'));
    expect(sameScorecard(scorecard, reword('a', 'Mine'))).toBe(true);
    expect(collisions).toEqual([{ of: 'question', id: 'a', field: 'prompt' }]);
    expect(mergeScorecards(draft, reword('a', 'Both'), reword('a', 'Both')).collisions).toEqual([]);
  });

  it('[E11] a type and its answers stay together', () => {
    const mine = withQuestion('c', (one) => asType(one, 'binary', () => 'n'));
    const theirs = withQuestion('c', (one) =>
      one.type === 'rubric' ? { ...one, options: one.options.slice(1), prompt: 'Theirs' } : one,
    );
    const { scorecard, collisions } = mergeScorecards(draft, mine, theirs);
    expect(scorecard.sections[0]?.questions[2]).toMatchObject({ type: 'binary', prompt: 'Theirs' });
    expect(collisions).toEqual([{ of: 'question', id: 'c', field: 'answers' }]);
  });

  it('[E11] where one changed the options and the other the type, mine stands, and theirs is told', () => {
    const relabel = (card: Scorecard) =>
      withQuestion(
        'c',
        (one) =>
          one.type === 'rubric'
            ? { ...one, options: one.options.map((option) => ({ ...option, label: `My ${option.id}` })) }
            : one,
        card,
      );
    const mine = relabel(draft);
    for (const [type, fields] of [
      ['checklist', ['type']],
      ['binary', ['type', 'answers']],
    ] as const) {
      const theirs = withQuestion('c', (one) => asType(one, type, () => 'n'));
      const { scorecard, collisions } = mergeScorecards(draft, mine, theirs);
      expect(sameScorecard(scorecard, mine)).toBe(true);
      expect(collisions).toEqual(fields.map((field) => ({ of: 'question', id: 'c', field })));
      const turned = mergeScorecards(draft, theirs, mine);
      expect(sameScorecard(turned.scorecard, theirs)).toBe(true);
      expect(turned.collisions).toEqual([{ of: 'question', id: 'c', field: 'answers' }]);
    }
  });

  it('[E11] what both have anew, without a base, is mine, and told where it differs', () => {
    const anew = (prompt: string, sectionId: string) =>
      addQuestion(draft, sectionId, { ...blankQuestion('new'), prompt });
    const { scorecard, collisions } = mergeScorecards(draft, anew('Mine', 'one'), anew('Theirs', 'two'));
    expect(sameScorecard(scorecard, anew('Mine', 'one'))).toBe(true);
    expect(collisions).toEqual([
      { of: 'question', id: 'new', field: 'prompt' },
      { of: 'question', id: 'new', field: 'section' },
    ]);
    const section = (title: string) => addSection(draft, { ...blankSection('three', 'f'), title });
    const sections = mergeScorecards(draft, section('Mine'), section('Theirs'));
    expect(sections.scorecard.sections[2]?.title).toBe('Mine');
    expect(sections.collisions).toEqual([{ of: 'section', id: 'three', field: 'title' }]);
    expect(mergeScorecards(draft, section('Both'), section('Both')).collisions).toEqual([]);
  });

  it('[E14] a tolerance merges like every field, and never lands on a text', () => {
    const tolerant = (tolerance: number | null, card = draft) =>
      withQuestion('b', (one) => (one.type === 'text' ? one : withTolerance(one, tolerance)), card);
    const merged = mergeScorecards(draft, reword('b', 'Mine'), tolerant(500));
    expect(sameScorecard(merged.scorecard, tolerant(500, reword('b', 'Mine')))).toBe(true);
    expect(merged.collisions).toEqual([]);
    expect(mergeScorecards(draft, tolerant(300), tolerant(500)).collisions).toEqual([
      { of: 'question', id: 'b', field: 'tolerance' },
    ]);
    const text = withQuestion('b', (one) => asType(one, 'text', () => 'n'));
    for (const [mine, theirs, field] of [
      [text, tolerant(500), 'tolerance'],
      [tolerant(500), text, 'type'],
    ] as const) {
      const { scorecard, collisions } = mergeScorecards(draft, mine, theirs);
      expect(sameScorecard(scorecard, mine)).toBe(true);
      expect(collisions).toContainEqual({ of: 'question', id: 'b', field });
    }
  });

  it('[E14] examples are put together one by one: what both added is there, and the same one changed twice is told', () => {
    const example = (id: string, text = `Words of ${id}`): Example => ({
      id,
      of: { kind: 'option', optionId: 'x' },
      text,
      lines: [],
    });
    const exampled = (...examples: readonly Example[]) =>
      withQuestion('c', (one) => (one.type === 'text' ? one : withExamples(one, examples)));
    const idsIn = (card: Scorecard) =>
      card.sections
        .flatMap(({ questions }) => questions.flatMap(examplesOf))
        .map(({ id, text }) => [id, text]);
    const base = exampled(example('1'), example('2'));
    const mine = exampled(example('1', 'Mine'), example('2'), example('my'));
    const theirs = exampled(example('2'), example('their'));
    const { scorecard, collisions } = mergeScorecards(base, mine, theirs);
    expect(idsIn(scorecard)).toEqual([
      ['1', 'Mine'],
      ['2', 'Words of 2'],
      ['their', 'Words of their'],
      ['my', 'Words of my'],
    ]);
    const told = [{ of: 'question', id: 'c', field: 'examples' }];
    // One removed what the other changed: it stays, and is told.
    expect(collisions).toEqual(told);
    expect(mergeScorecards(base, exampled(example('1')), theirs).collisions).toEqual([]);
    expect(idsIn(mergeScorecards(base, exampled(example('1')), theirs).scorecard)).toEqual([
      ['their', 'Words of their'],
    ]);
    const both = mergeScorecards(base, mine, exampled(example('1', 'Theirs'), example('2')));
    expect([idsIn(both.scorecard)[0], both.collisions]).toEqual([['1', 'Mine'], told]);
    expect(mergeScorecards(draft, base, base).collisions).toEqual([]);
    const text = withQuestion('c', (one) => asType(one, 'text', () => 'n'));
    const turned = mergeScorecards(draft, text, base);
    expect(turned.collisions).toContainEqual({ of: 'question', id: 'c', field: 'examples' });
  });

  it('[E11] what both added is there, each beside what it followed', () => {
    const mine = addQuestion(draft, 'one', blankQuestion('my'), 'a');
    const theirs = addSection(
      addQuestion(draft, 'one', blankQuestion('their'), 'c'),
      blankSection('three', 'f'),
      'one',
    );
    const { scorecard, collisions } = mergeScorecards(draft, mine, theirs);
    expect(idsOf(scorecard)).toEqual(['one: a my b c their', 'three: f', 'two: d e']);
    expect(collisions).toEqual([]);
  });

  it('[E11] what one removed is gone, unless the other changed it: then it stays, and is told', () => {
    expect(idsOf(mergeScorecards(draft, removeItem(draft, 'b'), removeItem(draft, 'd')).scorecard)).toEqual([
      'one: a c',
      'two: e',
    ]);
    for (const [mine, theirs] of [
      [removeItem(draft, 'two'), reword('e', 'Changed')],
      [reword('e', 'Changed'), removeItem(draft, 'two')],
    ] as const) {
      const { scorecard, collisions } = mergeScorecards(draft, mine, theirs);
      expect(idsOf(scorecard)).toEqual(['one: a b c', 'two: e']);
      expect(collisions).toContainEqual({ of: 'question', id: 'e', field: 'removal' });
    }
    const both = mergeScorecards(draft, removeItem(draft, 'two'), removeItem(draft, 'two'));
    expect([idsOf(both.scorecard), both.collisions]).toEqual([['one: a b c'], []]);
  });

  it('[E11] an order that one changed is theirs; that both changed is mine, and told', () => {
    const up = moveItem(draft, 'c', -1);
    const merged = mergeScorecards(draft, reword('a', 'Mine'), up);
    expect([idsOf(merged.scorecard), merged.collisions]).toEqual([['one: a c b', 'two: d e'], []]);
    const both = mergeScorecards(draft, up, moveItem(draft, 'a', 1));
    expect(idsOf(both.scorecard)[0]).toBe('one: a c b');
    expect(both.collisions).toEqual([{ of: 'section', id: 'one', field: 'order' }]);
    const away = moveItem(draft, 'c', 1);
    expect(idsOf(mergeScorecards(draft, reword('c', 'Mine'), away).scorecard)).toEqual([
      'one: a b',
      'two: c d e',
    ]);
  });

  it('[E11] with nobody else’s change it is what one of them has, and merging loses no question of either', () => {
    const step = fc.constantFrom<(card: Scorecard) => Scorecard>(
      (card) => reword('a', 'x', card),
      (card) => weigh('b', 700, card),
      (card) => removeItem(card, 'd'),
      (card) => removeItem(card, 'two'),
      (card) => moveItem(card, 'c', 1),
      (card) => moveItem(card, 'a', 1),
      (card) => moveItem(card, 'two', -1),
      (card) => changeSection(card, 'one', { title: 'Named' }),
      (card) => reword('e', 'y', card),
      (card) => withQuestion('b', (one) => (one.type === 'text' ? one : withTolerance(one, 500)), card),
      (card) => exemplify('b', { kind: 'scale', valueHundredths: 100 }, card),
      (card) => exemplify('c', { kind: 'option', optionId: 'y' }, card),
      (card) => withQuestion('b', (one) => asType(one, 'text', () => 'n'), card),
    );
    const change = fc
      .array(step, { maxLength: 5 })
      .map((steps) => steps.reduce((card, one) => one(card), draft));
    fc.assert(
      fc.property(change, change, (one, other) => {
        for (const alone of [mergeScorecards(draft, one, draft), mergeScorecards(draft, draft, one)]) {
          expect(sameScorecard(alone.scorecard, one)).toBe(true);
          expect(alone.collisions).toEqual([]);
        }
        const added = addQuestion(one, 'one', blankQuestion('new'));
        const ids = mergeScorecards(draft, added, other).scorecard.sections.flatMap(({ questions }) =>
          questions.map(({ id }) => id),
        );
        expect(ids).toContain('new');
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
