// Every way to fail as the problem it becomes.
import { describe, expect, it } from 'vitest';
import { badInput, conflict, denied, done, mapDone, refused } from '../outcome.ts';
import { accepted, failureProblem } from './failure.ts';
import { ProblemError, problemReply } from './problem.ts';

const answered = (failure: Parameters<typeof failureProblem>[0]) => {
  const { status, body } = problemReply('request-1', failureProblem(failure));
  return { status, ...(JSON.parse(body) as object) };
};

describe('a failure of a service', () => {
  it('[house 5] that denies or cannot be as things stand says its slug and no more', () => {
    expect(answered(denied('not-allowed'))).toEqual({
      type: '/problems/not-allowed',
      title: 'You may not do this',
      status: 403,
      instance: 'request-1',
    });
    expect(answered(conflict('last-admin'))).toEqual({
      type: '/problems/last-admin',
      title: 'An organisation needs an active administrator',
      status: 409,
      instance: 'request-1',
    });
  });

  it('[house 5] that refuses carries the data to mend it, and what is present where that is given', () => {
    const refusal = { code: 'too-few-participants', have: 1, need: 2 } as const;
    expect(answered(refused(refusal))).toMatchObject({ status: 409, refusal });
    expect(answered(refused(refusal))).not.toHaveProperty('present');
    expect(answered(refused(refusal, { number: 7 }))).toMatchObject({ refusal, present: { number: 7 } });
  });

  it('[house 5] of bad input names each piece', () => {
    expect(answered(badInput('/name', 'name-taken'))).toMatchObject({
      type: '/problems/invalid-input',
      status: 422,
      errors: [{ pointer: '/name', code: 'name-taken', detail: 'is taken already' }],
    });
  });

  it('[house 5] is thrown at the edge alone; what was done goes through', () => {
    expect(accepted(mapDone(done(2), (value) => value * 2))).toBe(4);
    const failure = denied('not-found');
    expect(mapDone(failure, () => 1)).toBe(failure);
    expect(() => accepted(failure)).toThrow(ProblemError);
  });
});
