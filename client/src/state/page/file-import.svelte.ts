// One file on its way in (E10): its hash, its parts, what it would do, and the yes. A gap in the network is waited out, and the file goes
// on where it stopped. What is under way on the server goes on there when this is closed.
import type { ImportKind, ImportView } from '@attune/contract';
import type { Scope } from '@attune/domain';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ApiProblem, answer, api, asProblem, command, send } from '../../api.ts';
import { newCommandId } from '../../lib/ids.ts';

/** Small, so that progress is seen and a slow network is patient enough; the server takes eight times as much. */
const partBytes = 1024 * 1024;
const hashBytes = 4 * 1024 * 1024;
const lookAgainMs = 600;
const tryAgainMs = 2_000;

const passing: readonly string[] = ['offline', 'unreachable', 'timeout', 'unavailable', 'too-many-requests'];

/** Before the server knows the file: `hashing`. */
export type Phase = 'choose' | 'hashing' | ImportView['state'];

export class FileImport {
  readonly #kind: ImportKind;
  #file = $state.raw<File | null>(null);
  #view = $state.raw<ImportView | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isUnreadable = $state(false);
  #isWaiting = $state(false);
  #isHashing = $state(false);
  #isConfirming = $state(false);
  #sentBytes = $state(0);
  /** Rises whenever what is under way is not wanted any more. */
  #turn = 0;

  constructor(kind: ImportKind) {
    this.#kind = kind;
  }

  get phase(): Phase {
    if (this.#isHashing) return 'hashing';
    return this.#isConfirming ? 'applying' : (this.#view?.state ?? 'choose');
  }
  get file(): File | null {
    return this.#file;
  }
  get view(): ImportView | null {
    return this.#view;
  }
  get sentBytes(): number {
    return this.#sentBytes;
  }
  /** Why it stopped. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  /** The browser could not read the file: it was moved, or changed meanwhile. */
  get isUnreadable(): boolean {
    return this.#isUnreadable;
  }
  /** The server cannot be reached: it goes on by itself. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Sends a file, and has it looked at. Never rejects. */
  choose(file: File, scope: Scope | null = null): Promise<void> {
    return this.#run(async (turn) => {
      this.#file = file;
      this.#view = null;
      this.#sentBytes = 0;
      this.#isHashing = true;
      const hash = await this.#hashOf(file, turn);
      if (hash === null) return;
      const key = newCommandId();
      const json = { kind: this.#kind, name: file.name.slice(0, 255), sizeBytes: file.size, hash, scope };
      const begun = await this.#patiently(turn, () => answer(api.imports.$post({ json }, command(key))));
      this.#isHashing = false;
      this.#take(turn, begun);
      await this.#send(turn, file, begun);
      await this.#follow(turn);
    });
  }

  /** For whom a scorecard is to be. */
  aim(scope: Scope): Promise<void> {
    const { id } = this.#view ?? {};
    if (id === undefined) return Promise.resolve();
    return this.#run(async (turn) => {
      const request = { param: { id }, json: { scope } };
      this.#take(turn, await answer(api.imports[':id'].scope.$put(request, command())));
    });
  }

  /** Says yes to what is shown. */
  confirm(): Promise<void> {
    const { id, plan } = this.#view ?? {};
    if (id === undefined || !plan) return Promise.resolve();
    return this.#run(async (turn) => {
      const key = newCommandId();
      const request = { param: { id }, json: { plan } };
      const yes = () => answer(api.imports[':id'].yes.$post(request, command(key)));
      this.#isConfirming = true;
      try {
        this.#take(turn, await this.#patiently(turn, yes));
      } finally {
        this.#isConfirming = false;
      }
      await this.#follow(turn);
    });
  }

  /** Asks for nothing more. */
  close(): void {
    this.#turn += 1;
    this.#isWaiting = false;
  }

  async #run(work: (turn: number) => Promise<void>): Promise<void> {
    const turn = ++this.#turn;
    this.#problem = null;
    this.#isUnreadable = false;
    this.#isWaiting = false;
    try {
      await work(turn);
    } catch (error) {
      if (turn !== this.#turn || error instanceof Left) return;
      this.#isHashing = false;
      if (error instanceof DOMException) this.#isUnreadable = true;
      else this.#problem = asProblem(error);
      await this.#look(turn);
    }
  }

  /** What stands there, after something was refused. */
  async #look(turn: number): Promise<void> {
    const { id } = this.#view ?? {};
    if (id === undefined) return;
    const view = await answer(api.imports[':id'].$get({ param: { id } })).catch(() => null);
    if (view) this.#take(turn, view);
  }

  async #hashOf(file: File, turn: number): Promise<string | null> {
    const hash = sha256.create();
    for (let at = 0; at < file.size; at += hashBytes) {
      hash.update(new Uint8Array(await file.slice(at, at + hashBytes).arrayBuffer()));
      if (turn !== this.#turn) return null;
    }
    return bytesToHex(hash.digest());
  }

  async #send(turn: number, file: File, begun: ImportView): Promise<void> {
    const param = { id: begun.id };
    for (let at = begun.receivedBytes; at < file.size; ) {
      this.#sentBytes = at;
      const body = await file.slice(at, at + partBytes).arrayBuffer();
      const path = `/api/imports/${begun.id}/parts?offset=${at}`;
      const headers = { 'content-type': 'application/octet-stream' };
      const sent = await this.#patiently(turn, async () => {
        try {
          await send(path, { method: 'PUT', headers, body });
          return at + body.byteLength;
        } catch (error) {
          if (!(error instanceof ApiProblem) || error.slug !== 'stale') throw error;
          // An answer was lost: the part is there.
          const there = await answer(api.imports[':id'].$get({ param }));
          return there.state === 'uploading' ? there.receivedBytes : file.size;
        }
      });
      at = sent;
    }
    this.#sentBytes = file.size;
  }

  /** Looks until nothing is under way. */
  async #follow(turn: number): Promise<void> {
    const { id } = this.#view ?? {};
    while (id !== undefined) {
      const view = await this.#patiently(turn, () => answer(api.imports[':id'].$get({ param: { id } })));
      this.#take(turn, view);
      if (view.state !== 'reading' && view.state !== 'applying' && view.state !== 'uploading') return;
      await pause(lookAgainMs);
    }
  }

  #take(turn: number, view: ImportView): void {
    if (turn === this.#turn) this.#view = view;
  }

  /** Tries until the server is there to answer. */
  async #patiently<T>(turn: number, ask: () => Promise<T>): Promise<T> {
    for (;;) {
      if (turn !== this.#turn) throw new Left();
      try {
        const got = await ask();
        if (turn !== this.#turn) throw new Left();
        this.#isWaiting = false;
        return got;
      } catch (error) {
        if (!(error instanceof ApiProblem) || !passing.includes(error.slug)) throw error;
        if (turn === this.#turn) this.#isWaiting = true;
        await pause(tryAgainMs);
      }
    }
  }
}

/** Whoever asked is gone. */
class Left extends Error {}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
