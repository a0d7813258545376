// My own sheet in this tab: the sealed document, kept on this device and synced to its room, and what becomes of it. Lives
// as long as I may read it. "Saved" is said only of what the server has stored; submitting waits for that.
import { formatRoomName, type SessionReply } from '@attune/contract';
import type { Scorecard } from '@attune/domain';
import * as Y from 'yjs';
import { ApiProblem, answer, api, asProblem, command } from '../../api.ts';
import { formerSheetName, sheetName } from '../../lib/drafts.ts';
import { me } from '../app/me.svelte.ts';
import { Room } from '../live/room.svelte.ts';
import type { SaveState } from '../live/save-count.ts';
import { keepSeal, keptSeal } from './kept-seal.ts';
import { SealedSheet } from './sealed-sheet.svelte.ts';

/** How long to wait for the copy on this device before the server's alone is good enough. */
const keptPatienceMs = 1_500;
/** How long a submission waits for the last typing to be stored. */
const savePatienceMs = 10_000;

interface Place {
  readonly sessionId: string;
  readonly participantId: string;
  readonly scorecard: Scorecard;
  readonly transcriptLines: number;
}

export class SheetState {
  readonly participantId: string;
  readonly content: SealedSheet;
  readonly room: Room;
  readonly #sessionId: string;
  readonly #doc = new Y.Doc();
  #isReady = $state.raw(false);
  #isClosed = false;
  #isSending = $state.raw(false);
  #seal = $state.raw<string | null>(null);

  constructor({ sessionId, participantId, scorecard, transcriptLines }: Place) {
    this.#sessionId = sessionId;
    this.participantId = participantId;
    this.content = new SealedSheet(this.#doc, scorecard, transcriptLines);
    this.room = new Room(formatRoomName({ kind: 'sealed', participantId }), this.#doc, {
      synced: () => {
        this.#isReady = true;
      },
    });
    this.#seal = keptSeal(participantId);
  }

  /** Reads what this device kept, then connects, so that the first sync carries what was typed while apart. */
  async open(): Promise<void> {
    await this.#readKept();
    if (!this.#isClosed) this.room.link.start();
  }

  /** Lets go; what this device keeps stays. */
  close(): void {
    this.#isClosed = true;
    this.room.destroy();
    this.#doc.destroy();
  }

  /** Whether what is shown is what the server has, or what this device kept: typing may begin, and never ends again. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** What may honestly be said: a sheet that came from the server and was not touched is saved, too. */
  get saveState(): SaveState {
    const { saveState, isSynced } = this.room;
    const isHere = saveState === 'idle' && isSynced && this.content.progress.answered > 0;
    return isHere ? 'saved' : saveState;
  }

  /** Whether the sheet has outgrown what can be stored, and must be shortened. */
  get isTooLarge(): boolean {
    return this.room.refusal === 'documentTooLarge';
  }

  /** Whether this device keeps what is typed, as far as it can be known: the browser may end that at any time. */
  get isKept(): boolean {
    return this.room.isKept;
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  /** The commitment to what this device submitted, hexadecimal; `null` where it did not. */
  get seal(): string | null {
    return this.#seal;
  }

  /**
   * Submits what is seen here, once it is stored. A repeat after `sheet-not-saved` waits for the last typing once more.
   * @throws {ApiProblem} `incomplete-sheet` carries `refusal.problems`
   */
  submit(): Promise<SessionReply> {
    return this.#send(async () => {
      const reply = await this.#post().catch((error: unknown) => {
        if (asProblem(error).slug !== 'sheet-not-saved') throw error;
        return this.#post();
      });
      this.#keepSeal(reply.commitment);
      return reply;
    });
  }

  /** Takes the submission back; typing goes on from where it was. @throws {ApiProblem} */
  takeBack(): Promise<SessionReply> {
    return this.#send(async () => {
      const param = { id: this.#sessionId };
      const reply = await answer(api.sessions[':id'].submission.$delete({ param }, command()));
      this.#keepSeal(null);
      // Typing that came after a submission elsewhere was refused; now it is welcome.
      if (/refused/.test(this.room.saveState)) this.room.comeAgain();
      return reply;
    });
  }

  async #post() {
    await this.#stored();
    const param = { id: this.#sessionId };
    const json = { sheet: this.content.sheet };
    return answer(api.sessions[':id'].submission.$post({ param, json }, command()));
  }

  async #send<T>(send: () => Promise<T>): Promise<T> {
    if (this.#isSending) throw new ApiProblem('sheet-not-saved');
    this.#isSending = true;
    try {
      return await send();
    } finally {
      this.#isSending = false;
    }
  }

  #keepSeal(commitment: string | null): void {
    this.#seal = commitment;
    keepSeal(this.participantId, commitment);
  }

  get #isStored(): boolean {
    return this.room.isSynced && (this.room.saveState === 'idle' || this.room.saveState === 'saved');
  }

  /** Resolves once everything typed is stored. @throws {ApiProblem} when that takes too long, without a network at once */
  #stored(): Promise<void> {
    if (!navigator.onLine) return Promise.reject(new ApiProblem('offline'));
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const timer = setTimeout(() => {
        stop();
        reject(new ApiProblem(navigator.onLine ? 'sheet-not-saved' : 'offline'));
      }, savePatienceMs);
      stop = $effect.root(() => {
        $effect(() => {
          if (!this.#isStored) return;
          clearTimeout(timer);
          queueMicrotask(stop);
          resolve();
        });
      });
    });
  }

  /** Where storage is blocked, as in some private windows, the server's copy is all there is. */
  async #readKept(): Promise<void> {
    const { participantId } = this;
    const brought = this.room.keepCopy(sheetName(me.id, participantId), formerSheetName(participantId));
    await Promise.race([brought, new Promise((resolve) => setTimeout(resolve, keptPatienceMs))]);
    if (this.#doc.store.clients.size > 0) this.#isReady = true;
  }
}
