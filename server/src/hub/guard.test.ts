import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type CheckedUpdate, isKnown, readUpdate } from './guard.ts';

function checked(update: Uint8Array): CheckedUpdate {
  const read = readUpdate(update, 'sealed');
  if (typeof read === 'string') throw new Error(read);
  return read;
}

/** A sheet with something written and partly deleted again, and an equal copy of it. */
function twoCopies(): [Y.Doc, Y.Doc] {
  const one = new Y.Doc();
  one.getText('text:a').insert(0, 'calm and polite');
  one.getText('text:a').delete(4, 4);
  one.getMap('answers').set('b', { kind: 'na' });
  one.getMap('answers').set('b', { kind: 'binary', pass: true });
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  return [one, other];
}

describe('what the document has already', () => {
  it('[C5] takes the deletions a reader sends again at each return for nothing new', () => {
    const [here, there] = twoCopies();
    const step2 = checked(Y.encodeStateAsUpdate(there, Y.encodeStateVector(here)));
    expect([step2.empty, isKnown(here, step2)]).toEqual([false, true]);
  });

  it('[C5] sees a new word and a new deletion', () => {
    const [here, there] = twoCopies();
    there.getText('text:a').delete(0, 1);
    expect(isKnown(here, checked(Y.encodeStateAsUpdate(there)))).toBe(false);
    const [left, right] = twoCopies();
    right.getText('text:a').insert(0, 'x');
    expect(isKnown(left, checked(Y.encodeStateAsUpdate(right)))).toBe(false);
  });
});
