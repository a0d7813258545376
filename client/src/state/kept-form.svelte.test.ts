import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyForm } from '../lib/settings-form.ts';
import { KeptForm, readKept } from './kept-form.svelte.ts';

describe('a form kept in the tab', () => {
  it('[C2] comes back as it was typed', () => {
    const form = { ...emptyForm(), name: 'Week 12', threshold: '12.5', questionIds: ['a', 'b'] };
    expect(readKept(JSON.stringify(form))).toEqual(form);
  });

  it('[C2] is empty where nothing was kept, or nothing readable', () => {
    for (const text of [null, '', 'null', '[', '7', '"text"']) expect(readKept(text)).toEqual(emptyForm());
  });

  it('[C2] drops what an older page kept in another shape', () => {
    const old = JSON.stringify({
      name: 7,
      threshold: '5',
      questionIds: [1],
      agentNameHidden: 'yes',
      gone: true,
    });
    expect(readKept(old)).toEqual({ ...emptyForm(), threshold: '5' });
  });
});

describe('changed settings kept in the tab', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    });
  });
  const form = { ...emptyForm(), name: 'Week 12' };

  it('[C4] are there again after the page was left, for their session alone', () => {
    const before = new KeptForm({ sessionId: 'a', form });
    before.form = { ...form, name: 'Week 13' };
    before.keep();
    expect(KeptForm.has('a')).toBe(true);
    expect(new KeptForm({ sessionId: 'a', form }).form.name).toBe('Week 13');
    expect(KeptForm.has('b')).toBe(false);
    expect(new KeptForm({ sessionId: 'b', form }).form.name).toBe('Week 12');
    expect(new KeptForm().form.name).toBe('');
  });

  it('[C4] are not kept where nothing was changed, nor after they were saved or given up', () => {
    const untouched = new KeptForm({ sessionId: 'a', form });
    untouched.keep();
    expect(KeptForm.has('a')).toBe(false);
    untouched.form = { ...form, name: '' };
    untouched.keep();
    untouched.forget();
    untouched.keep();
    expect(KeptForm.has('a')).toBe(false);
  });
});
