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

describe('what must not be built', () => {
  const tower = (levels: number) => {
    const doc = new Y.Doc();
    let at: Y.XmlFragment | Y.XmlElement = doc.getXmlFragment('note:q1');
    for (let level = 0; level < levels; level += 1) {
      const child = new Y.XmlElement('blockquote');
      // Beside others, so that its place is told by its neighbour.
      at.insert(0, [new Y.XmlText('left'), new Y.XmlText('right')]);
      at.insert(1, [child]);
      at = child;
    }
    return Y.encodeStateAsUpdate(doc);
  };

  it('[live 3] refuses a tower of quotes before it is applied, and takes what notes may have', () => {
    expect(readUpdate(tower(32), 'notes')).toMatchObject({ empty: false });
    expect(readUpdate(tower(200), 'notes')).toBe('malformed');
  });

  it('[live 3] refuses values that are not plain', () => {
    const inherited: unknown = JSON.parse('{"__proto__":{"kind":"na"}}');
    for (const value of [inherited, { kind: inherited }, [[inherited]], new Uint8Array(3)]) {
      const doc = new Y.Doc();
      doc.getMap('answers').set('a', [value]);
      expect(readUpdate(Y.encodeStateAsUpdate(doc), 'sealed')).toBe('malformed');
    }
    const plain = new Y.Doc();
    plain.getMap('answers').set('a', { kind: 'checklist', optionIds: ['b'], note: null });
    expect(readUpdate(Y.encodeStateAsUpdate(plain), 'sealed')).toMatchObject({ empty: false });
  });
});

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
