import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type CheckedUpdate, isKnown, isNoNote, readUpdate } from './guard.ts';

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

describe('what no editor of notes writes', () => {
  const paragraph = (...children: (Y.XmlElement | Y.XmlText)[]) => {
    const element = new Y.XmlElement('paragraph');
    element.insert(0, children);
    return element;
  };
  /** What the guard says of a document written so, once it was applied. */
  const saidOf = (write: (doc: Y.Doc) => void): string => {
    const written = new Y.Doc();
    write(written);
    const update = Y.encodeStateAsUpdate(written);
    const read = readUpdate(update, 'notes');
    if (typeof read === 'string') return read;
    const applied = new Y.Doc();
    Y.applyUpdate(applied, update);
    return isNoNote(applied, read) ? 'no note' : 'note';
  };
  const inNote = (...children: (Y.XmlElement | Y.XmlText)[]) =>
    saidOf((doc) => doc.getXmlFragment('note:q1').insert(0, children));

  it('[C10] takes whatever the editor writes', () => {
    const heading = new Y.XmlElement('heading');
    heading.setAttribute('level', '3');
    const text = new Y.XmlText();
    text.insert(0, 'bold and linked', { strong: {}, link: { href: 'https://example.org' } });
    text.format(0, 4, { strong: null });
    heading.insert(0, [text, new Y.XmlElement('hard_break')]);
    expect(inNote(heading, paragraph(new Y.XmlText('and on')))).toBe('note');
  });

  const odd: readonly [string, () => string][] = [
    ['a text that stands in no block', () => inNote(new Y.XmlText('loose'))],
    ['an element the schema does not have', () => inNote(new Y.XmlElement('script'))],
    ['an element called text', () => inNote(paragraph(new Y.XmlElement('text')))],
    ['a note within a note', () => inNote(new Y.XmlElement('doc'))],
    ['values in place of blocks', () => saidOf((doc) => doc.getArray('note:q1').insert(0, ['a', 1]))],
    ['a map in place of a block', () => saidOf((doc) => doc.getArray('note:q1').insert(0, [new Y.Map()]))],
    ['named values on the note itself', () => saidOf((doc) => doc.getMap('note:q1').set('a', 1))],
    ['letters on the note itself', () => saidOf((doc) => doc.getText('note:q1').insert(0, 'abc'))],
    [
      'something embedded in a text',
      () =>
        saidOf((doc) => {
          const text = new Y.XmlText();
          doc.getXmlFragment('note:q1').insert(0, [paragraph(text)]);
          text.insertEmbed(0, { image: 1 });
        }),
    ],
    [
      'a mark the schema does not have',
      () =>
        saidOf((doc) => {
          const text = new Y.XmlText();
          doc.getXmlFragment('note:q1').insert(0, [paragraph(text)]);
          text.insert(0, 'a', { blink: {} });
        }),
    ],
    [
      'a link that leads nowhere',
      () =>
        saidOf((doc) => {
          const text = new Y.XmlText();
          doc.getXmlFragment('note:q1').insert(0, [paragraph(text)]);
          text.insert(0, 'a', { link: {} });
        }),
    ],
  ];
  it.each(odd)('[live 2] refuses %s', (_, said) => {
    expect(said()).toBe('no note');
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
