// The journal: updates of all rooms, committed together every few tens of milliseconds, and only where the session's row still
// permits them. An append resolves after its commit and never before: "Saved" is this promise.
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../db/client.ts';
import type { Logger } from '../ops/log.ts';
import { type Update, type Written, writeUpdates } from './append.store.ts';
import { type DocumentHandle, toJournal } from './store.ts';

/** `refused`: the session no longer permits it (submitted, revealed, resolved). */
export type Appended = 'stored' | 'refused';

export interface Journal {
  /** Queues an update; resolves after commit. Rejects where the journal is closed, or the database refuses it for good. */
  append(entry: JournalEntry): Promise<Appended>;
  /** Whether so much waits for the database, for this document or in all, that nothing more may be taken. */
  isFull(handle: DocumentHandle): boolean;
  /** Bytes not committed yet. */
  readonly pendingBytes: number;
  /** Since when the oldest entry waits for its commit, in milliseconds; 0 where none does. */
  readonly waitingMs: number;
  /** Commits what is queued; gives up at the deadline. */
  close(deadlineMs: number): Promise<void>;
}

export interface JournalEntry extends Omit<Update, 'rowId' | 'bytes'> {
  readonly update: Uint8Array;
}

interface Queued extends Update {
  /** On `performance.now()`'s clock. */
  readonly since: number;
  resolve(outcome: Appended): void;
  reject(error: Error): void;
}

/** Between two commits: short enough that "Saved" follows the keystroke, long enough to share the disk's sync. */
const groupMs = 25;
const largestGroup = 400;
/** What may wait for a database that is away: of one document, and in all. */
export const journalLimits = { documentBytes: 4 * 1024 * 1024, allBytes: 32 * 1024 * 1024 } as const;
const longestBackoffMs = 2_000;
/** Groups a session that a command holds locked is left out of before its lock is waited for, and for how long. */
const mostSkips = 20;
const longestLockWait = '1s';

