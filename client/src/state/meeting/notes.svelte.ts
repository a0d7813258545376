// The resolution notes of a meeting in the shared document: each question's own, and whether it says anything.
import { noteKey } from '@attune/contract';
import { createSubscriber } from 'svelte/reactivity';
import type { Doc, XmlFragment, XmlHook, XmlText } from 'yjs';

export class Notes {
  readonly #doc: Doc;
  readonly #readers = new Map<string, () => void>();

  constructor(doc: Doc) {
    this.#doc = doc;
  }

  /** The question's note in the shared document. */
  fragment(questionId: string): XmlFragment {
    return this.#doc.getXmlFragment(noteKey(questionId));
  }

  /** Whether the note says anything, live. */
  isNoted(questionId: string): boolean {
    const fragment = this.fragment(questionId);
    let subscribe = this.#readers.get(questionId);
    if (!subscribe) {
      subscribe = createSubscriber((update) => {
        const changed = () => update();
        fragment.observeDeep(changed);
        return () => fragment.unobserveDeep(changed);
      });
      this.#readers.set(questionId, subscribe);
    }
    subscribe();
    return saysSomething(fragment);
  }
}

/** Whether any text in it is more than blanks. */
function saysSomething(node: XmlFragment): boolean {
  return node
    .toArray()
    .some((child) => ('toArray' in child ? saysSomething(child) : wordsOf(child).trim() !== ''));
}

/** A text's words without its marks; whatever else stands in a fragment has none. */
function wordsOf(node: XmlText | XmlHook): string {
  if (!('toDelta' in node)) return '';
  const parts: { insert?: unknown }[] = node.toDelta();
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
