// Yjs values as something a component may read: reading subscribes, changing wakes exactly those who read. Values stay in
// the document; nothing is copied into $state.
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';

interface Observable {
  observe(handler: () => void): void;
  unobserve(handler: () => void): void;
}

const subscriberOf = (source: Observable) =>
  createSubscriber((update) => {
    const handler = () => update();
    source.observe(handler);
    return () => source.unobserve(handler);
  });

/** A map, key by key: a change of one key wakes only the readers of that key (and of `keys`). */
export class MapReader<T> {
  readonly #map: Y.Map<T>;
  readonly #byKey = new Map<string, () => void>();
  readonly #any: () => void;

  constructor(map: Y.Map<T>) {
    this.#map = map;
    this.#any = subscriberOf(map);
  }

  get(key: string): T | undefined {
    this.#subscriberOf(key)();
    return this.#map.get(key);
  }

  /** All keys; wakes at every change of the map. */
  get keys(): string[] {
    this.#any();
    return [...this.#map.keys()];
  }

  #subscriberOf(key: string): () => void {
    const known = this.#byKey.get(key);
    if (known) return known;
    const subscribe = createSubscriber((update) => {
      const handler = (event: Y.YMapEvent<T>) => {
        if (event.keysChanged.has(key)) update();
      };
      this.#map.observe(handler);
      return () => this.#map.unobserve(handler);
    });
    this.#byKey.set(key, subscribe);
    return subscribe;
  }
}

/** A text as a string. */
export class TextReader {
  readonly #text: Y.Text;
  readonly #subscribe: () => void;

  constructor(text: Y.Text) {
    this.#text = text;
    this.#subscribe = subscriberOf(text);
  }

  get value(): string {
    this.#subscribe();
    return this.#text.toString();
  }

  /** Makes the text equal to what was typed by the smallest change, so that typing on two devices merges. */
  write(next: string, origin?: unknown): void {
    const now = this.#text.toString();
    if (now === next) return;
    let head = 0;
    const shorter = Math.min(now.length, next.length);
    while (head < shorter && now[head] === next[head]) head++;
    let tail = 0;
    while (tail < shorter - head && now.at(-1 - tail) === next.at(-1 - tail)) tail++;
    // Half an emoji is no text: Yjs would store a replacement character for either half.
    if (/[\uD800-\uDBFF]/.test(now[head - 1] ?? '')) head--;
    if (/[\uDC00-\uDFFF]/.test(now.at(-tail) ?? '') && tail > 0) tail--;
    const change = () => {
      if (now.length > head + tail) this.#text.delete(head, now.length - head - tail);
      if (next.length > head + tail) this.#text.insert(head, next.slice(head, next.length - tail));
    };
    if (this.#text.doc) this.#text.doc.transact(change, origin);
    else change();
  }
}

/** An array of plain values. */
export class ArrayReader<T> {
  readonly #array: Y.Array<T>;
  readonly #subscribe: () => void;

  constructor(array: Y.Array<T>) {
    this.#array = array;
    this.#subscribe = subscriberOf(array);
  }

  get items(): T[] {
    this.#subscribe();
    return this.#array.toArray();
  }
}
