import { describe, expect, it } from 'vitest';
import type { Answer, Evidence, SheetEntry } from './answer.ts';
import {
  binary,
  checklist,
  choice,
  choices,
  fail,
  na,
  pass,
  rubric,
  scale,
  scorecardOf,
  value,
} from './questions.fixture.ts';
import type { Question } from './scorecard.ts';
import { lostPoints, missing } from './sheet-check.ts';

const entry = (answer: Answer | null, comment = '', evidence: readonly Evidence[] = []): SheetEntry => ({
  answer,
  comment,
  evidence,
});
const text: Question = { ...binary('t'), type: 'text' };

describe('what keeps a sheet from being submitted', () => {
  const problemOf = (question: Question, given: SheetEntry | undefined, lines = 3) =>
    missing(scorecardOf(question), given ? { [question.id]: given } : {}, lines)[0]?.problem.code ?? null;

  it('[C6] a required question unanswered, and never an optional one', () => {
    expect(problemOf(binary('q'), undefined)).toBe('unanswered');
    expect(problemOf(binary('q'), entry(null, 'later'))).toBe('unanswered');
    expect(problemOf(text, entry({ kind: 'text', text: ' \n' }))).toBe('unanswered');
    expect(problemOf(binary('q', { required: false }), undefined)).toBe(null);
    expect(problemOf(binary('q', { required: false, comment: 'required' }), undefined)).toBe(null);
    expect(problemOf(checklist('q', { a: 1 }), entry(choices()))).toBe(null);
  });

  it('[C6] a required comment absent; N/A and full marks lose no points', () => {
    const always = binary('q', { comment: 'required' });
    const whenLost = scale('q', 0, 10, { comment: 'required-when-points-lost' });
    expect(problemOf(always, entry(pass))).toBe('comment-required');
    expect(problemOf(always, entry(na, '  '))).toBe('comment-required');
    expect(problemOf(always, entry(pass, 'Warm.'))).toBe(null);
    expect(problemOf(whenLost, entry(value(9)))).toBe('comment-required');
    expect(problemOf(whenLost, entry(value(9), 'Cut in.'))).toBe(null);
    expect(problemOf(whenLost, entry(value(10)))).toBe(null);
    expect(problemOf(whenLost, entry(na))).toBe(null);
    expect(lostPoints(rubric('q', { a: null, b: null }), choice('b'))).toBe(false);
    expect(lostPoints(binary('q'), fail)).toBe(true);
  });

  it('[C5] evidence outside the transcript or before the recording, also on a question left unanswered', () => {
    const line = (at: number): Evidence => ({ kind: 'line', line: at });
    const second = (at: number): Evidence => ({ kind: 'second', second: at });
    expect(problemOf(binary('q'), entry(pass, '', [line(0), line(2), second(90)]))).toBe(null);
    for (const outside of [line(3), line(-1), line(0.5), second(-1), second(Number.NaN)]) {
      expect(problemOf(binary('q'), entry(pass, '', [line(0), outside]))).toBe('evidence-out-of-range');
    }
    expect(problemOf(binary('q', { required: false }), entry(null, '', [line(3)]))).toBe(
      'evidence-out-of-range',
    );
    expect(problemOf(binary('q'), entry(pass, '', [line(0)]), 0)).toBe('evidence-out-of-range');
  });

  it('[C6] a comment longer, or evidence more, than the reveal reads', () => {
    const cited = (places: number): Evidence[] =>
      Array.from({ length: places }, (_, at) => ({ kind: 'second', second: at }));
    expect(problemOf(binary('q'), entry(pass, 'x'.repeat(20_000), cited(200)))).toBe(null);
    expect(problemOf(binary('q'), entry(pass, 'x'.repeat(20_001)))).toBe('comment-too-long');
    expect(problemOf(binary('q'), entry(pass, '', cited(201)))).toBe('too-much-evidence');
  });

  it('[C6] names every question with a problem, in scorecard order', () => {
    const card = scorecardOf(binary('a'), binary('b'), scale('c', 0, 5));
    const sheet = { c: entry(value(6)), b: entry(pass) };
    expect(missing(card, sheet, 0)).toEqual([
      { questionId: 'a', problem: { code: 'unanswered' } },
      { questionId: 'c', problem: { code: 'illegal-answer' } },
    ]);
  });
});
