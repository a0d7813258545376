// Who is here: ids and clocks are the server's, identity is the connection's, fields follow the contract's schema. Carries
// nothing but that someone is here until the reveal. Never the stock Awareness class, which believes what it is told.
import { type PresenceFields, presenceFields } from '@attune/contract';
import type { Connection } from './connection.ts';
import { encodePresence, type PresenceEntry, readPresence } from './presence-frames.ts';

interface Entry {
  readonly id: number;
  /** The Yjs client id under which the connection speaks of itself: the first it named. */
  ownClientId: number | null;
  clock: number;
  fields: PresenceFields;
}

/** What the session knows of who is here. */
export interface People {
  /** A member's colour beside the session's others. */
  colourOf(memberId: string): string;
  /** As the session has them; `null` for a lead who looks in. */
  personOf(memberId: string): { readonly name: string; readonly guest: boolean } | null;
}

/** Between two ticks of presence, after the first, which goes at once. */
const tickMs = 50;

export class Presence {
  readonly #entries = new Map<Connection, Entry>();
  /** Those who see presence and have none. */
  readonly #watchers = new Set<Connection>();
  readonly #changed = new Set<Entry>();
  readonly #gone: { id: number; clock: number }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #lastTick = 0;
  #nextId = 1 + Math.floor(Math.random() * 2 ** 30);
  readonly #people: People;
  /** Whether fields beyond the identity may travel: from review on. */
  #detailed: boolean;

  constructor(detailed: boolean, people: People) {
    this.#detailed = detailed;
    this.#people = people;
  }

  set detailed(detailed: boolean) {
    if (detailed === this.#detailed) return;
    this.#detailed = detailed;
    this.refresh();
  }

  join(connection: Connection): void {
    this.#nextId += 1;
    const entry: Entry = { id: this.#nextId, ownClientId: null, clock: 1, fields: {} };
    const others = [...this.#entries];
    this.#entries.set(connection, entry);
    if (others.length > 0)
      connection.sendPresence(encodePresence(others.map(([who, at]) => this.#state(who, at))));
    this.#change(entry);
  }

  /** Lets a connection see who is here without being here itself. */
  watch(connection: Connection): void {
    this.#watchers.add(connection);
    this.sendEveryone(connection);
  }

  leave(connection: Connection): void {
    this.#watchers.delete(connection);
    const entry = this.#entries.get(connection);
    if (!entry) return;
    this.#entries.delete(connection);
    this.#changed.delete(entry);
    this.#gone.push({ id: entry.id, clock: entry.clock + 1 });
    this.#schedule();
  }

  /** Accepts what a client says of itself; whatever it says of others, or of clocks, is left out. `false`: not readable. */
  update(connection: Connection, body: Uint8Array): boolean {
    const entry = this.#entries.get(connection);
    if (!entry) return true;
    const states = readPresence(body);
    if (!states) return false;
    // The stock provider names itself first, and later sends back what it heard of others.
    entry.ownClientId ??= states[0]?.clientId ?? null;
    const own = states.find(({ clientId }) => clientId === entry.ownClientId);
    if (!own || own.state === null) return true;
    const read = presenceFields.safeParse(own.state);
    if (!read.success) return false;
    const fields = read.data;
    if (JSON.stringify(entry.fields) === JSON.stringify(fields)) return true;
    entry.fields = fields;
    if (this.#detailed) this.#change(entry);
    return true;
  }

  /** Everyone again, with new clocks: stock clients forget whoever they have not heard of for 30 s. */
  refresh(): void {
    for (const entry of this.#entries.values()) this.#change(entry);
  }

  /** Answers a query for everyone. */
  sendEveryone(connection: Connection): void {
    const others = [...this.#entries].filter(([who]) => who !== connection);
    connection.sendPresence(encodePresence(others.map(([who, entry]) => this.#state(who, entry))));
  }

  #change(entry: Entry): void {
    entry.clock += 1;
    this.#changed.add(entry);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#lastTick + tickMs - performance.now());
    this.#timer = setTimeout(() => this.#tick(), wait);
    this.#timer.unref();
  }

  #tick(): void {
    this.#timer = null;
    this.#lastTick = performance.now();
    const changed = [...this.#entries].filter(([, entry]) => this.#changed.has(entry));
    const gone = this.#gone.splice(0).map(({ id, clock }) => ({ id, clock, json: 'null' }));
    this.#changed.clear();
    const states = [...changed.map(([who, entry]) => this.#state(who, entry)), ...gone];
    if (states.length === 0) return;
    const frame = encodePresence(states);
    for (const [connection, own] of this.#entries) {
      const others = states.filter(({ id }) => id !== own.id);
      if (others.length === states.length) connection.sendPresence(frame);
      else if (others.length > 0) connection.sendPresence(encodePresence(others));
    }
    for (const connection of this.#watchers) connection.sendPresence(frame);
  }

  #state(connection: Connection, entry: Entry): PresenceEntry {
    const { memberId } = connection;
    const known = this.#people.personOf(memberId);
    const user = {
      memberId,
      name: known?.name ?? connection.name,
      color: this.#people.colourOf(memberId),
      guest: known?.guest ?? false,
    };
    const json = JSON.stringify(this.#detailed ? { ...entry.fields, user } : { user });
    return { id: entry.id, clock: entry.clock, json };
  }
}
