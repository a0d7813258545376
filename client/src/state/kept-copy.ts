// The copy of a document that this browser keeps: every change is written to IndexedDB as it happens, in the layout of
// y-indexeddb (a store `updates`, numbered by itself). It is never told to anyone, and never the truth: the server is. Whether it
// holds everything is known, never assumed: a browser may close the database of a page, refuse it, or run out of room. Nothing
// here may ever throw into the document's update event: the change would not reach the server.
import { applyUpdate, type Doc, encodeStateAsUpdate, transact } from 'yjs';

const storeName = 'updates';
/** After this many changes they are gathered into one; at every opening, too. */
const mostChanges = 200;
/** How soon after a failure another try may be made. */
const againMs = 5_000;

/** `kept`: all of the document is on this device. `writing`: the last of it is on its way. `none`: it is not. */
export type CopyState = 'kept' | 'writing' | 'none';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName, { autoIncrement: true });
  return done(request);
}

/** As the origin of a change it means: this came from the copy. */
export class KeptCopy {
  readonly #name: string;
  readonly #doc: Doc;
  readonly #told: (state: CopyState) => void;
  #database: IDBDatabase | null = null;
  #isOver = false;
  #isOpening = false;
  #failedAt = Number.NEGATIVE_INFINITY;
  #writing = 0;
  #changes = 0;

  /** @param told hears each change of its state; until the first, nothing is kept */
  constructor(name: string, doc: Doc, told: (state: CopyState) => void) {
    this.#name = name;
    this.#doc = doc;
    this.#told = told;
    doc.on('update', this.#keep);
    doc.on('destroy', this.close);
  }

  /** Brings what was kept into the document. Never rejects: where this browser keeps nothing, there is nothing to bring. */
  async open(): Promise<void> {
    if (this.#isOpening || this.#isOver) return;
    this.#isOpening = true;
    try {
      const database = await openDatabase(this.#name);
      if (this.#isOver) return database.close();
      // Wiped by another tab: from here on this one keeps nothing, instead of standing in its way.
      database.onversionchange = this.close;
      database.onclose = () => this.#failed(database);
      this.#database = database;
      await this.#gather(database);
    } catch {
      this.#failed(this.#database);
    } finally {
      this.#isOpening = false;
    }
  }

  /** Lets go; what is kept stays. */
  readonly close = (): void => {
    this.#isOver = true;
    this.#doc.off('update', this.#keep);
    this.#doc.off('destroy', this.close);
    this.#letGo();
  };

  #letGo(): void {
    const database = this.#database;
    this.#database = null;
    this.#writing = 0;
    database?.close();
    this.#told('none');
  }

  /** Nothing is lost: the document still has it all. Another try writes all of it: at once, or with a later change after a recent failure. */
  #failed(database: IDBDatabase | null): void {
    if (this.#database !== database) return;
    const isFirst = this.#mayTry;
    this.#failedAt = Date.now();
    this.#letGo();
    if (isFirst) queueMicrotask(() => void this.open());
  }

  get #mayTry(): boolean {
    return Date.now() - this.#failedAt > againMs;
  }

  readonly #keep = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    const database = this.#database;
    if (!database) {
      if (this.#mayTry) void this.open();
      return;
    }
    try {
      this.#begin(database).add(update);
    } catch {
      this.#failed(database);
      return;
    }
    this.#changes += 1;
    if (this.#changes >= mostChanges) void this.#gather(database).catch(() => this.#failed(database));
  };

  /** @throws where the database is closed */
  #begin(database: IDBDatabase): IDBObjectStore {
    const transaction = database.transaction(storeName, 'readwrite');
    this.#writing += 1;
    this.#told('writing');
    transaction.oncomplete = () => {
      if (this.#database !== database) return;
      this.#writing -= 1;
      if (this.#writing === 0) this.#told('kept');
    };
    transaction.onabort = () => this.#failed(database);
    return transaction.objectStore(storeName);
  }

  /** Reads all, of other tabs too, and writes it back as one: in one transaction, so that nothing is lost between. */
  async #gather(database: IDBDatabase): Promise<void> {
    this.#changes = 0;
    const store = this.#begin(database);
    const [keys, updates] = await Promise.all([done(store.getAllKeys()), done<Uint8Array[]>(store.getAll())]);
    const apply = () => {
      for (const update of updates) applyUpdate(this.#doc, update, this);
    };
    transact(this.#doc, apply, this, false);
    if (this.#doc.store.clients.size === 0) return;
    store.add(encodeStateAsUpdate(this.#doc));
    const last = keys.at(-1);
    if (last !== undefined) store.delete(IDBKeyRange.upperBound(last));
  }
}
