// A live document: checks before it applies, applies before it stores, stores before anyone hears of it (live.md 2). Nothing of
// a document leaves the server before it is in the journal, so that nobody can hold what the journal does not have.
import type { CloseReason, RefusalReason } from '@attune/contract';
import * as Y from 'yjs';
import type { Appended, Journal } from '../documents/journal.ts';
import type { DocumentHandle } from '../documents/store.ts';
import type { Logger } from '../ops/log.ts';
import { Compaction } from './compaction.ts';
import type { Connection } from './connection.ts';
import { DocumentContent } from './document-content.ts';
import { type CheckedUpdate, hasGap, isKnown, readUpdate, writersOf } from './guard.ts';
import { PendingWrites } from './pending-writes.ts';
import { encodeQuestion, encodeUpdate, nothingMissing } from './sync-frames.ts';

export interface DocumentReads {
  read(handle: DocumentHandle): Promise<{ doc: Y.Doc; rows: number }>;
  readClients(handle: DocumentHandle): Promise<Map<number, string>>;
  compact(handle: DocumentHandle): Promise<void>;
}

export interface DocumentRoomDeps {
  readonly journal: Journal;
  readonly documents: DocumentReads;
  readonly log: Logger;
  /** Called after a commit that changed the document. */
  readonly onStored: (doc: Y.Doc) => void;
  /** The room cannot be trusted any more and has sent everyone away: the next who comes loads it anew. */
  readonly onBroken: () => void;
}

interface Reader {
  /** Whether its sync step 1 was answered: once a connection, since all that follows is sent anyway. */
  answered: boolean;
  /** Messages that build on what has not come yet; stored with the full answer that was asked for. */
  early: number[];
  asked: number;
}

interface Claim {
  readonly clientId: number;
  readonly memberId: string;
}

/** Client ids one message may bring for the first time: a page's own, and those it wrote under while offline. */
const mostNewClients = 32;
const mostEarly = 100;
const mostAsked = 5;

export class DocumentRoom {
  readonly handle: DocumentHandle;
  readonly #deps: DocumentRoomDeps;
  readonly #readers = new Map<Connection, Reader>();
  readonly #owners: Map<number, string>;
  readonly #writes = new PendingWrites();
  readonly #compaction: Compaction;
  /** Replaced by every new read of the journal. */
  #content: DocumentContent;
  #rebuilding: Promise<void> | null = null;

