import { readSheet } from '@attune/contract';
import type { Question, Scorecard } from '@attune/domain';
import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { SealedSheet } from './sealed-sheet.svelte.ts';

const base = {
  prompt: '',
  guidance: '',
  weightHundredths: 100,
  required: true,
  naEligible: true,
  critical: 'none',
  comment: 'offered',
} as const;
const pass: Question = { ...base, id: 'pass', type: 'binary', comment: 'required-when-points-lost' };
const words: Question = { ...base, id: 'words', type: 'text' };
const scorecard: Scorecard = {
  name: '',
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 0,
  sections: [{ id: 's', title: '', weightHundredths: 100, questions: [pass, words] }],
};

/** Two devices of one person; what one does reaches the other. */
function devices() {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  one.on('update', (update, origin) => origin !== 'far' && Y.applyUpdate(other, update, 'far'));
  other.on('update', (update, origin) => origin !== 'far' && Y.applyUpdate(one, update, 'far'));
  return [new SealedSheet(one, scorecard, 3), new SealedSheet(other, scorecard, 3)] as const;
}

describe('a sealed sheet', () => {
  it('[C5] shows on both devices what either answers', () => {
    const [one, other] = devices();
    one.give(pass, { kind: 'binary', pass: true });
    other.write('words', 'Kept calm.');
    expect(one.sheet).toEqual(other.sheet);
    expect(one.progress).toEqual({ answered: 2, questions: 2 });
    expect(other.problems).toEqual([]);
  });

  it('[C5] wakes who reads an answer that changes elsewhere', () => {
    const [one, other] = devices();
    const seen: unknown[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        seen.push(one.answer(pass));
      });
    });
    flushSync();
    other.give(pass, { kind: 'na' });
    flushSync();
    expect(seen).toEqual([null, { kind: 'na' }]);
    stop();
  });

  it('[C5] keeps the words of a narrative that was called N/A, and takes them again', () => {
    const [one] = devices();
    one.write('words', 'Kept calm.');
    one.give(words, { kind: 'na' });
    expect(one.answer(words)).toEqual({ kind: 'na' });
    one.give(words, null);
    expect(one.answer(words)).toEqual({ kind: 'text', text: 'Kept calm.' });
  });

  it('[C5] takes typing for an answer after N/A', () => {
    const [one] = devices();
    one.give(words, { kind: 'na' });
    one.write('words', 'No:');
    expect(one.sheet.words?.answer).toEqual({ kind: 'text', text: 'No:' });
  });

  it('[C6] names what is missing as the server does', () => {
    const [one] = devices();
    one.give(pass, { kind: 'binary', pass: false });
    expect(one.problems).toEqual([
      { questionId: 'pass', problem: { code: 'comment-required' } },
      { questionId: 'words', problem: { code: 'unanswered' } },
    ]);
    one.setComment('pass', 'No postcode.');
    expect(one.problems.map(({ questionId }) => questionId)).toEqual(['words']);
  });

  it('[C5] cites a line once, lists lines before seconds, and takes them away', () => {
    const [one, other] = devices();
    one.cite('pass', { kind: 'second', second: 4 });
    one.cite('pass', { kind: 'line', line: 2 });
    other.cite('pass', { kind: 'line', line: 2 });
    expect(one.evidence('pass')).toEqual([
      { kind: 'line', line: 2 },
      { kind: 'second', second: 4 },
    ]);
    other.uncite('pass', { kind: 'line', line: 2 });
    expect(one.evidence('pass')).toEqual([{ kind: 'second', second: 4 }]);
  });

  it('[C6] reads exactly what the server will read', () => {
    const [one] = devices();
    one.give(pass, { kind: 'binary', pass: true });
    one.setComment('words', 'later');
    expect(one.sheet).toEqual(readSheet(one.doc, scorecard));
  });
});
