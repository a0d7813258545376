// What a socket sends, handled one frame after another and paid for out of a budget. While the budget is overdrawn, or the room
// is not ready, frames wait and the socket is not read: the sender is slowed by TCP. Knows nothing of what frames mean.
import type { WebSocket } from 'ws';

/**
 * Sustained rates a second, and how much may come at once. A word takes 0.3 ms of the processor, 0.5 where many wait for it, and a
 * fast typist writes ten a second: a quarter of the rate.
 */
const budgets = {
  messages: { rate: 60, burst: 240 },
  bytes: { rate: 256 * 1024, burst: 1024 * 1024 },
  cpuMs: { rate: 20, burst: 200 },
} as const;
type Cost = keyof typeof budgets;
const costs = ['messages', 'bytes', 'cpuMs'] as const;

/** Overdrawn for longer than this without having recovered meanwhile, slowed as it is, a socket is closed. */
export const longestDebtMs = 10_000;
/** In less than this no other process had a turn: the clock says what was used, and the system need not be asked again. */
const undisturbedMs = 1;
/** What must be left again of every budget, in seconds of its rate, before a debt counts as over. */
const recoveredSeconds = 0.25;
/** What one read of a socket can bring is far below; more waiting means that somebody does not stop. */
const mostWaiting = 20_000;

/** Of the processor, by this process since then. */
function usedMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

export class FrameQueue {
  readonly #socket: Pick<WebSocket, 'pause' | 'resume'>;
  readonly #handle: (frame: Uint8Array) => void;
  readonly #tooMany: () => void;
  #waiting: Uint8Array[] = [];
  /** Who wants frames to wait: the entrance until the room is ready, a document while it is built again. */
  #holds = 0;
  #draining = false;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  readonly #left: Record<Cost, number> = {
    messages: budgets.messages.burst,
    bytes: budgets.bytes.burst,
    cpuMs: budgets.cpuMs.burst,
  };
  #refilledAt = performance.now();
  #debtSince: number | null = null;

  /** @param tooMany called once the socket has been overdrawn for too long */
  constructor(
    socket: Pick<WebSocket, 'pause' | 'resume'>,
    handle: (frame: Uint8Array) => void,
    tooMany: () => void,
  ) {
    this.#socket = socket;
    this.#handle = handle;
    this.#tooMany = tooMany;
  }

  push(frame: Uint8Array): void {
    if (this.#closed) return;
    if (this.#waiting.push(frame) > mostWaiting) this.#tooMany();
    else this.#drain();
  }

  /** Lets frames wait until `go` was called as often. */
  hold(): void {
    this.#holds += 1;
  }

  go(): void {
    this.#holds -= 1;
    this.#drain();
  }

  /** Drops what waits and takes nothing more. The socket is read on, so that its end is heard. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#socket.resume();
  }

  #drain(): void {
    if (this.#draining || this.#timer || this.#closed) return;
    this.#draining = true;
    let next = 0;
    while (next < this.#waiting.length && this.#holds === 0 && !this.#closed && !this.#inDebt()) {
      const frame = this.#waiting[next];
      next += 1;
      if (!frame) break;
      const started = performance.now();
      const before = process.cpuUsage();
      this.#handle(frame);
      const passedMs = performance.now() - started;
      this.#left.messages -= 1;
      this.#left.bytes -= frame.length;
      // No more than the process used: that the machine was busy, or stood still, is not the sender's doing.
      this.#left.cpuMs -= passedMs < undisturbedMs ? passedMs : Math.min(passedMs, usedMs(before));
    }
    this.#draining = false;
    if (this.#closed) return;
    this.#waiting.splice(0, next);
    if (this.#waiting.length > 0) this.#socket.pause();
    else this.#socket.resume();
  }

  /** Whether the budget is overdrawn; then goes on by itself as soon as it no longer is. */
  #inDebt(): boolean {
    const now = performance.now();
    const seconds = (now - this.#refilledAt) / 1000;
    this.#refilledAt = now;
    let debtSeconds = Number.NEGATIVE_INFINITY;
    for (const cost of costs) {
      const { rate, burst } = budgets[cost];
      this.#left[cost] = Math.min(burst, this.#left[cost] + seconds * rate);
      debtSeconds = Math.max(debtSeconds, -this.#left[cost] / rate);
    }
    // Not as soon as nothing waits here: what a flood has sent since waits in the system's buffers, a read at a time.
    if (debtSeconds <= -recoveredSeconds) this.#debtSince = null;
    if (debtSeconds <= 0) return false;
    this.#debtSince ??= now;
    if (now - this.#debtSince > longestDebtMs) this.#tooMany();
    else {
      this.#timer = setTimeout(
        () => {
          this.#timer = null;
          this.#drain();
        },
        Math.min(1_000, Math.max(10, debtSeconds * 1000)),
      );
      this.#timer.unref();
    }
    return true;
  }
}
