// What is pasted out of Google Docs and Word, made into what the notes' schema knows. The page's policy on styles leaves
// `element.style` empty, so that everything is read from the attribute.
import { DOMParser as NoteParser, type ParseOptions, type Schema, type Slice } from 'prosemirror-model';

/** A style's value as it is written in the element's attribute, in small letters; empty for none. */
function styleOf(element: Element, property: string): string {
  const style = element.getAttribute('style') ?? '';
  return (new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, 'i').exec(style)?.[1] ?? '')
    .trim()
    .toLowerCase();
}

const isBold = (weight: string): boolean => /^bold/.test(weight) || Number(weight) >= 600;
const isPlain = (weight: string): boolean => weight === 'normal' || Number(weight) < 600;

const elementsIn = (root: ParentNode, selector: string): HTMLElement[] =>
  Array.from(root.querySelectorAll<HTMLElement>(selector));

const unwrap = (element: Element): void => element.replaceWith(...element.childNodes);

function wrapChildren(element: Element, name: 'strong' | 'em'): void {
  const mark = element.ownerDocument.createElement(name);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Docs puts all it copies in a `b` that says it is not bold, and writes bold and italics as styles. */
function readMarks(root: ParentNode): void {
  for (const element of elementsIn(root, 'b[style], strong[style]')) {
    const weight = styleOf(element, 'font-weight');
    if (weight !== '' && isPlain(weight)) unwrap(element);
  }
  for (const element of elementsIn(root, 'i[style], em[style]'))
    if (styleOf(element, 'font-style') === 'normal') unwrap(element);
  for (const element of elementsIn(root, 'span[style], a[style], font[style]')) {
    if (isBold(styleOf(element, 'font-weight'))) wrapChildren(element, 'strong');
    if (/^(?:italic|oblique)/.test(styleOf(element, 'font-style'))) wrapChildren(element, 'em');
  }
}

const wordMarker = 'span[style*="mso-list" i]';
/** 1. or a) or iv. before an item: a list with numbers. */
const numbered = /^[\s\u00a0]*\(?(?:\d+|[a-z]|[ivxlc]+)[.)]/i;

/** Word writes an item of a list as a paragraph that names its level, with the typed sign in a span of its own. */
function readWordLists(root: ParentNode): void {
  /** The lists open now, the outermost first; they end where anything else follows. */
  let open: HTMLElement[] = [];
  let last: Element | null = null;
  for (const item of elementsIn(root, 'p[style*="mso-list" i]')) {
    const level = Number(/level(\d)/.exec(styleOf(item, 'mso-list'))?.[1] ?? 0);
    if (level === 0) continue;
    if (last === null || item.previousElementSibling !== last) open = [];
    const marker = elementsIn(item, wordMarker).find((one) => styleOf(one, 'mso-list') === 'ignore');
    const name = numbered.test(marker?.textContent ?? '') ? 'ol' : 'ul';
    marker?.remove();
    open = open.slice(0, level);
    const made = item.ownerDocument.createElement('li');
    if (open.length === 0) {
      const list = item.ownerDocument.createElement(name);
      item.replaceWith(list);
      open = [list];
      last = list;
    } else {
      item.remove();
      if (open.length < level) {
        const list = item.ownerDocument.createElement(name);
        const under = open.at(-1)?.lastElementChild ?? open[0];
        under?.append(list);
        open = [...open, list];
      }
    }
    made.append(item);
    open.at(-1)?.append(made);
  }
}

/** Notes have no tables: a row becomes a paragraph, its cells parted by a bar. A table of one cell only lays out. */
function readTables(root: ParentNode): void {
  // The innermost first.
  for (const table of elementsIn(root, 'table').reverse()) {
    const rows = elementsIn(table, 'tr').map((row) => elementsIn(row, 'td, th'));
    const lines = rows.every((cells) => cells.length < 2)
      ? rows.flat().flatMap(contentsOf)
      : rows.map(lineOf);
    table.replaceWith(...lines);
  }
}

const contentsOf = (cell: HTMLElement): Node[] => {
  const blocks = cell.ownerDocument.createElement('div');
  blocks.append(...cell.childNodes);
  return [blocks];
};

function lineOf(cells: readonly HTMLElement[]): HTMLElement {
  const line = (cells[0]?.ownerDocument ?? document).createElement('p');
  for (const [at, cell] of cells.entries()) {
    for (const block of elementsIn(
      cell,
      'p, div, li, ul, ol, h1, h2, h3, h4, h5, h6, blockquote',
    ).reverse()) {
      block.after(' ');
      unwrap(block);
    }
    line.append(at === 0 ? '' : ' | ', ...cell.childNodes);
  }
  return line;
}

class PastedParser extends NoteParser {
  override parseSlice(dom: HTMLElement, options?: ParseOptions): Slice {
    readMarks(dom);
    readWordLists(dom);
    readTables(dom);
    return super.parseSlice(dom, options);
  }
}

/** Reads what is pasted. */
export const pastedParser = (schema: Schema): NoteParser =>
  new PastedParser(schema, NoteParser.fromSchema(schema).rules);
