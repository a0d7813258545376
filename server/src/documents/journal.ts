// The journal: updates of all rooms, committed together every few tens of milliseconds, and only where the session's row still
// permits them. An append resolves after its commit and never before: "Saved" is this promise.
import { eq, inArray, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database, Tx } from '../db/client.ts';
import { documentClient, session } from '../db/schema.ts';
import type { Logger } from '../ops/log.ts';
import { type DocumentHandle, toJournal } from './store.ts';

/** `refused`: the session no longer permits it (submitted, revealed, resolved). */
export type Appended = 'stored' | 'refused';

export interface Journal {
  /** Queues an update; resolves after commit. Rejects only where the journal is full or closed. */
  append(entry: JournalEntry): Promise<Appended>;
  /** Bytes not committed yet. */
  readonly pendingBytes: number;
  /** Commits what is queued; gives up at the deadline. */
  close(deadlineMs: number): Promise<void>;
}

export interface JournalEntry {
  readonly handle: DocumentHandle;
  readonly update: Uint8Array;
  /** Client ids the writer uses for the first time, and who the writer is; notes only. */
  readonly claims: readonly { readonly clientId: number; readonly memberId: string }[];
}

interface Queued extends JournalEntry {
  readonly rowId: string;
  readonly bytes: Uint8Array;
  resolve(outcome: Appended): void;
  reject(error: Error): void;
}

/** Between two commits: short enough that "Saved" follows the keystroke, long enough to share the disk's sync. */
const groupMs = 25;
const largestGroup = 400;
/** What may wait for a database that is away, in all rooms together. */
export const journalLimitBytes = 32 * 1024 * 1024;
const longestBackoffMs = 2_000;

export function createJournal({ db, log }: { readonly db: Database; readonly log: Logger }): Journal {
  let queue: Queued[] = [];
  let pendingBytes = 0;
  let timer: NodeJS.Timeout | null = null;
  let flushing: Promise<void> | null = null;
  let failures = 0;
  let closed = false;

  const schedule = (delayMs: number) => {
    if (timer || flushing || queue.length === 0) return;
    timer = setTimeout(() => {
      timer = null;
      flushing = flush().finally(() => {
        flushing = null;
        schedule(failures > 0 ? Math.min(groupMs * 2 ** failures, longestBackoffMs) : groupMs);
      });
    }, delayMs);
  };

  async function flush(): Promise<void> {
    // Taken out before writing, so that what comes meanwhile makes the next group; put back on failure.
    const group = queue.slice(0, largestGroup);
    queue = queue.slice(group.length);
    const unsettled = new Set(group);
    const settle = (entries: readonly Queued[], stored: ReadonlySet<string>) => {
      for (const entry of entries) {
        unsettled.delete(entry);
        pendingBytes -= entry.bytes.length;
        entry.resolve(stored.has(entry.rowId) ? 'stored' : 'refused');
      }
    };
    try {
      const { writable, stored } = await commitFree(group);
      settle(writable, stored);
      for (const held of bySession([...unsettled])) settle(held, await commitHeld(held));
      failures = 0;
    } catch (error) {
      failures = Math.min(failures + 1, 10);
      log.warn(
        { error, waiting: queue.length + unsettled.size },
        'the journal could not be written; trying again',
      );
      queue = [...unsettled, ...queue];
    }
  }

  /** Commits what may be written without waiting for any session's lock. */
  function commitFree(group: readonly Queued[]): Promise<{ writable: Queued[]; stored: Set<string> }> {
    return db.transaction(async (tx) => {
      const sessionIds = [...new Set(group.map(({ handle }) => handle.sessionId))];
      const locked = await tx
        .select({ id: session.id })
        .from(session)
        .where(inArray(session.id, sessionIds))
        .for('share', { skipLocked: true });
      const free = new Set(locked.map(({ id }) => id));
      const writable = group.filter(({ handle }) => free.has(handle.sessionId));
      return { writable, stored: await insert(tx, writable) };
    });
  }

  /** Waits for the one session's lock, then writes what it still permits. */
  function commitHeld(held: readonly Queued[]): Promise<Set<string>> {
    const sessionId = held[0]?.handle.sessionId ?? '';
    return db.transaction(async (tx) => {
      await tx.select({ id: session.id }).from(session).where(eq(session.id, sessionId)).for('share');
      return insert(tx, held);
    });
  }

  return {
    get pendingBytes() {
      return pendingBytes;
    },
    append(entry) {
      if (closed) return Promise.reject(new Error('the journal is closed'));
      const rowId = uuidv7();
      const bytes = toJournal(entry.handle, rowId, entry.update);
      if (pendingBytes + bytes.length > journalLimitBytes)
        return Promise.reject(new Error('the journal is full'));
      pendingBytes += bytes.length;
      return new Promise((resolve, reject) => {
        queue.push({ ...entry, rowId, bytes, resolve, reject });
        schedule(groupMs);
      });
    },
    async close(deadlineMs) {
      closed = true;
      const deadline = Date.now() + deadlineMs;
      while ((queue.length > 0 || flushing) && Date.now() < deadline) {
        if (timer) clearTimeout(timer);
        timer = null;
        flushing ??= flush().finally(() => {
          flushing = null;
        });
        const patience = new Promise((resolve) => setTimeout(resolve, 250).unref());
        await Promise.race([flushing, patience]);
      }
      for (const entry of queue) entry.reject(new Error('the server stopped before this was stored'));
    },
  };
}

function bySession(entries: readonly Queued[]): Queued[][] {
  const groups = new Map<string, Queued[]>();
  for (const entry of entries) {
    const group = groups.get(entry.handle.sessionId) ?? [];
    group.push(entry);
    groups.set(entry.handle.sessionId, group);
  }
  return [...groups.values()];
}

/**
 * Inserts in order what the sessions' rows permit now; returns the row ids stored. The statement reads after the sessions'
 * locks are held: whoever submits, reveals or resolves holds the same lock, so nothing slips in behind them.
 */
async function insert(tx: Tx, entries: readonly Queued[]): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const values = entries.map(
    ({ handle, rowId, bytes }, index) =>
      sql`(${index}::int, ${handle.id}::uuid, ${rowId}::uuid, ${bytes}::bytea)`,
  );
  const rows = await tx.execute<{ row_id: string }>(sql`
    insert into document_update (document_id, row_id, bytes)
    select entry.document_id, entry.row_id, entry.bytes
    from (values ${sql.join(values, sql`, `)}) as entry (place, document_id, row_id, bytes)
    join document on document.id = entry.document_id
    join session on session.id = document.session_id
    left join participant on participant.id = document.participant_id
    where (document.kind = 'sealed' and session.status = 'scoring' and participant.state = 'scoring')
       or (document.kind = 'notes' and session.status = 'review')
    order by entry.place
    returning row_id`);
  const stored = new Set([...rows].map(({ row_id }) => row_id));
  const claims = entries.flatMap((entry) =>
    stored.has(entry.rowId) ? entry.claims.map((claim) => ({ ...claim, documentId: entry.handle.id })) : [],
  );
  if (claims.length > 0) await tx.insert(documentClient).values(claims).onConflictDoNothing();
  return stored;
}
