import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { noteKey } from './notes-doc.ts';
import { readNote } from './notes-schema.ts';

it('[C10] a note with what no database holds is read as it can be kept, so that it cannot keep a session from being resolved', () => {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph]);
  paragraph.insert(0, [text]);
  text.insert(0, 'a\u0000b', { link: { href: 'https://example.org/\u0000' } });
  const marks = [{ type: 'link', attrs: { href: 'https://example.org/\ufffd' } }];
  expect(readNote(doc, 'q1')).toEqual({
    text: 'a\ufffdb',
    json: {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a\ufffdb', marks }] }],
    },
  });
});

it('[live 5] a link that would run something is no link in the record', () => {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph]);
  paragraph.insert(0, [text]);
  text.insert(0, 'here', { link: { href: 'javascript:alert(1)' }, strong: {} });
  expect(readNote(doc, 'q1')?.json).toMatchObject({
    content: [{ content: [{ text: 'here', marks: [{ type: 'strong' }] }] }],
  });
});
