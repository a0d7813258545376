// A stored note as a tree that can be drawn without the editor. What is not of the notes' layout is left out.

/** A piece of text with its marks. */
export interface NoteWords {
  readonly kind: 'words';
  readonly text: string;
  readonly isStrong: boolean;
  readonly isEm: boolean;
  /** Where it leads, http, https or mailto alone; `null` for plain words. */
  readonly href: string | null;
}

export type NoteElementName =
  | 'doc'
  | 'paragraph'
  | 'heading'
  | 'subheading'
  | 'blockquote'
  | 'bullet_list'
  | 'ordered_list'
  | 'list_item'
  | 'hard_break';

export interface NoteElement {
  readonly kind: 'element';
  readonly name: NoteElementName;
  readonly children: readonly NoteNode[];
}

export type NoteNode = NoteWords | NoteElement;

const names: readonly string[] = [
  'doc',
  'paragraph',
  'heading',
  'blockquote',
  'bullet_list',
  'ordered_list',
  'list_item',
  'hard_break',
];
const safeLink = /^(https?:|mailto:)/i;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const isName = (value: unknown): value is Exclude<NoteElementName, 'subheading'> =>
  typeof value === 'string' && names.includes(value);

/** The nodes of ProseMirror JSON; empty for what is no note. */
export function noteTree(json: unknown): readonly NoteNode[] {
  return isFields(json) ? listOf(json.content).flatMap(read) : [];
}

function read(node: Fields): NoteNode[] {
  if (node.type === 'text')
    return typeof node.text === 'string' ? [wordsOf(node.text, listOf(node.marks))] : [];
  if (!isName(node.type)) return [];
  const attrs = isFields(node.attrs) ? node.attrs : {};
  const name = node.type === 'heading' && attrs.level === 4 ? 'subheading' : node.type;
  return [{ kind: 'element', name, children: listOf(node.content).flatMap(read) }];
}

function wordsOf(text: string, marks: readonly Fields[]): NoteWords {
  const link = marks.find(({ type }) => type === 'link');
  const href = link && isFields(link.attrs) && typeof link.attrs.href === 'string' ? link.attrs.href : null;
  return {
    kind: 'words',
    text,
    isStrong: marks.some(({ type }) => type === 'strong'),
    isEm: marks.some(({ type }) => type === 'em'),
    href: href !== null && safeLink.test(href) ? href : null,
  };
}
