// A live document: checks before it applies, applies before it stores, stores before it acknowledges (live.md 2). Whatever goes
// wrong costs the sender its socket; the document is built again from the journal.
import {
  type CloseReason,
  notesDocumentLimitBytes,
  sealedDocumentLimitBytes,
  syncMessage,
} from '@attune/contract';
import * as encoding from 'lib0/encoding';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Journal } from '../documents/journal.ts';
import type { DocumentHandle } from '../documents/store.ts';
import type { Logger } from '../ops/log.ts';
import type { Connection } from './connection.ts';
import { type CheckedUpdate, hasGap, isKnown, isTooDeep, readUpdate, writersOf } from './guard.ts';

export interface DocumentReads {
  read(handle: DocumentHandle): Promise<{ doc: Y.Doc; rows: number }>;
  readClients(documentId: string): Promise<Map<number, string>>;
  compact(handle: DocumentHandle): Promise<void>;
}

export interface DocumentRoomDeps {
  readonly journal: Journal;
  readonly documents: DocumentReads;
  readonly log: Logger;
  /** Called after a commit that changed the document. */
  readonly onStored: (doc: Y.Doc) => void;
}

/** Rows in the journal above which a document is compacted when nobody has it open. */
const compactAboveRows = 30;
/** Client ids one message may bring for the first time: a page's own, and those it wrote under while offline. */
const mostNewClients = 32;

