import { describe, expect, it } from 'vitest';
import { compareScorecards, isSameVersion, movedIds } from './scorecard-compare.ts';
import {
  addQuestion,
  blankQuestion,
  changeSection,
  moveItem,
  removeItem,
  withTolerance,
} from './scorecard-edit.ts';
import { placedQuestions, sharing } from './scorecard-fields.ts';
import { draft, withQuestion } from './scorecards.fixture.ts';

const changesOf = (before: typeof draft, after: typeof draft) => {
  const { questions, sections } = compareScorecards(before, after);
  return Object.fromEntries([...sections, ...questions].map(({ id, changes }) => [id, changes]));
};

describe('versions side by side', () => {
  it('[E13] the same version has no change, in whatever order its keys are', () => {
    const shuffled = JSON.parse(JSON.stringify(draft), (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(isSameVersion(compareScorecards(draft, shuffled))).toBe(true);
  });

  it('[E13] names what was added, removed, reworded, re-weighted, and whose answers or rules changed', () => {
    let after = withQuestion('a', (one) => ({ ...one, prompt: 'Greets by name', weightHundredths: 300 }));
    after = withQuestion('b', (one) => (one.type === 'scale' ? { ...one, maxHundredths: 700 } : one), after);
    after = withQuestion('c', (one) => ({ ...one, naEligible: true, critical: 'section' }), after);
    after = removeItem(addQuestion(after, 'two', blankQuestion('new'), 'd'), 'e');
    after = changeSection(after, 'one', { weightHundredths: 5_000 });
    const compared = compareScorecards(draft, { ...after, passMarkHundredths: null });
    expect(compared.fields).toEqual(['passMark']);
    expect(compared.questions.map(({ id, changes, fields }) => [id, changes, fields])).toEqual([
      ['a', ['reworded', 're-weighted'], ['prompt', 'weight']],
      ['b', ['answers'], ['answers']],
      ['c', ['rules'], ['naEligible', 'critical']],
      ['e', ['removed'], []],
      ['new', ['added'], []],
    ]);
    expect(compared.sections.map(({ id, changes }) => [id, changes])).toEqual([['one', ['re-weighted']]]);
  });

  it('[E14] names a tolerance that came, changed or went among the rules', () => {
    const tolerant = (tolerance: number | null, card = draft) =>
      withQuestion('b', (one) => (one.type === 'text' ? one : withTolerance(one, tolerance)), card);
    const fieldsOf = (before: typeof draft, after: typeof draft) =>
      compareScorecards(before, after).questions.map(({ changes, fields }) => [changes, fields]);
    const changed = [[['rules'], ['tolerance']]];
    expect(fieldsOf(draft, tolerant(0))).toEqual(changed);
    expect(fieldsOf(tolerant(0), tolerant(1_250))).toEqual(changed);
    expect(fieldsOf(tolerant(1_250), tolerant(null, tolerant(1_250)))).toEqual(changed);
    expect(tolerant(null, tolerant(500))).toEqual(draft);
  });

  it('[E11] what another version shares is the same object, and what differs is that version’s', () => {
    const other: typeof draft = JSON.parse(
      JSON.stringify(withQuestion('b', (one) => ({ ...one, prompt: 'Reworded' }), removeItem(draft, 'd'))),
    );
    const shared = sharing(draft, other);
    expect(shared).toEqual(other);
    const [was, is] = [placedQuestions(draft), placedQuestions(shared)];
    const same = [...is.keys()].filter((id) => is.get(id)?.question === was.get(id)?.question);
    expect(same).toEqual(['a', 'c', 'e']);
  });

  it('[E13] who moved is the fewest that must have: the rest have not', () => {
    expect(changesOf(draft, moveItem(draft, 'a', 1))).toEqual({ a: ['moved'] });
    expect(movedIds(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toEqual(new Set(['d']));
    expect(movedIds(['a', 'b', 'c'], ['new', 'a', 'c'])).toEqual(new Set());
    expect(changesOf(draft, moveItem(draft, 'c', 1))).toEqual({ c: ['moved'] });
    expect(changesOf(draft, moveItem(draft, 'two', -1))).toEqual({ one: ['moved'] });
  });
});
