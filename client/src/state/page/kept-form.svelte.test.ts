import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyForm } from '../../lib/settings-form.ts';
import { KeptForm } from './kept-form.svelte.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

describe('a form kept in the tab', () => {
  const place = 'attune.form..new';

  it('[C2] comes back as it was typed', () => {
    const form = { ...emptyForm(), name: 'Week 12', threshold: '12.5', questionIds: ['a', 'b'] };
    const before = new KeptForm();
    before.form = form;
    before.keep();
    expect(new KeptForm().form).toEqual(form);
  });

  it('[C2] is empty where nothing was kept, or nothing readable', () => {
    for (const text of ['', 'null', '[', '7', '"text"']) {
      kept.set(place, text);
      expect(new KeptForm().form).toEqual(emptyForm());
    }
  });

  it('[C2] drops what an older page kept in another shape', () => {
    const old = { name: 7, threshold: '5', questionIds: [1], agentNameHidden: 'yes', gone: true };
    kept.set(place, JSON.stringify(old));
    expect(new KeptForm().form).toEqual({ ...emptyForm(), threshold: '5' });
  });

  it('[C2] goes on where the browser keeps nothing', () => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    vi.stubGlobal('sessionStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
    const form = new KeptForm();
    form.form.name = 'Week 12';
    form.keep();
    form.forget();
    expect(form.form.name).toBe('Week 12');
  });
});

describe('changed settings kept in the tab', () => {
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

  it('[C2] a field that was not kept, as by an older page, is as the draft has it, the scope above all', () => {
    const scoped = { ...form, scope: 'client-id lob-id', questionIds: ['a'] };
    kept.set('attune.form..a', JSON.stringify({ name: 'Week 13', scopeId: '' }));
    const again = new KeptForm({ sessionId: 'a', form: scoped });
    expect(again.form).toEqual({ ...scoped, name: 'Week 13' });
  });

  it('[C4] come back as the fields that were changed, the others as the draft has them by now', () => {
    const before = new KeptForm({ sessionId: 'a', form });
    before.form.name = 'Week 13';
    before.keep();
    const again = new KeptForm({ sessionId: 'a', form: { ...form, agentName: 'Noor' } });
    expect([again.form.name, again.form.agentName]).toEqual(['Week 13', 'Noor']);
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
