import { noteKey } from '@attune/contract';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { wordsBeyond } from './set-aside.ts';

function write(doc: Y.Doc, questionId: string, text: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment(noteKey(questionId)).push([paragraph]);
}

it('[live 1] sets aside the notes that hold something of one’s own, never those that only others went on with', () => {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  write(theirs, 'q1', 'Agreed.');
  write(theirs, 'q2', 'Agreed, too.');
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
  write(mine, 'q1', 'And mine.');
  write(theirs, 'q2', 'More of theirs.');
  mine.getXmlFragment(noteKey('q2'));
  expect(wordsBeyond(mine, theirs)).toEqual([{ questionId: 'q1', words: 'Agreed.\nAnd mine.' }]);
  expect(wordsBeyond(theirs, theirs)).toEqual([]);
});
