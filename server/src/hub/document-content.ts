// What a live document holds in memory, from one read of its journal to the next: applies updates that were checked, and encodes
// what readers lack. Knows nothing of who they are, nor of the journal.
import { type CloseReason, notesDocumentLimitBytes, sealedDocumentLimitBytes } from '@attune/contract';
import * as Y from 'yjs';
import type { DocumentHandle } from '../documents/store.ts';
import { type CheckedUpdate, isNoNote } from './guard.ts';
import { encodeMissing } from './sync-frames.ts';

const limitBytes = { sealed: sealedDocumentLimitBytes, notes: notesDocumentLimitBytes } as const;

export type Applied =
  /** `null` where nothing has changed. */
  | { readonly effect: Uint8Array | null }
  /** The content holds part of what was refused, and must be read again. */
  | { readonly refusal: CloseReason };

export class DocumentContent {
  readonly doc: Y.Doc;
  readonly #kind: DocumentHandle['kind'];
  /** What the journal itself lacks is nobody's fault who writes now. */
  readonly #isLoadedWithGaps: boolean;
  /** Never less than the document takes, encoded. */
  #encodedBytes: number;
  /** The frame for whoever has nothing, until the document changes. */
  #wholeFrame: Uint8Array | null = null;

  constructor(kind: DocumentHandle['kind'], doc: Y.Doc) {
    this.doc = doc;
    this.#kind = kind;
    this.#isLoadedWithGaps = hasPending(doc);
    this.#encodedBytes = Y.encodeStateAsUpdate(doc).length;
  }

  /** Applies an update that was checked. */
  apply(update: Uint8Array, checked: CheckedUpdate, origin: unknown): Applied {
    // Held until the apply has returned: a throw halfway has already announced changes that must not leave.
    const held: Uint8Array[] = [];
    const hold = (bytes: Uint8Array) => held.push(bytes);
    this.doc.on('update', hold);
    try {
      Y.applyUpdate(this.doc, update, origin);
      const refusal = this.#judge(checked, held);
      if (refusal) return { refusal };
    } catch {
      return { refusal: 'malformed' };
    } finally {
      this.doc.off('update', hold);
    }
    if (held.length === 0) return { effect: null };
    this.#wholeFrame = null;
    return { effect: held.length === 1 && held[0] ? held[0] : Y.mergeUpdates(held) };
  }

  #judge(checked: CheckedUpdate, held: readonly Uint8Array[]): CloseReason | null {
    if (!this.#isLoadedWithGaps && hasPending(this.doc)) return 'malformed';
    if (this.#kind === 'notes' && isNoNote(this.doc, checked)) return 'malformed';
    const limit = limitBytes[this.#kind];
    // The sum of the parts is never less than the whole, so the whole is encoded only when the sum reaches the limit.
    this.#encodedBytes += held.reduce((total, { length }) => total + length, 0);
    if (this.#encodedBytes <= limit) return null;
    this.#encodedBytes = Y.encodeStateAsUpdate(this.doc).length;
    return this.#encodedBytes > limit ? 'documentTooLarge' : null;
  }

  /** The frame with what the state vector lacks. */
  encodeMissing(vector: Uint8Array): Uint8Array {
    const hasNothing = vector.length === 1 && vector[0] === 0;
    if (!hasNothing) return encodeMissing(this.doc, vector);
    this.#wholeFrame ??= encodeMissing(this.doc, vector);
    return this.#wholeFrame;
  }
}

const hasPending = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null;
