// The copy of a document that this browser keeps: every change is written to IndexedDB as it happens, in the layout of
// y-indexeddb (a store `updates`, numbered by itself). It is never told to anyone, and never the truth: the server is.
import { applyUpdate, type Doc, encodeStateAsUpdate, transact } from 'yjs';

const storeName = 'updates';
/** After this many changes they are gathered into one; at every opening, too. */
const mostChanges = 200;

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
  readonly #database: IDBDatabase;
  readonly #doc: Doc;
  #changes = 0;

  private constructor(database: IDBDatabase, doc: Doc) {
    this.#database = database;
    this.#doc = doc;
    // Wiped by another tab: from here on this one keeps nothing, instead of standing in its way.
    database.onversionchange = () => this.close();
    doc.on('update', this.#keep);
    doc.on('destroy', this.close);
  }

  /**
   * Brings what was kept into the document, and keeps every change from now on.
   * @throws where this browser lets no page keep databases, as in some private windows
   */
  static async open(name: string, doc: Doc): Promise<KeptCopy> {
    const copy = new KeptCopy(await openDatabase(name), doc);
    await copy.#gather();
    return copy;
  }

  /** Lets go; what is kept stays. */
  readonly close = (): void => {
    this.#doc.off('update', this.#keep);
    this.#doc.off('destroy', this.close);
    this.#database.close();
  };

  get #store(): IDBObjectStore {
    return this.#database.transaction(storeName, 'readwrite').objectStore(storeName);
  }

  readonly #keep = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.#store.add(update);
    this.#changes += 1;
    if (this.#changes >= mostChanges) void this.#gather().catch(() => {});
  };

  /** Reads all, of other tabs too, and writes it back as one: in one transaction, so that nothing is lost between. */
  async #gather(): Promise<void> {
    this.#changes = 0;
    const store = this.#store;
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