export function createJournal({ db, log }: { readonly db: Database; readonly log: Logger }): Journal {
  let queue: Queued[] = [];
  const waiting = new Set<Queued>();
  const pending = new Map<string, number>();
  const skips = new Map<string, number>();
  let pendingBytes = 0;
  let timer: NodeJS.Timeout | null = null;
  let flushing: Promise<void> | null = null;
  let lastFlush = 0;
  let failures = 0;
  let closed = false;

  /** The first at once, the next a group's time later; after a failure, later and later. */
  const schedule = () => {
    if (timer || flushing || queue.length === 0) return;
    const wait = failures > 0 ? Math.min(groupMs * 2 ** failures, longestBackoffMs) : groupMs;
    timer = setTimeout(
      () => {
        timer = null;
        void startFlush().then(schedule);
      },
      Math.max(0, lastFlush + wait - performance.now()),
    );
  };

  function startFlush(): Promise<void> {
    flushing ??= flush().finally(() => {
      lastFlush = performance.now();
      flushing = null;
    });
    return flushing;
  }

  function taken(entry: Queued, sign: 1 | -1): void {
    const { handle, bytes } = entry;
    if (sign > 0) waiting.add(entry);
    else waiting.delete(entry);
    pendingBytes += sign * bytes.length;
    const ofDocument = (pending.get(handle.id) ?? 0) + sign * bytes.length;
    if (ofDocument > 0) pending.set(handle.id, ofDocument);
    else pending.delete(handle.id);
  }

  /** Settles what was written or refused, and takes it out of what is left. */
  function settleWritten(left: Map<string, Queued>, written: ReadonlyMap<string, Written>): void {
    for (const [rowId, entry] of left) {
      const outcome = written.get(rowId);
      if (outcome !== 'stored' && outcome !== 'refused') continue;
      left.delete(rowId);
      taken(entry, -1);
      entry.resolve(outcome);
    }
  }

  async function flush(): Promise<void> {
    // Taken out before writing, so that what comes meanwhile makes the next group; put back on failure.
    const group = queue.slice(0, largestGroup);
    queue = queue.slice(group.length);
    const left = new Map(group.map((entry) => [entry.rowId, entry]));
    try {
      settleWritten(left, await writeUpdates(db, group, false));
      const held = bySession(left.values());
      for (const { handle } of group) if (!held.has(handle.sessionId)) skips.delete(handle.sessionId);
      for (const [sessionId, entries] of held) {
        const skipped = (skips.get(sessionId) ?? 0) + 1;
        skips.set(sessionId, skipped);
        if (skipped <= mostSkips) continue;
        settleWritten(left, await writeHeld(entries));
        skips.delete(sessionId);
      }
      failures = 0;
    } catch (error) {
      // How much waits is not said: it depends on what people type.
      log.warn({ error }, 'the journal could not be written; trying again');
      if (!isRefusedForGood(error)) failures = Math.min(failures + 1, 10);
      else await isolate(left);
    }
    queue = [...left.values(), ...queue];
  }

  /** Something of the group cannot be written by whoever tries: each session alone, so that the others go on. */
  async function isolate(left: Map<string, Queued>): Promise<void> {
    for (const alone of bySession(left.values()).values()) {
      try {
        settleWritten(left, await writeUpdates(db, alone, false));
      } catch (error) {
        if (!isRefusedForGood(error)) return;
        for (const entry of alone) {
          left.delete(entry.rowId);
          taken(entry, -1);
          entry.reject(new Error('the database does not take this update', { cause: error }));
        }
      }
    }
  }

  /** Waits for the locks of one session and its documents, not for long. */
  const writeHeld = (entries: readonly Queued[]): Promise<ReadonlyMap<string, Written>> =>
    db
      .transaction(async (tx) => {
        await tx.execute(sql.raw(`set local lock_timeout = '${longestLockWait}'`));
        return writeUpdates(tx, entries, true);
      })
      .catch((error: unknown) => {
        // Still held: other sessions' updates must not wait for it as for a database that is away.
        if (codeOf(error) === lockNotAvailable) return new Map();
        throw error;
      });

  return {
    get pendingBytes() {
      return pendingBytes;
    },
    get waitingMs() {
      // In the order of coming.
      const [oldest] = waiting;
      return oldest ? performance.now() - oldest.since : 0;
    },
    isFull: ({ id }) =>
      closed || pendingBytes > journalLimits.allBytes || (pending.get(id) ?? 0) > journalLimits.documentBytes,
    append(entry) {
      if (closed) return Promise.reject(new Error('the journal is closed'));
      const rowId = uuidv7();
      const bytes = toJournal(entry.handle, rowId, entry.update);
      return new Promise((resolve, reject) => {
        const { handle, signedInAt, claims } = entry;
        const queued = {
          handle,
          signedInAt,
          claims,
          rowId,
          bytes,
          since: performance.now(),
          resolve,
          reject,
        };
        taken(queued, 1);
        queue.push(queued);
        schedule();
      });
    },
    async close(deadlineMs) {
      closed = true;
      const deadline = performance.now() + deadlineMs;
      while ((queue.length > 0 || flushing) && performance.now() < deadline) {
        if (timer) clearTimeout(timer);
        timer = null;
        const patience = new Promise((resolve) => setTimeout(resolve, 250).unref());
        await Promise.race([startFlush(), patience]);
        if (failures > 0) await patience;
      }
      for (const entry of queue) entry.reject(new Error('the server stopped before this was stored'));
    },
  };
}

/** Whether the database answered that this can never be written: wrong data, a broken rule, no such thing. */
function isRefusedForGood(error: unknown): boolean {
  return /^(22|23|42)[0-9A-Z]{3}$/.test(codeOf(error));
}

const lockNotAvailable = '55P03';

/** PostgreSQL's code of what went wrong, wherever Drizzle put it. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

function bySession(entries: Iterable<Queued>): Map<string, Queued[]> {
  const groups = new Map<string, Queued[]>();
  for (const entry of entries) {
    const group = groups.get(entry.handle.sessionId) ?? [];
    group.push(entry);
    groups.set(entry.handle.sessionId, group);
  }
  return groups;
}
