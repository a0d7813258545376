// A live document: checks before it applies, applies before it stores, stores before anyone hears of it (live.md 2). Nothing of
// a document leaves the server before it is in the journal, so that nobody can hold what the journal does not have.
import {
  type CloseReason,
  notesDocumentLimitBytes,
  sealedDocumentLimitBytes,
  syncMessage,
} from '@attune/contract';
import * as encoding from 'lib0/encoding';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Appended, Journal } from '../documents/journal.ts';
import type { DocumentHandle } from '../documents/store.ts';
import type { Logger } from '../ops/log.ts';
import type { Connection } from './connection.ts';
import { type CheckedUpdate, hasGap, isKnown, isNoNote, readUpdate, writersOf } from './guard.ts';

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

/** Rows in the journal above which a document is compacted when nobody has it open, and while someone has. */
const compactAboveRows = { closed: 30, open: 2_000 } as const;
/** Client ids one message may bring for the first time: a page's own, and those it wrote under while offline. */
const mostNewClients = 32;
const mostEarly = 100;
const mostAsked = 5;

export class DocumentRoom {
  readonly handle: DocumentHandle;
  readonly #deps: DocumentRoomDeps;
  readonly #readers = new Map<Connection, Reader>();
  #doc: Y.Doc;
  readonly #owners: Map<number, string>;
  #rows: number;
  #encodedBytes: number;
  /** Cached answer to sync step 1 with nothing known, until the document changes. */
  #fullState: Uint8Array | null = null;
  #pending = 0;
  /** Settles with everything appended so far: whether all of it was stored. */
  #stored: Promise<boolean> = Promise.resolve(true);
  #rebuilding: Promise<void> | null = null;
  #compacting = false;
  /** What the journal itself lacks is nobody's fault who writes now. */
  #loadedWithGaps: boolean;

  private constructor(
    handle: DocumentHandle,
    loaded: { doc: Y.Doc; rows: number },
    owners: Map<number, string>,
    deps: DocumentRoomDeps,
  ) {
    this.handle = handle;
    this.#deps = deps;
    this.#doc = loaded.doc;
    this.#rows = loaded.rows;
    this.#owners = owners;
    this.#encodedBytes = Y.encodeStateAsUpdate(loaded.doc).length;
    this.#loadedWithGaps = hasPending(loaded.doc);
  }

