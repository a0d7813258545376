import { describe, expect, it, vi } from 'vitest';
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
});
