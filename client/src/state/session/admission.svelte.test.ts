import { describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../api.ts';
import { Admission } from './admission.svelte.ts';

describe('letting people in', () => {
  it('[J1] lets all in one after the other, and goes on past one who is gone', async () => {
    const run = vi.fn(async () => null as ApiProblem | null);
    run.mockResolvedValueOnce(new ApiProblem('not-waiting', 404));
    const admission = new Admission({ id: 's', run });
    await admission.admitAll(['one', 'two']);
    expect(run).toHaveBeenCalledTimes(2);
    expect(admission.problem).toBeNull();
  });

  it('[J1] an answer on its way is not given twice', async () => {
    let done = (_problem: ApiProblem | null) => {};
    const run = vi.fn(() => new Promise<ApiProblem | null>((resolve) => (done = resolve)));
    const admission = new Admission({ id: 's', run });
    const first = admission.admit('one');
    await admission.turnAway('one');
    expect(admission.isSending('one')).toBe(true);
    done(new ApiProblem('unreachable'));
    await first;
    expect(run).toHaveBeenCalledTimes(1);
    expect(admission.isSending('one')).toBe(false);
    expect(admission.problem?.slug).toBe('unreachable');
  });
});
