// Who is in the meeting and which question each looks at, read from the room's awareness. Ids and identities are the
// server's; this file sets only what the contract lets a client say of itself.
import type { PresenceFields, PresenceState } from '@attune/contract';
import { createSubscriber } from 'svelte/reactivity';
import type { Awareness } from 'y-protocols/awareness';
import { named } from '../../texts/guest.ts';

/** Someone who is here; one person with two tabs is one. */
export interface Present {
  readonly id: string;
  /** As it is shown: a guest's is marked. */
  readonly name: string;
  /** `null`: at no question in particular. */
  readonly questionId: string | null;
  readonly away: boolean;
  /** Goes where the facilitator goes; of the facilitator: takes everyone along. */
  readonly following: boolean;
}

export class Presence {
  readonly #awareness: Awareness;
  readonly #subscribe: () => void;
  readonly #isOwn: (memberId: string) => boolean;

  /** @param isOwn whether a member is the person of this tab, who may have others open */
  constructor(awareness: Awareness, isOwn: (memberId: string) => boolean = () => false) {
    this.#awareness = awareness;
    this.#isOwn = isOwn;
    this.#subscribe = createSubscriber((update) => {
      // Later, because a change may come while the page is being drawn: an editor that goes tells it as it loses the focus.
      const changed = () => queueMicrotask(update);
      awareness.on('change', changed);
      return () => awareness.off('change', changed);
    });
  }

  /** Everyone else who is here, by name. A person is away only when all their tabs are. */
  get others(): Present[] {
    this.#subscribe();
    const byMember = new Map<string, Present>();
    for (const [client, raw] of this.#awareness.getStates()) {
      if (client === this.#awareness.clientID) continue;
      // Awareness is loosely typed; the server sends nothing but the contract's states.
      const { user, questionId = null, away = false, following = true } = raw as Partial<PresenceState>;
      if (!user || this.#isOwn(user.memberId)) continue;
      const known = byMember.get(user.memberId);
      if (known && !known.away) continue;
      byMember.set(user.memberId, { id: user.memberId, name: named(user), questionId, away, following });
    }
    return [...byMember.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Tells the others where this person is. */
  tell(fields: PresenceFields): void {
    for (const [name, value] of Object.entries(fields)) this.#awareness.setLocalStateField(name, value);
  }
}
