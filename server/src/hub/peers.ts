// Everyone connected, found by their socket, by the sign-in or link they came with, and by member.
import type { SignedIn } from '../caller.ts';
import type { Connection } from './connection.ts';
import { Groups } from './groups.ts';
import type { Occupant } from './occupant.ts';

export interface Peer {
  readonly connection: Connection;
  readonly who: SignedIn;
  /** Their room once it is open. */
  occupant: Occupant | null;
  /** Their roles or access changed while they came in. */
  isStale: boolean;
  /** When the sign-in ends, in ms since the epoch, as last heard. */
  endsAtMs: number;
}

export class Peers {
  readonly #peers = new Map<Connection, Peer>();
  readonly #bySignIn = new Groups<string, Peer>();
  readonly #byMember = new Groups<string, Peer>();

  add(peer: Peer): void {
    const { connection } = peer;
    this.#peers.set(connection, peer);
    this.#bySignIn.add(connection.signInId, peer);
    this.#byMember.add(connection.memberId, peer);
  }

  delete({ connection }: Peer): void {
    const peer = this.#peers.get(connection);
    if (!peer) return;
    this.#peers.delete(connection);
    this.#bySignIn.delete(connection.signInId, peer);
    this.#byMember.delete(connection.memberId, peer);
  }

  of(connection: Connection): Peer | null {
    return this.#peers.get(connection) ?? null;
  }

  /** @param signInId of a sign-in, or of a meeting screen's link */
  ofSignIn(signInId: string): ReadonlySet<Peer> {
    return this.#bySignIn.of(signInId);
  }

  ofMember(memberId: string): ReadonlySet<Peer> {
    return this.#byMember.of(memberId);
  }

  /** Everyone, to be walked at a pace of time and never for one event. */
  all(): Peer[] {
    return [...this.#peers.values()];
  }

  get size(): number {
    return this.#peers.size;
  }
}
