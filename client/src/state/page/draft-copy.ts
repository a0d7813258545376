// What this device keeps of a draft until the server has it: the draft as it is, and what it was made from.
import type { Scope, Scorecard } from '@attune/domain';
import { drop, keep, kept, namesOf } from '../../lib/device-memory.ts';
import { newCommandId } from '../../lib/ids.ts';

/** How long what is typed may wait until it is kept: a large scorecard is not written down for each letter. */
const waitMs = 200;

/** What is edited. */
export interface Draft {
  readonly scope: Scope;
  readonly content: Scorecard;
}

/** A draft as the server has it. */
export interface SavedDraft extends Draft {
  readonly versionId: string;
  readonly revision: number;
}

export interface KeptDraft {
  readonly saved: SavedDraft;
  readonly draft: Draft;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isDraft = (value: unknown): value is Draft =>
  isFields(value) &&
  isFields(value.scope) &&
  isFields(value.content) &&
  Array.isArray(value.content.sections);
const isKept = (value: unknown): value is KeptDraft =>
  isFields(value) &&
  isDraft(value.draft) &&
  isDraft(value.saved) &&
  'revision' in value.saved &&
  typeof value.saved.revision === 'number';

/** One page's copy: another tab of the same person has its own, which this one neither overwrites nor drops. */
export class DraftCopy {
  readonly #place: string;
  readonly #name: string;
  readonly #now: () => KeptDraft;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now what is to be kept, whenever it is */
  constructor(place: string, now: () => KeptDraft) {
    this.#place = place;
    this.#name = `${place}.${newCommandId()}`;
    this.#now = now;
  }

  /** Takes up what a page before left here; it is this page's from then on. `null`: none did. */
  takeUp(): KeptDraft | null {
    for (const name of namesOf(this.#place)) {
      const left = kept(name, isKept);
      if (left && keep(this.#name, left)) {
        drop(name);
        return left;
      }
    }
    return null;
  }

  /** @returns whether this device has it */
  keep(): boolean {
    this.#stopWaiting();
    return keep(this.#name, this.#now());
  }

  /** Within a moment. */
  keepSoon(): void {
    this.#timer ??= setTimeout(() => this.keep(), waitMs);
  }

  /** The page may be gone in a moment: what waits is kept now. */
  flush(): void {
    if (this.#timer !== undefined) this.keep();
  }

  drop(): void {
    this.#stopWaiting();
    drop(this.#name);
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