export class DocumentRoom {
  readonly handle: DocumentHandle;
  readonly #deps: DocumentRoomDeps;
  readonly #members = new Set<Connection>();
  #doc: Y.Doc;
  #owners: Map<number, string>;
  #rows: number;
  #encodedBytes: number;
  /** Cached answer to sync step 1 with nothing known, until the document changes. */
  #fullState: Uint8Array | null = null;
  #pending = 0;
  #rebuilding: Promise<void> | null = null;
  /** Messages that came before what they build on; stored with the full answer that was asked for. */
  readonly #early = new Map<Connection, number[]>();

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
  }

  static async open(handle: DocumentHandle, deps: DocumentRoomDeps): Promise<DocumentRoom> {
    const loaded = await deps.documents.read(handle);
    const owners = handle.kind === 'notes' ? await deps.documents.readClients(handle.id) : new Map();
    return new DocumentRoom(handle, loaded, owners, deps);
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  get isIdle(): boolean {
    return this.#members.size === 0 && this.#pending === 0;
  }

  /** Lets a connection read: sends what is there, and asks for what it has. */
  join(connection: Connection): void {
    if (this.#members.has(connection)) return;
    this.#members.add(connection);
    connection.send(this.#frame((encoder) => syncProtocol.writeSyncStep1(encoder, this.#doc)));
    connection.send(this.#stateFrame(new Uint8Array([0])));
  }

  leave(connection: Connection): void {
    this.#members.delete(connection);
    this.#early.delete(connection);
  }

  /** Answers sync step 1. */
  answer(connection: Connection, stateVector: Uint8Array): CloseReason | null {
    try {
      connection.send(this.#stateFrame(stateVector));
      return null;
    } catch {
      return 'malformed';
    }
  }

  /**
   * Takes a document message.
   *
   * @param mayWrite the seat's word, of this moment
   * @returns why the socket must close, or `null`
   */
  receive(connection: Connection, update: Uint8Array, mayWrite: boolean): CloseReason | null {
    const message = connection.countDocumentMessage();
    const checked = readUpdate(update, this.handle.kind);
    if (typeof checked === 'string') return checked;
    if (checked.empty) {
      connection.markStored(message);
      return null;
    }
    if (!mayWrite) {
      if (!isKnown(this.#doc, checked)) return 'readOnly';
      connection.markStored(message);
      return null;
    }
    const claims = this.#claims(connection, checked);
    if (!claims) return 'foreignStruct';
    if (hasGap(this.#doc, checked)) {
      const early = this.#early.get(connection) ?? [];
      this.#early.set(connection, [...early, message]);
      connection.send(this.#frame((encoder) => syncProtocol.writeSyncStep1(encoder, this.#doc)));
      return early.length > 100 ? 'malformed' : null;
    }
    return this.#apply(connection, update, checked, claims, message);
  }

  /** The client ids this message uses first; `null` where one belongs to somebody else. */
  #claims(connection: Connection, checked: CheckedUpdate): { clientId: number; memberId: string }[] | null {
    if (this.handle.kind === 'sealed') return [];
    const claims: { clientId: number; memberId: string }[] = [];
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
    claims: { clientId: number; memberId: string }[],
    message: number,
  ): CloseReason | null {
    // Held until the apply has returned: a throw halfway has already told of changes that must not leave.
    const held: Uint8Array[] = [];
    const hold = (bytes: Uint8Array) => held.push(bytes);
    this.#doc.on('update', hold);
    try {
      Y.applyUpdate(this.#doc, update, connection);
    } catch {
      void this.#rebuild();
      return 'malformed';
    } finally {
      this.#doc.off('update', hold);
    }
    const refusal = this.#afterApply(checked, held);
    if (refusal) {
      void this.#rebuild();
      return refusal;
    }
    for (const { clientId, memberId } of claims) this.#owners.set(clientId, memberId);
    const settled = [...(this.#early.get(connection) ?? []), message];
    this.#early.delete(connection);
    if (held.length === 0) {
      // Known already; stored once everything sent before it is.
      connection.markStored(...settled);
      return null;
    }
    this.#fullState = null;
    const effect = held.length === 1 && held[0] ? held[0] : Y.mergeUpdates(held);
    this.#store(connection, effect, claims, settled);
    const frame = this.#frame((encoder) => syncProtocol.writeUpdate(encoder, effect));
    for (const member of this.#members) if (member !== connection) member.send(frame);
    return null;
  }

  #afterApply(checked: CheckedUpdate, held: readonly Uint8Array[]): CloseReason | null {
    if (this.#doc.store.pendingStructs !== null || this.#doc.store.pendingDs !== null) return 'malformed';
    if (this.handle.kind === 'notes' && isTooDeep(this.#doc, checked)) return 'malformed';
    const limit = this.handle.kind === 'sealed' ? sealedDocumentLimitBytes : notesDocumentLimitBytes;
    // The sum of the parts is never less than the whole, so the whole is encoded only when the sum reaches the limit.
    this.#encodedBytes += held.reduce((total, { length }) => total + length, 0);
    if (this.#encodedBytes <= limit) return null;
    this.#encodedBytes = Y.encodeStateAsUpdate(this.#doc).length;
    return this.#encodedBytes > limit ? 'documentTooLarge' : null;
  }

  #store(
    connection: Connection,
    update: Uint8Array,
    claims: { clientId: number; memberId: string }[],
    messages: readonly number[],
  ): void {
    this.#pending += 1;
    this.#rows += 1;
    this.#deps.journal
      .append({ handle: this.handle, update, claims })
      .then((outcome) => {
        if (outcome === 'stored') {
          connection.markStored(...messages);
          this.#deps.onStored(this.#doc);
          return;
        }
        // The session moved on before this was stored: nobody keeps it, the sender is told.
        connection.close('readOnly');
        void this.#rebuild();
      })
      .catch((error: unknown) => {
        this.#deps.log.error({ error }, 'an update could not be queued');
        connection.close('unavailable');
        void this.#rebuild();
      })
      .finally(() => {
        this.#pending -= 1;
      });
  }

  /** Builds the document again from the journal, and gives it to everyone. One at a time. */
  #rebuild(): Promise<void> {
    this.#rebuilding ??= this.#deps.documents
      .read(this.handle)
      .then(({ doc, rows }) => {
        this.#doc.destroy();
        this.#doc = doc;
        this.#rows = rows;
        this.#fullState = null;
        this.#encodedBytes = Y.encodeStateAsUpdate(doc).length;
        const members = [...this.#members];
        this.#members.clear();
        for (const member of members) this.join(member);
      })
      .catch((error: unknown) => {
        this.#deps.log.error({ error }, 'a document could not be built again');
        for (const member of this.#members) member.close('unavailable');
      })
      .finally(() => {
        this.#rebuilding = null;
      });
    return this.#rebuilding;
  }

  #stateFrame(stateVector: Uint8Array): Uint8Array {
    const isNew = stateVector.length === 1 && stateVector[0] === 0;
    if (isNew && this.#fullState) return this.#fullState;
    const frame = this.#frame((encoder) => syncProtocol.writeSyncStep2(encoder, this.#doc, stateVector));
    if (isNew) this.#fullState = frame;
    return frame;
  }

  #frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, syncMessage.sync);
    write(encoder);
    return encoding.toUint8Array(encoder);
  }

  /** Puts the document away; compacts its journal where that has grown. */
  async close(): Promise<void> {
    this.#doc.destroy();
    if (this.#rows > compactAboveRows) {
      await this.#deps.documents.compact(this.handle).catch((error: unknown) => {
        this.#deps.log.warn({ error }, 'a journal could not be compacted');
      });
    }
  }
}
