// The editor of one resolution note: ProseMirror bound to the shared fragment. Loaded only where a note is read or written.
// No markup of its own and no style tags: the page's policy forbids both.
import { notesSchema } from '@attune/contract/notes-schema';
import {
  baseKeymap,
  chainCommands,
  exitCode,
  lift,
  setBlockType,
  toggleMark,
  wrapIn,
} from 'prosemirror-commands';
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { MarkType, NodeType, Node as ProseNode } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, EditorState, Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import {
  redoCommand,
  undoCommand,
  yCursorPlugin,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
} from 'y-prosemirror';
import type { Awareness } from 'y-protocols/awareness';
import type { XmlFragment } from 'yjs';
import { named } from '../../texts/guest.ts';
import { isOthers, ownCaretPlugin } from './own-caret.ts';
import { pastedParser } from './pasted.ts';

const { nodes, marks } = notesSchema;
const node = (name: string): NodeType => {
  const type = nodes[name];
  if (!type) throw new Error(`the notes schema has no ${name}`);
  return type;
};
const mark = (name: string): MarkType => {
  const type = marks[name];
  if (!type) throw new Error(`the notes schema has no mark ${name}`);
  return type;
};

export type ToolName = 'heading' | 'strong' | 'em' | 'bullet_list' | 'ordered_list' | 'blockquote' | 'link';

/** Which tools apply where the caret stands. */
export type ActiveTools = Readonly<Record<ToolName, boolean>>;

export interface NoteEditorOptions {
  readonly fragment: XmlFragment;
  readonly awareness: Awareness;
  /** Said aloud for the text field. */
  readonly label: string;
  readonly placeholder: string;
  readonly editable: () => boolean;
  readonly onchange: (active: ActiveTools) => void;
  /** Asked with the present address when the link key is pressed. */
  readonly onlink: () => void;
  /** Given what somebody tried to add and is more than a note may grow by at once; it is not added. */
  readonly ontoomuch: (text: string) => void;
}

export interface NoteEditor {
  run(tool: Exclude<ToolName, 'link'>): void;
  /** The address of the link at the caret, `null` where there is none. */
  readonly href: string | null;
  /** Sets or, with `null`, removes the link on the selection. */
  link(href: string | null): void;
  undo(): void;
  redo(): void;
  focus(): void;
  /** Looks again whether it may be edited. */
  refresh(): void;
  destroy(): void;
}

/** In characters: as UTF-8, below what one message may carry. */
const mostAtOnce = 100_000;

/** What a change of one's own adds, where that is more than may be added at once; else `null`. */
function tooMuchIn(before: ProseNode, after: ProseNode): string | null {
  if (after.content.size - before.content.size <= mostAtOnce) return null;
  const start = before.content.findDiffStart(after.content) ?? 0;
  const end = before.content.findDiffEnd(after.content)?.b ?? after.content.size;
  return after.textBetween(Math.min(start, end), Math.max(start, end), '\n');
}

/** Makes an address of what people type: `example.com` becomes https. `null` for what a note must not link to. */
export function safeAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (/^(https?:\/\/|mailto:)\S+$/i.test(text)) return text;
  if (/^[^\s:/]+@[^\s:/]+$/.test(text)) return `mailto:${text}`;
  return /^[^\s:]+\.[^\s:]+$/.test(text) ? `https://${text}` : null;
}

const toggleList =
  (list: NodeType): Command =>
  (state, dispatch, view) =>
    isInside(state, list)
      ? liftListItem(node('list_item'))(state, dispatch)
      : wrapInList(list)(state, dispatch, view);

const toggleQuote: Command = (state, dispatch) =>
  isInside(state, node('blockquote')) ? lift(state, dispatch) : wrapIn(node('blockquote'))(state, dispatch);

const toggleHeading: Command = (state, dispatch) =>
  isInside(state, node('heading'))
    ? setBlockType(node('paragraph'))(state, dispatch)
    : setBlockType(node('heading'), { level: 3 })(state, dispatch);

const commands: Readonly<Record<Exclude<ToolName, 'link'>, Command>> = {
  heading: toggleHeading,
  strong: toggleMark(mark('strong')),
  em: toggleMark(mark('em')),
  bullet_list: toggleList(node('bullet_list')),
  ordered_list: toggleList(node('ordered_list')),
  blockquote: toggleQuote,
};

const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node('hard_break').create()).scrollIntoView());
  return true;
};

function isInside({ selection: { $from } }: EditorState, type: NodeType): boolean {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

function hasMark({ doc, selection, storedMarks }: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = selection;
  return empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

const activeIn = (state: EditorState): ActiveTools => ({
  heading: isInside(state, node('heading')),
  strong: hasMark(state, mark('strong')),
  em: hasMark(state, mark('em')),
  bullet_list: isInside(state, node('bullet_list')),
  ordered_list: isInside(state, node('ordered_list')),
  blockquote: isInside(state, node('blockquote')),
  link: hasMark(state, mark('link')),
});

const rules = inputRules({
  rules: [
    textblockTypeInputRule(/^#{1,3}\s$/, node('heading'), { level: 3 }),
    wrappingInputRule(/^\s*([-+*])\s$/, node('bullet_list')),
    wrappingInputRule(/^1[.)]\s$/, node('ordered_list')),
    wrappingInputRule(/^\s*>\s$/, node('blockquote')),
    markRule(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, mark('strong')),
    markRule(/(?:^|\s)_([^_\s](?:[^_]*[^_\s])?)_$/, mark('em')),
  ],
});

/** Turns text between signs into marked text when the last sign is typed. */
function markRule(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const words = match[1];
    if (!words) return null;
    const from = start + match[0].search(/[*_]/);
    return state.tr.replaceWith(from, end, notesSchema.text(words, [type.create()])).removeStoredMark(type);
  });
}