  private constructor(
    handle: DocumentHandle,
    loaded: { doc: Y.Doc; rows: number },
    owners: Map<number, string>,
    deps: DocumentRoomDeps,
  ) {
    this.handle = handle;
    this.#deps = deps;
    this.#content = new DocumentContent(handle.kind, loaded.doc);
    this.#owners = owners;
    this.#compaction = new Compaction(loaded.rows, {
      log: deps.log,
      compact: () => deps.documents.compact(handle),
    });
  }

  static async open(handle: DocumentHandle, deps: DocumentRoomDeps): Promise<DocumentRoom> {
    const loaded = await deps.documents.read(handle);
    const owners = handle.kind === 'notes' ? await deps.documents.readClients(handle) : new Map();
    return new DocumentRoom(handle, loaded, owners, deps);
  }

  get doc(): Y.Doc {
    return this.#content.doc;
  }

  /** Resolves when nothing is on its way to the journal and the document is whole. */
  async settled(): Promise<void> {
    while (!this.#writes.isEmpty || this.#rebuilding) {
      await this.#writes.settled();
      await this.#rebuilding;
    }
  }

  /**
   * Lets a connection read: asks for what it has, and sends what it lacks.
   *
   * @param vector of the sync step 1 it has sent before, `null` where that is still to come
   */
  join(connection: Connection, vector: Uint8Array | null): CloseReason | null {
    if (this.#readers.has(connection)) return null;
    this.#readers.set(connection, { answered: false, early: [], asked: 0 });
    if (this.#rebuilding) {
      connection.incoming.hold();
      void this.#rebuilding.finally(() => connection.incoming.go());
    }
    this.#ask(connection);
    return vector ? this.answer(connection, vector) : null;
  }

  leave(connection: Connection): void {
    this.#readers.delete(connection);
  }

  /** Answers sync step 1: the first with what is missing, later ones with nothing, since everything new was sent. */
  answer(connection: Connection, vector: Uint8Array): CloseReason | null {
    const reader = this.#readers.get(connection);
    if (!reader) return null;
    if (reader.answered) {
      connection.send(nothingMissing);
      return null;
    }
    try {
      Y.decodeStateVector(vector);
    } catch {
      return 'malformed';
    }
    reader.answered = true;
    this.#sendState(connection, vector);
    return null;
  }

  /**
   * Receives a document message.
   *
   * @param isFull it is a sync step 2: all that the sender has and the document lacked when it was asked
   * @param mayWrite the seat's word, of this moment
   * @returns why the socket must close, or `null`
   */
  receive(
    connection: Connection,
    update: Uint8Array,
    isFull: boolean,
    mayWrite: boolean,
  ): CloseReason | null {
    const message = connection.countDocumentMessage();
    const reason = this.#take(connection, message, update, isFull, mayWrite);
    if (reason !== 'readOnly' && reason !== 'documentTooLarge') return reason;
    const early = (isFull && this.#readers.get(connection)?.early.splice(0)) || [];
    return this.#refuse(connection, reason, [...early, message]) ? null : reason;
  }

  /** Refuses the edit and not its sender. @returns whether the sender understands; else it must be closed */
  #refuse(connection: Connection, reason: RefusalReason, messages: readonly number[]): boolean {
    const reader = this.#readers.get(connection);
    if (reader) reader.asked = 0;
    return connection.refuse(reason, messages);
  }

  #take(
    connection: Connection,
    message: number,
    update: Uint8Array,
    isFull: boolean,
    mayWrite: boolean,
  ): CloseReason | null {
    // Who comes back without the right still answers with all they have; only that is looked into.
    if (!mayWrite && !isFull) return 'readOnly';
    const checked = readUpdate(update, this.handle.kind);
    if (typeof checked === 'string') return checked;
    if (checked.empty) {
      // Nothing more than the document has, which may hold what is not stored yet.
      this.#acknowledge(connection, [message]);
      return null;
    }
    if (!mayWrite) {
      if (!isKnown(this.doc, checked)) return 'readOnly';
      this.#acknowledge(connection, [message]);
      return null;
    }
    const claims = this.#claims(connection, checked);
    if (!claims) return 'foreignStruct';
    const reader = this.#readers.get(connection);
    if (!reader) return null;
    if (hasGap(this.doc, checked)) return this.#wait(connection, reader, message, isFull);
    if (this.#deps.journal.isFull(this.handle)) return 'unavailable';
    const settled = isFull ? [...reader.early, message] : [message];
    const refusal = this.#apply(connection, update, checked, claims, settled);
    if (!refusal && isFull) reader.early = [];
    return refusal;
  }

  /** Keeps the place of a message that came too early, and asks once for everything. */
  #wait(connection: Connection, reader: Reader, message: number, isFull: boolean): CloseReason | null {
    const isFirst = reader.early.length === 0;
    reader.early.push(message);
    if (isFirst || isFull) {
      reader.asked += 1;
      this.#ask(connection);
    }
    return reader.early.length > mostEarly || reader.asked > mostAsked ? 'malformed' : null;
  }

  /** The client ids this message uses first; `null` where one belongs to somebody else. */
  #claims(connection: Connection, checked: CheckedUpdate): Claim[] | null {
    if (this.handle.kind === 'sealed') return [];
    const claims: Claim[] = [];
    for (const clientId of writersOf(this.doc, checked)) {
      const owner = this.#owners.get(clientId);
      if (owner !== undefined && owner !== connection.memberId) return null;
      if (owner === undefined) claims.push({ clientId, memberId: connection.memberId });
    }
    return claims.length > mostNewClients ? null : claims;
  }

  #apply(
    connection: Connection,
    update: Uint8Array,
    checked: CheckedUpdate,
    claims: readonly Claim[],
    messages: readonly number[],
  ): CloseReason | null {
    const applied = this.#content.apply(update, checked, connection);
    if ('refusal' in applied) {
      this.#rebuild();
      return applied.refusal;
    }
    for (const { clientId, memberId } of claims) this.#owners.set(clientId, memberId);
    if (applied.effect) this.#store(connection, applied.effect, claims, messages);
    else this.#acknowledge(connection, messages);
    return null;
  }

  /** Announces messages without news as stored, once all they may repeat is. */
  #acknowledge(connection: Connection, messages: readonly number[]): void {
    if (this.#writes.isEmpty) connection.markStored(...messages);
    else
      void this.#writes.outcome.then((stored) => {
        if (stored) connection.markStored(...messages);
        else connection.close('unavailable');
      });
  }

  #store(
    connection: Connection,
    update: Uint8Array,
    claims: readonly Claim[],
    messages: readonly number[],
  ): void {
    const { signedInAt } = connection;
    const outcome = this.#deps.journal.append({ handle: this.handle, update, signedInAt, claims });
    const stored = outcome
      .then((appended) => this.#appended(appended, connection, update, messages))
      .catch((error: unknown) => {
        this.#deps.log.error({ error }, 'an update could not be stored');
        this.#break();
        return false;
      });
    this.#writes.add(stored);
  }

  #appended(
    appended: Appended,
    connection: Connection,
    update: Uint8Array,
    messages: readonly number[],
  ): boolean {
    if (appended === 'refused') {
      // The session moved on before this was stored: nobody received it, and its sender is told why.
      if (!this.#refuse(connection, 'readOnly', messages)) connection.close('readOnly');
      this.#rebuild();
      return false;
    }
    connection.markStored(...messages);
    const frame = encodeUpdate(update);
    for (const reader of this.#readers.keys()) if (reader !== connection) reader.send(frame);
    this.#deps.onStored(this.doc);
    this.#compaction.countRow();
    return true;
  }

  /** Sends what the vector lacks, when all of it is stored. */
  #sendState(connection: Connection, vector: Uint8Array): void {
    const frame = this.#content.encodeMissing(vector);
    if (this.#writes.isEmpty && !this.#rebuilding) {
      connection.sendState(frame);
      return;
    }
    void this.#writes.outcome.then(async (stored) => {
      if (stored && !this.#rebuilding) {
        if (this.#readers.has(connection)) connection.sendState(frame);
        return;
      }
      await this.#rebuilding;
      if (this.#readers.has(connection)) this.#sendState(connection, vector);
    });
  }

  /** Builds the document again from the journal, everyone's frames waiting meanwhile. One at a time. */
  #rebuild(): void {
    if (this.#rebuilding) return;
    const waiting = [...this.#readers.keys()];
    for (const { incoming } of waiting) incoming.hold();
    this.#rebuilding = this.#read().finally(() => {
      this.#rebuilding = null;
      for (const { incoming } of waiting) incoming.go();
    });
  }

  async #read(): Promise<void> {
    try {
      await this.#writes.settled();
      const { doc, rows } = await this.#deps.documents.read(this.handle);
      this.doc.destroy();
      this.#content = new DocumentContent(this.handle.kind, doc);
      this.#compaction.recount(rows);
    } catch (error) {
      this.#deps.log.error({ error }, 'a document could not be built again');
      this.#break();
    }
  }

  #break(): void {
    for (const reader of [...this.#readers.keys()]) reader.close('unavailable');
    this.#deps.onBroken();
  }

  #ask(connection: Connection): void {
    connection.send(encodeQuestion(this.doc));
  }

  /** Puts the document away; compacts its journal where that has grown. */
  async close(): Promise<void> {
    this.doc.destroy();
    await this.#compaction.close();
  }
}
