// The rich text of a resolution note: what the editor can write and what the server accepts (C10). Kept out of the
// package's index, since the evaluator's first load must not carry an editor.
import { Schema } from 'prosemirror-model';
import { yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import type * as Y from 'yjs';
import { noteKey } from './notes-doc.ts';
import { toStorable } from './storable.ts';

const safeLink = /^(https?:|mailto:)/i;

export const notesSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      group: 'block',
      content: 'inline*',
      defining: true,
      attrs: { level: { default: 3, validate: 'number' } },
      parseDOM: [
        { tag: 'h1', attrs: { level: 3 } },
        { tag: 'h2', attrs: { level: 3 } },
        { tag: 'h3', attrs: { level: 3 } },
        { tag: 'h4', attrs: { level: 4 } },
      ],
      toDOM: (node) => [node.attrs.level === 4 ? 'h4' : 'h3', 0],
    },
    blockquote: {
      group: 'block',
      content: 'block+',
      defining: true,
      parseDOM: [{ tag: 'blockquote' }],
      toDOM: () => ['blockquote', 0],
    },
    bullet_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
    ordered_list: {
      group: 'block',
      content: 'list_item+',
      parseDOM: [{ tag: 'ol' }],
      toDOM: () => ['ol', 0],
    },
    list_item: {
      content: 'paragraph block*',
      defining: true,
      parseDOM: [{ tag: 'li' }],
      toDOM: () => ['li', 0],
    },
    text: { group: 'inline' },
    hard_break: {
      group: 'inline',
      inline: true,
      selectable: false,
      parseDOM: [{ tag: 'br' }],
      toDOM: () => ['br'],
    },
  },
  marks: {
    strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
    em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
    link: {
      inclusive: false,
      attrs: { href: { validate: 'string' } },
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs: (element) => {
            const href = element.getAttribute('href') ?? '';
            return safeLink.test(href) ? { href } : false;
          },
        },
      ],
      toDOM: (mark) => [
        'a',
        {
          href: safeLink.test(String(mark.attrs.href)) ? String(mark.attrs.href) : '#',
          rel: 'noopener noreferrer nofollow',
          target: '_blank',
        },
        0,
      ],
    },
  },
});

/** Whether an element of a notes document has a name that the schema knows. Texts are Y.XmlText, never elements. */
export const isNoteElement = (name: string): boolean =>
  Object.hasOwn(notesSchema.nodes, name) && name !== 'doc' && name !== 'text';

/** Marks that may overlap themselves are named with a hash behind. */
const hashed = /--[a-zA-Z0-9+/=]{8}$/;

/** Whether a text's formatting is a mark of the schema, with what that needs; `null` ends one. */
export function isNoteMark(key: string, value: unknown): boolean {
  const name = key.replace(hashed, '');
  if (!Object.hasOwn(notesSchema.marks, name)) return false;
  if (value === null || name !== 'link') return true;
  return typeof value === 'object' && 'href' in value && typeof value.href === 'string';
}

/** A note as it stands in rows and exports: ProseMirror JSON of `notesSchema`, and its plain text. */
export interface NoteContent {
  readonly json: unknown;
  readonly text: string;
}

const isUnsafeLink = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'link' &&
  !safeLink.test(hrefOf(value));

function hrefOf(mark: object): string {
  const attrs: unknown = 'attrs' in mark ? mark.attrs : null;
  return typeof attrs === 'object' && attrs !== null && 'href' in attrs ? String(attrs.href) : '';
}

const storableJson = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json), (key, value: unknown) => {
    if (typeof value === 'string') return toStorable(value);
    return key === 'marks' && Array.isArray(value) ? value.filter((mark) => !isUnsafeLink(mark)) : value;
  });

/**
 * A question's note read out of the notes document, `null` when it is blank. What the schema does not allow is left out
 * by y-prosemirror; links other than http, https and mailto are dropped; what no database can hold is U+FFFD.
 */
export function readNote(doc: Y.Doc, questionId: string): NoteContent | null {
  const fragment = doc.getXmlFragment(noteKey(questionId));
  if (fragment.length === 0) return null;
  const root = yXmlFragmentToProseMirrorRootNode(fragment, notesSchema);
  const text = toStorable(root.textBetween(0, root.content.size, '\n', '\n')).trim();
  return text === '' ? null : { json: storableJson(root.toJSON()), text };
}
