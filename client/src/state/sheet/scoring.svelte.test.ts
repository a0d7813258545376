import type { Question, Scorecard } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { ApiProblem } from '../../api.ts';
import { nextOf, Scoring, stageOf } from './scoring.svelte.ts';
import { SealedSheet } from './sealed-sheet.svelte.ts';

const question = (id: string, more: Partial<Question> = {}) =>
  ({
    id,
    type: 'binary',
    prompt: '',
    guidance: '',
    weightHundredths: 100,
    required: true,
    naEligible: false,
    critical: 'none',
    comment: 'offered',
    ...more,
  }) as Question;
const scorecard: Scorecard = {
  name: '',
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 0,
  sections: [
    {
      id: 's',
      title: '',
      weightHundredths: 100,
      questions: [question('a'), question('b', { naEligible: true })],
    },
    { id: 't', title: '', weightHundredths: 100, questions: [question('c', { comment: 'required' })] },
  ],
};
const optional = {
  id: 'u',
  title: '',
  weightHundredths: 100,
  questions: [question('o', { required: false })],
};
const begin = () => new Scoring(new SealedSheet(new Y.Doc(), scorecard, 0));

describe('the way through a sheet', () => {
  it('[C5] finds the next without an answer, round the end', () => {
    expect(nextOf(['a', 'b', 'c'], 'b', (id) => id !== 'c')).toBe('a');
    expect(nextOf(['a'], 'a', () => false)).toBeNull();
  });

  it('[C5] answers, steps and says N/A by keys alone', () => {
    const scoring = begin();
    scoring.press(1);
    scoring.step(1);
    scoring.toggleNa();
    scoring.step(1);
    scoring.step(1);
    scoring.press(2);
    expect(scoring.place).toBe(3);
    expect(Object.values(scoring.content.sheet).map(({ answer }) => answer?.kind)).toEqual([
      'binary',
      'na',
      'binary',
    ]);
  });

  it('[S3] does not offer N/A by key where the question does not', () => {
    const scoring = begin();
    scoring.toggleNa();
    expect(scoring.content.sheet).toEqual({});
  });

  it('[C6] goes to the first question that keeps it back, and sends nothing', async () => {
    const scoring = begin();
    scoring.press(1);
    scoring.go('c');
    let sent = 0;
    const view = await scoring.submit(async () => {
      sent += 1;
      throw new Error('sent');
    });
    expect([view, sent, scoring.currentId]).toEqual([null, 0, 'b']);
    expect(scoring.problems.map(({ questionId }) => questionId)).toEqual(['b', 'c']);
  });

  it('[C6] what is typed and no possible answer keeps an optional question back, too, until it is mended', async () => {
    const content = new SealedSheet(new Y.Doc(), { ...scorecard, sections: [optional] }, 0);
    const scoring = new Scoring(content);
    scoring.hold('o', true);
    let sent = 0;
    const send = async () => {
      sent += 1;
      throw new ApiProblem('offline');
    };
    await scoring.submit(send);
    expect([sent, scoring.problemOf('o')]).toEqual([0, { code: 'illegal-answer' }]);
    scoring.hold('o', false);
    expect(scoring.problems).toEqual([]);
    await scoring.submit(send);
    expect(sent).toBe(1);
  });

  it('[C6] shows what the server names even where this page sees nothing', async () => {
    const scoring = begin();
    scoring.press(1);
    scoring.go('b');
    scoring.toggleNa();
    scoring.go('c');
    scoring.press(1);
    scoring.content.setComment('c', 'said');
    const problems = [{ questionId: 'b', problem: { code: 'na-not-eligible' } }];
    await scoring.submit(async () => {
      throw new ApiProblem('incomplete-sheet', 422, { refusal: { code: 'incomplete-sheet', problems } });
    });
    expect([scoring.currentId, scoring.problemOf('b')?.code]).toEqual(['b', 'na-not-eligible']);
  });
});

describe('what there is to do', () => {
  it('[C5] follows the status and the own place', () => {
    const at = (status: 'draft' | 'scoring' | 'review', state?: 'scoring' | 'submitted' | 'excused') =>
      stageOf({ status, deleted: false }, state && { state });
    expect([
      at('draft', 'scoring'),
      at('scoring', 'submitted'),
      at('scoring'),
      at('review', 'excused'),
    ]).toEqual(['draft', 'submitted', 'neutral', 'revealed']);
  });
});
