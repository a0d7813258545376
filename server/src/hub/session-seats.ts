// The seats of each open session. A change of a session is sent to them, who then are judged by it; sockets of other sessions are
// not looked at.
import { encodeMessage, messageType, type SessionSharedPatch } from '@attune/contract';
import type { ChangeRead } from '../sessions/change.store.ts';
import { sharedForScreen } from '../sessions/views.ts';
import type { Counters } from './counters.ts';
import { Groups } from './groups.ts';
import type { Occupant } from './occupant.ts';
import type { SessionState } from './session-state.ts';

export class SessionSeats {
  readonly #occupants = new Groups<SessionState, Occupant>();
  readonly #counters: Counters;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** Counts the occupant among its session's; a feed has none. */
  join(occupant: Occupant): void {
    const state = occupant.room.session?.state;
    if (state) this.#occupants.add(state, occupant);
  }

  leave(occupant: Occupant): void {
    const state = occupant.room.session?.state;
    if (state) this.#occupants.delete(state, occupant);
  }

  /** Sends numbered changes to everyone of the session's meeting, then makes the seats they bring. */
  spread(state: SessionState, changes: readonly ChangeRead[]): void {
    const frames = once(() => changes.map((change) => encodeChange(change, change.patch)));
    const onScreens = once(() =>
      changes.map((change) => encodeChange(change, sharedForScreen(change.patch))),
    );
    for (const occupant of this.#occupants.of(state)) {
      this.#counters.seatsReached += 1;
      const { room, connection, actor } = occupant;
      if (room.name.kind === 'meeting' && connection.announced)
        for (const frame of actor.limit?.as === 'display' ? onScreens() : frames()) connection.send(frame);
      if (occupant.reseat(actor)) this.#counters.seatsMade += 1;
    }
  }
}

function encodeChange({ number, at, events }: ChangeRead, patch: SessionSharedPatch): Uint8Array {
  return encodeMessage(messageType.change, { number, at, events, patch });
}

/** Makes the value for the first who needs it, and keeps it for the rest. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