function placeholderPlugin(text: string): Plugin {
  return new Plugin({
    props: {
      decorations({ doc }) {
        const first = doc.firstChild;
        const isBlank = doc.childCount === 1 && first?.isTextblock && first.content.size === 0;
        if (!isBlank || !first) return null;
        const attributes = { class: 'is-blank', 'data-placeholder': text };
        return DecorationSet.create(doc, [Decoration.node(0, first.nodeSize, attributes)]);
      },
    },
  });
}

/** A caret with its owner's name. Hidden from readers: who is here is said in words beside the note. */
function caret(user: { name: string; color: string; guest?: boolean }): HTMLElement {
  const element = document.createElement('span');
  element.className = 'note-caret';
  element.setAttribute('aria-hidden', 'true');
  element.style.setProperty('--person', user.color);
  const name = document.createElement('span');
  name.className = 'note-caret-name';
  name.textContent = named({ name: user.name, guest: user.guest ?? false });
  element.append('\u2060', name, '\u2060');
  return element;
}

const selection = (user: { color: string }) => ({
  style: `--person: ${user.color}`,
  class: 'note-selection',
});

/** Mounts the editor in `place`. The caller destroys it. */
export function mountNoteEditor(place: HTMLElement, options: NoteEditorOptions): NoteEditor {
  const { fragment, awareness, label, placeholder, editable, onchange, onlink, ontoomuch } = options;
  const state = EditorState.create({
    schema: notesSchema,
    plugins: [
      ySyncPlugin(fragment),
      ownCaretPlugin(),
      yCursorPlugin(awareness, { cursorBuilder: caret, selectionBuilder: selection }),
      yUndoPlugin(),
      rules,
      keymap({
        'Mod-z': undoCommand,
        'Mod-y': redoCommand,
        'Mod-Shift-z': redoCommand,
        'Mod-b': commands.strong,
        'Mod-i': commands.em,
        'Mod-Alt-3': commands.heading,
        'Mod-Shift-7': commands.ordered_list,
        'Mod-Shift-8': commands.bullet_list,
        'Mod-Shift-9': commands.blockquote,
        'Mod-k': () => {
          onlink();
          return true;
        },
        Enter: splitListItem(node('list_item')),
        'Shift-Enter': chainCommands(exitCode, breakLine),
        'Mod-]': sinkListItem(node('list_item')),
        'Mod-[': liftListItem(node('list_item')),
      }),
      keymap(baseKeymap),
      placeholderPlugin(placeholder),
    ],
  });
  const view = new EditorView(place, {
    state,
    editable,
    clipboardParser: pastedParser(notesSchema),
    attributes: () => ({
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': label,
      'aria-readonly': editable() ? 'false' : 'true',
      class: 'note-text',
      ...(editable() ? {} : { tabindex: '0' }),
    }),
    // Called before the constructor returns as well, when the shared text is first drawn.
    dispatchTransaction(this: EditorView, transaction) {
      // y-prosemirror still has a timer running when the editor goes.
      if (this.isDestroyed) return;
      const others = isOthers(transaction.getMeta(ySyncPluginKey));
      const tooMuch = others ? null : tooMuchIn(this.state.doc, transaction.doc);
      if (tooMuch !== null) {
        ontoomuch(tooMuch);
        return;
      }
      // A mark chosen for the next letter outlives what somebody else writes before it is typed.
      if (others) transaction.setStoredMarks(this.state.storedMarks);
      this.updateState(this.state.apply(transaction));
      onchange(activeIn(this.state));
    },
  });
  onchange(activeIn(view.state));

  const run = (act: Command) => {
    act(view.state, view.dispatch, view);
    view.focus();
  };
  return {
    run: (tool) => run(commands[tool]),
    get href() {
      const link = mark('link').isInSet(view.state.selection.$from.marks());
      return link ? String(link.attrs.href) : null;
    },
    link: (href) => run((current, dispatch) => setLink(current, dispatch, href)),
    undo: () => run(undoCommand),
    redo: () => run(redoCommand),
    focus: () => view.focus(),
    refresh: () => {
      if (!view.isDestroyed) view.setProps({ editable });
    },
    destroy: () => view.destroy(),
  };
}

/** Links the selection; without one, the address itself is written and linked. */
function setLink(
  state: EditorState,
  dispatch: EditorView['dispatch'] | undefined,
  href: string | null,
): boolean {
  const { from, to, empty } = state.selection;
  const link = mark('link');
  if (href === null) {
    const [start, end] = empty ? extentOf(state, link) : [from, to];
    dispatch?.(state.tr.removeMark(start, end, link));
  } else if (empty) {
    const words = href.replace(/^(https?:\/\/|mailto:)/, '');
    dispatch?.(state.tr.replaceSelectionWith(notesSchema.text(words, [link.create({ href })]), false));
  } else dispatch?.(state.tr.removeMark(from, to, link).addMark(from, to, link.create({ href })));
  return true;
}

/** From where to where the link at the caret reaches within its block. */
function extentOf({ selection: { $from } }: EditorState, link: MarkType): [number, number] {
  const found = link.isInSet($from.marks());
  let [start, end] = [$from.pos, $from.pos];
  $from.parent.forEach((child, offset) => {
    const at = $from.start() + offset;
    if (found?.isInSet(child.marks) && at <= $from.pos && at + child.nodeSize >= $from.pos) {
      start = at;
      end = at + child.nodeSize;
    }
  });
  return [start, end];
}
