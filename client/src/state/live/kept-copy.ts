// The copy of a document that this browser keeps, by y-indexeddb. It is never told to anyone, and never the truth: the server is.
// Whether it holds everything is known, never assumed: a browser may close the database of a page, refuse it, or run out of room.
// Nothing here may ever throw into the document's update event: the change would not reach the server.
import { IndexeddbPersistence, storeState } from 'y-indexeddb';
import { applyUpdate, type Doc, transact } from 'yjs';

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

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

const nothing = Uint8Array.of(0, 0);

/** Makes sure that this browser can write there: the library's own promises would fail where nobody can catch them. */
async function prepare(name: string): Promise<void> {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(storeName, { autoIncrement: true });
    request.result.createObjectStore('custom');
  };
  const database = await done(request);
  try {
    const trial = database.transaction(storeName, 'readwrite');
    const store = trial.objectStore(storeName);
    const written = finished(trial);
    await Promise.all([written, done(store.add(nothing)).then((key) => store.delete(key))]);
  } finally {
    database.close();
  }
}

/** The updates kept under a name, without beginning a copy; none where there is no copy, `null` where it cannot be read. */
async function readCopy(name: string): Promise<Uint8Array[] | null> {
  let isAbsent = false;
  let database: IDBDatabase | null = null;
  try {
    const request = indexedDB.open(name);
    // There was none: what was begun by asking is undone.
    request.onupgradeneeded = () => {
      isAbsent = true;
      request.transaction?.abort();
    };
    database = await done(request);
    return await done<Uint8Array[]>(database.transaction(storeName).objectStore(storeName).getAll());
  } catch {
    return isAbsent ? [] : null;
  } finally {
    database?.close();
  }
}

/** The same, and none where it cannot be read. */
export const readKept = async (name: string): Promise<Uint8Array[]> => (await readCopy(name)) ?? [];

interface Names {
  readonly name: string;
  /** Where an earlier version of this page kept it: brought along, and then forgotten. */
  readonly former?: string;
}

/** As the origin of a change it means: this came from a copy. So does its store. */
export class KeptCopy {
  readonly #names: Names;
  readonly #doc: Doc;
  readonly #told: (state: CopyState) => void;
  #store: IndexeddbPersistence | null = null;
  #isOver = false;
  /** The earlier copy, once it was read. */
  #brought: string | null = null;
  #isOpening = false;
  /** What it began with failed while it opened: it opens again once that has ended. */
  #isAgainDue = false;
  #failedAt = Number.NEGATIVE_INFINITY;
  #writes = 0;
  #changes = 0;

  /** @param told hears each change of its state; until the first, nothing is kept */
  constructor(names: Names, doc: Doc, told: (state: CopyState) => void) {
    this.#names = names;
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
      await this.#bringFormer();
      await prepare(this.#names.name);
      if (!this.#isOver) await this.#begin();
    } catch {
      this.#failed(this.#store);
    } finally {
      this.#isOpening = false;
    }
    if (!this.#isAgainDue) return;
    this.#isAgainDue = false;
    await this.open();
  }

  /** Lets go; what is kept stays. */
  readonly close = (): void => {
    this.#isOver = true;
    this.#doc.off('update', this.#keep);
    this.#doc.off('destroy', this.close);
    this.#letGo();
  };

  async #bringFormer(): Promise<void> {
    const { former } = this.#names;
    const updates = former === undefined ? [] : await readCopy(former);
    if (former === undefined || updates === null || updates.length === 0 || this.#isOver) return;
    this.#brought = former;
    transact(
      this.#doc,
      () => {
        for (const update of updates) applyUpdate(this.#doc, update, this);
      },
      this,
    );
  }

  async #begin(): Promise<void> {
    const store = new IndexeddbPersistence(this.#names.name, this.#doc);
    // Its own listener throws where the database is closed.
    this.#doc.off('update', store._storeUpdate);
    this.#store = store;
    const database = await store._db;
    // Wiped by another tab: from here on this one keeps nothing, instead of standing in its way.
    database.addEventListener('versionchange', this.close);
    const lost = new Promise<void>((resolve) => {
      const fail = () => {
        this.#failed(store);
        resolve();
      };
      database.addEventListener('close', fail);
      database.addEventListener('abort', fail);
    });
    await Promise.race([store.whenSynced, lost]);
    if (this.#store !== store) return;
    // What earlier pages left is gathered into one.
    await this.#gather(store);
  }

  async #gather(store: IndexeddbPersistence): Promise<void> {
    this.#changes = 0;
    await storeState(store);
    this.#write(store, nothing);
  }

  #letGo(): void {
    const store = this.#store;
    this.#store = null;
    store?.destroy().catch(() => {});
    this.#told('none');
  }

  /** Nothing is lost: the document still has it all. Another try writes all of it: at once, or with a later change after a recent failure. */
  #failed(store: IndexeddbPersistence | null): void {
    if (this.#store !== store) return;
    const isFirst = this.#mayTry;
    this.#failedAt = Date.now();
    this.#letGo();
    if (!isFirst) return;
    if (this.#isOpening) this.#isAgainDue = true;
    else queueMicrotask(() => void this.open());
  }

  get #mayTry(): boolean {
    return Date.now() - this.#failedAt > againMs;
  }

  readonly #keep = (update: Uint8Array, origin: unknown): void => {
    const store = this.#store;
    if (store && origin === store) return;
    if (!store) {
      if (this.#mayTry) void this.open();
      return;
    }
    // While it opens it writes the whole document by itself.
    if (!store.synced) return;
    try {
      this.#write(store, update);
    } catch {
      this.#failed(store);
      return;
    }
    this.#changes += 1;
    if (this.#changes >= mostChanges) void this.#gather(store).catch(() => this.#failed(store));
  };

  /** Writes, and is told when that is on the disk: so is then whatever was written before. @throws where the database is closed */
  #write(store: IndexeddbPersistence, update: Uint8Array): void {
    const writing = store.db?.transaction(storeName, 'readwrite');
    if (!writing) return;
    writing.objectStore(storeName).add(update);
    this.#writes += 1;
    const upTo = this.#writes;
    this.#told('writing');
    writing.oncomplete = () => {
      if (this.#store !== store || this.#writes !== upTo) return;
      this.#told('kept');
      // Only once it is all on the disk again, and never what could not be read.
      if (this.#brought !== null) indexedDB.deleteDatabase(this.#brought);
      this.#brought = null;
    };
  }
}
