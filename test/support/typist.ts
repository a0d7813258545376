// Someone who types into a document for as long as a test likes, and who remembers what the server said is stored.
import { setInterval as pace } from 'node:timers/promises';
import { answersKey, commentKey } from '@attune/contract';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { openRoom, until } from './rooms.ts';

/** Between two words: a fast typist's. */
const wordMs = 100;
const text = (doc: Y.Doc) => doc.getText(commentKey('empathy'));

export class Typist {
  readonly url: string;
  readonly room: string;
  readonly cookie: string;
  readonly doc = new Y.Doc();
  open: ReturnType<typeof openRoom>;
  typed = 0;
  /** Words typed when the server last said that everything is stored. */
  saved = 0;

  /** @param room a sealed room */
  constructor(url: string, room: string, cookie: string) {
    this.url = url;
    this.room = room;
    this.cookie = cookie;
    this.open = openRoom(url, room, cookie, { doc: this.doc });
  }

  /** What the screen calls "Saved". */
  get isSaved(): boolean {
    return this.open.provider.synced && this.open.sent > 0 && this.open.stored === this.open.sent;
  }

  type(): void {
    this.typed += 1;
    // One message a word, as one press is on the page.
    this.doc.transact(() => {
      text(this.doc).insert(text(this.doc).length, `w${this.typed} `);
      this.doc
        .getMap(answersKey)
        .set('empathy', { kind: 'scale', valueHundredths: 100 + (this.typed % 5) * 100 });
    });
  }

  async untilSaved(patienceMs?: number): Promise<void> {
    await until('everything typed is stored', () => this.isSaved, patienceMs);
    this.saved = this.typed;
  }

  /** Comes back with the same document after its server was started again. */
  reopen(): void {
    this.open.close();
    this.open = openRoom(this.url, this.room, this.cookie, { doc: this.doc });
  }

  /** What a device that was never here before sees. */
  async onFreshDevice(): Promise<string> {
    const fresh = openRoom(this.url, this.room, this.cookie);
    await until('the fresh device is in', () => fresh.provider.synced);
    const seen = text(fresh.doc).toString();
    fresh.close();
    return seen;
  }

  /** Every word once and in order, on a device that was never here before. */
  async expectAllThere(): Promise<void> {
    const words = Array.from({ length: this.typed }, (_, index) => `w${index + 1} `).join('');
    expect(await this.onFreshDevice()).toBe(words);
  }
}

/** Everyone types a word every tenth of a second until the condition holds. */
export async function typeUntil(
  typists: readonly Typist[],
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for await (const _ of pace(wordMs)) {
    for (const typist of typists) typist.type();
    if (await holds()) return;
    if (performance.now() > deadline) throw new Error(`typed in vain: ${what}`);
  }
}
