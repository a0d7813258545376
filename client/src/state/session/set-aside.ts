// What somebody wrote in notes and the server did not take: as words, to be copied.
import { questionOfNoteKey, type RefusalReason } from '@attune/contract';
import * as Y from 'yjs';

export interface SetAside {
  readonly questionId: string;
  /** The whole note as it stood on this page. */
  readonly words: string;
  readonly reason: RefusalReason;
}

const isOne = (value: unknown): value is SetAside =>
  typeof value === 'object' &&
  value !== null &&
  'questionId' in value &&
  typeof value.questionId === 'string' &&
  'words' in value &&
  typeof value.words === 'string' &&
  'reason' in value &&
  (value.reason === 'readOnly' || value.reason === 'documentTooLarge');

export const isSetAside = (value: unknown): value is SetAside[] => Array.isArray(value) && value.every(isOne);

/** The notes in which one document has something that the other lacks, as they stand in the first; blank ones left out. */
export function wordsBeyond(mine: Y.Doc, theirs: Y.Doc): { questionId: string; words: string }[] {
  const both = new Y.Doc();
  Y.applyUpdate(both, Y.encodeStateAsUpdate(theirs));
  Y.applyUpdate(both, Y.encodeStateAsUpdate(mine));
  const found = [...mine.share.keys()].flatMap((name) => {
    const questionId = questionOfNoteKey(name);
    if (questionId === null) return [];
    const words = wordsOf(mine.getXmlFragment(name));
    const isNews = both.getXmlFragment(name).toJSON() !== theirs.getXmlFragment(name).toJSON();
    return isNews && words !== '' ? [{ questionId, words }] : [];
  });
  both.destroy();
  return found;
}

/** A note's text, a line a block. */
function wordsOf(note: Y.XmlFragment): string {
  const lines = (node: Y.XmlFragment): string[] => {
    const children = node.toArray();
    const own = children.filter((child) => child instanceof Y.XmlText).map(textOf);
    const below = children.flatMap((child) => (child instanceof Y.XmlFragment ? lines(child) : []));
    return own.length > 0 ? [own.join(''), ...below] : below;
  };
  return lines(note).join('\n').trim();
}

function textOf(text: Y.XmlText): string {
  const parts: { insert?: unknown }[] = text.toDelta();
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
