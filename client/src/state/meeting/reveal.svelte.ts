// The reveal as a moment: the sealed cards turn together, then the flagged ones rise. A second in all, and not at all for who
// wants no motion. Plays once, and only where it was seen to happen.

/** Sealed and turning away, and turning up with what was in them; the board's list draws both within these. */
const turnAwayMs = 380;
const turnUpMs = 220;

export type Face = 'sealed' | 'turning' | 'open';

export class Reveal {
  #face = $state<Face>('open');
  #timers: ReturnType<typeof setTimeout>[] = [];
  #painted = 0;
  #isDue: boolean;

  constructor(justRevealed: boolean) {
    this.#isDue = justRevealed && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (this.#isDue) this.#face = 'sealed';
  }

  get face(): Face {
    return this.#face;
  }

  /** Turns the cards, once; call it when there is something to show. */
  start(): void {
    if (!this.#isDue) return;
    this.#isDue = false;
    const later = (ms: number, face: Face) => {
      this.#timers.push(setTimeout(() => (this.#face = face), ms));
    };
    // From when they are painted: a busy device is not to miss them.
    this.#painted = requestAnimationFrame(() => {
      later(turnAwayMs, 'turning');
      later(turnAwayMs + turnUpMs, 'open');
    });
  }

  stop(): void {
    cancelAnimationFrame(this.#painted);
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