  static async open(handle: DocumentHandle, deps: DocumentRoomDeps): Promise<DocumentRoom> {
    const loaded = await deps.documents.read(handle);
    const owners = handle.kind === 'notes' ? await deps.documents.readClients(handle) : new Map();
    return new DocumentRoom(handle, loaded, owners, deps);
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  /** Resolves when nothing is on its way to the journal and the document is whole. */
  async settled(): Promise<void> {
    while (this.#pending > 0 || this.#rebuilding) {
      await this.#stored;
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
   * Takes a document message.
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
      if (!isKnown(this.#doc, checked)) return 'readOnly';
      this.#acknowledge(connection, [message]);
      return null;
    }
    const claims = this.#claims(connection, checked);
    if (!claims) return 'foreignStruct';
    const reader = this.#readers.get(connection);
    if (!reader) return null;
    if (hasGap(this.#doc, checked)) return this.#wait(connection, reader, message, isFull);
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
    for (const clientId of writersOf(this.#doc, checked)) {
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
    // Held until the apply has returned: a throw halfway has already told of changes that must not leave.
    const held: Uint8Array[] = [];
    const hold = (bytes: Uint8Array) => held.push(bytes);
    let refusal: CloseReason | null;
    this.#doc.on('update', hold);
    try {
      Y.applyUpdate(this.#doc, update, connection);
      refusal = this.#afterApply(checked, held);
    } catch {
      refusal = 'malformed';
    } finally {
      this.#doc.off('update', hold);
    }
    if (refusal) {
      this.#rebuild();
      return refusal;
    }
    for (const { clientId, memberId } of claims) this.#owners.set(clientId, memberId);
    if (held.length === 0) {
      this.#acknowledge(connection, messages);
      return null;
    }
    this.#fullState = null;
    const effect = held.length === 1 && held[0] ? held[0] : Y.mergeUpdates(held);
    this.#store(connection, effect, claims, messages);
    return null;
  }

  #afterApply(checked: CheckedUpdate, held: readonly Uint8Array[]): CloseReason | null {
    if (!this.#loadedWithGaps && hasPending(this.#doc)) return 'malformed';
    if (this.handle.kind === 'notes' && isNoNote(this.#doc, checked)) return 'malformed';
    const limit = this.handle.kind === 'sealed' ? sealedDocumentLimitBytes : notesDocumentLimitBytes;
    // The sum of the parts is never less than the whole, so the whole is encoded only when the sum reaches the limit.
    this.#encodedBytes += held.reduce((total, { length }) => total + length, 0);
    if (this.#encodedBytes <= limit) return null;
    this.#encodedBytes = Y.encodeStateAsUpdate(this.#doc).length;
    return this.#encodedBytes > limit ? 'documentTooLarge' : null;
  }

  /** Tells that messages without news are stored, once all they may repeat is. */
  #acknowledge(connection: Connection, messages: readonly number[]): void {
    if (this.#pending === 0) connection.markStored(...messages);
    else
      void this.#stored.then((stored) => {
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
    const before = this.#pending === 0 ? Promise.resolve(true) : this.#stored;
    this.#pending += 1;
    this.#rows += 1;
    const { signedInAt } = connection;
    const outcome = this.#deps.journal.append({ handle: this.handle, update, signedInAt, claims });
    const done = outcome
      .then((appended) => this.#appended(appended, connection, update, messages))
      .catch((error: unknown) => {
        this.#deps.log.error({ error }, 'an update could not be stored');
        this.#break();
        return false;
      })
      .finally(() => {
        this.#pending -= 1;
      });
    this.#stored = Promise.all([before, done]).then(([earlier, now]) => earlier && now);
  }

  #appended(
    appended: Appended,
    connection: Connection,
    update: Uint8Array,
    messages: readonly number[],
  ): boolean {
    if (appended === 'refused') {
      // The session moved on before this was stored: nobody heard of it, and its sender is told.
      connection.close('readOnly');
      this.#rebuild();
      return false;
    }
    connection.markStored(...messages);
    const frame = syncFrame((encoder) => syncProtocol.writeUpdate(encoder, update));
    for (const reader of this.#readers.keys()) if (reader !== connection) reader.send(frame);
    this.#deps.onStored(this.#doc);
    this.#compactWhileOpen();
    return true;
  }

  /** Sends what the vector lacks, when all of it is stored. */
  #sendState(connection: Connection, vector: Uint8Array): void {
    const frame = this.#stateFrame(vector);
    if (this.#pending === 0 && !this.#rebuilding) {
      connection.sendState(frame);
      return;
    }
    void this.#stored.then(async (stored) => {
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
      while (this.#pending > 0) await this.#stored;
      const { doc, rows } = await this.#deps.documents.read(this.handle);
      this.#doc.destroy();
      this.#doc = doc;
      this.#rows = rows;
      this.#fullState = null;
      this.#encodedBytes = Y.encodeStateAsUpdate(doc).length;
      this.#loadedWithGaps = hasPending(doc);
    } catch (error) {
      this.#deps.log.error({ error }, 'a document could not be built again');
      this.#break();
    }
  }

  #break(): void {
    for (const reader of [...this.#readers.keys()]) reader.close('unavailable');
    this.#deps.onBroken();
  }

  #compactWhileOpen(): void {
    if (this.#rows <= compactAboveRows.open || this.#compacting) return;
    this.#compacting = true;
    void this.#compact().finally(() => {
      this.#rows = 1;
      this.#compacting = false;
    });
  }

  #compact(): Promise<void> {
    return this.#deps.documents.compact(this.handle).catch((error: unknown) => {
      this.#deps.log.warn({ error }, 'a journal could not be compacted');
    });
  }

  #ask(connection: Connection): void {
    connection.send(syncFrame((encoder) => syncProtocol.writeSyncStep1(encoder, this.#doc)));
  }

  #stateFrame(vector: Uint8Array): Uint8Array {
    const isNew = vector.length === 1 && vector[0] === 0;
    if (isNew && this.#fullState) return this.#fullState;
    const frame = syncFrame((encoder) => syncProtocol.writeSyncStep2(encoder, this.#doc, vector));
    if (isNew) this.#fullState = frame;
    return frame;
  }

  /** Puts the document away; compacts its journal where that has grown. */
  async close(): Promise<void> {
    this.#doc.destroy();
    if (this.#rows > compactAboveRows.closed) await this.#compact();
  }
}

const hasPending = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null;

function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, syncMessage.sync);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** A sync step 2 without content. */
const nothingMissing = syncFrame((encoder) => syncProtocol.writeSyncStep2(encoder, new Y.Doc()));
