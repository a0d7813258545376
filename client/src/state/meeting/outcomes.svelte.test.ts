import { describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../api.ts';
import { type Outcome, Outcomes } from './outcomes.svelte.ts';

const pass = { kind: 'binary', pass: true } as const;
const fail = { kind: 'binary', pass: false } as const;

describe('agreed answers', () => {
  it('[C10] of one question arrive in the order in which they were pressed; another question’s does not wait', async () => {
    const answered: (() => void)[] = [];
    const put = vi.fn(
      (_questionId: string, _outcome: Outcome) =>
        new Promise<null>((resolve) => answered.push(() => resolve(null))),
    );
    const outcomes = new Outcomes({ shared: { resolutions: [] } }, put);
    const first = outcomes.agree('greeting', pass);
    const second = outcomes.agree('greeting', fail);
    const other = outcomes.agree('probing', pass);
    expect(outcomes.of('greeting').agreed).toEqual(fail);
    expect(put.mock.calls.map(([questionId]) => questionId)).toEqual(['greeting', 'probing']);
    answered[0]?.();
    await first;
    await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(3));
    expect(put).toHaveBeenLastCalledWith('greeting', { agreed: fail, cause: null });
    answered[1]?.();
    answered[2]?.();
    await Promise.all([second, other]);
    expect(outcomes.isSending('greeting')).toBe(false);
  });

  it('[C10] undo leads back to what was stored, never to what was pressed and refused', async () => {
    const stored: Outcome = { agreed: null, cause: 'wording' };
    const answers = [new ApiProblem('unreachable'), null, null];
    const put = vi.fn(async (_questionId: string, _outcome: Outcome) => answers.shift() ?? null);
    const outcomes = new Outcomes({ shared: { resolutions: [{ questionId: 'greeting', ...stored }] } }, put);
    await Promise.all([outcomes.agree('greeting', pass), outcomes.agree('greeting', fail)]);
    await outcomes.undo('greeting');
    expect(put).toHaveBeenLastCalledWith('greeting', stored);
  });
});
