import { describe, expect, it } from 'vitest';
import { emptyForm } from '../lib/settings-form.ts';
import { readKept } from './kept-form.svelte.ts';

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
