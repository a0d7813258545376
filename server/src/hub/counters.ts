// What the hub counts: numbers without names, fit for a metrics page. No counter may depend on what anyone answered.
import type { CloseReason } from '@attune/contract';

export class Counters {
  /** Sockets closed by the server, by reason. */
  readonly closed = new Map<CloseReason, number>();
  /** Upgrades refused before a socket was open, by HTTP status. */
  readonly refused = new Map<number, number>();
  /** Sockets taken so far. */
  accepted = 0;
  /** Frames read so far in meetings and feeds: how many come of a sealed sheet depends on what is typed there. */
  frames = 0;
  /** Seats that changes of their session were spread to so far, and how many of them were made anew for it. */
  seatsReached = 0;
  seatsMade = 0;

  countClosed(reason: CloseReason): void {
    this.closed.set(reason, (this.closed.get(reason) ?? 0) + 1);
  }

  countRefused(status: number): void {
    this.refused.set(status, (this.refused.get(status) ?? 0) + 1);
  }
}
