// The reveal as a moment: the sealed cards turn together, then the flagged ones rise. Under a second, and not at all for who
// wants no motion. Plays once, and only where it was seen to happen.

const turnAwayMs = 380;
const turnUpMs = 220;

export type Face = 'sealed' | 'turning' | 'open';

export class Reveal {
  #face = $state<Face>('open');
  #timers: ReturnType<typeof setTimeout>[] = [];
  #isDue: boolean;

  constructor(justRevealed: boolean) {
    this.#isDue = justRevealed && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (this.#isDue) this.#face = 'sealed';
  }

  get face(): Face {
    return this.#face;
  }

  /** The board may take its own order. */
  get isOver(): boolean {
    return this.#face === 'open';
  }

  /** Turns the cards, once; call it when there is something to show. */
  start(): void {
    if (!this.#isDue) return;
    this.#isDue = false;
    const later = (ms: number, face: Face) => {
      this.#timers.push(setTimeout(() => (this.#face = face), ms));
    };
    later(turnAwayMs, 'turning');
    later(turnAwayMs + turnUpMs, 'open');
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
