// The journal: updates of all rooms, committed together every few tens of milliseconds, and only where the session's row still
// permits them. An append resolves after its commit and never before: "Saved" is this promise.
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database, Tx } from '../db/client.ts';
import { document, documentClient, session } from '../db/schema.ts';
import type { Logger } from '../ops/log.ts';
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

export interface JournalEntry {
  readonly handle: DocumentHandle;
  readonly update: Uint8Array;
  /** When the writer's sign-in was made: what the first row of a sheet is begun under. ISO 8601, UTC. */
  readonly signedInAt: string;
  /** Client ids the writer uses for the first time, and who the writer is; notes only. */
  readonly claims: readonly { readonly clientId: number; readonly memberId: string }[];
}

interface Queued extends JournalEntry {
  readonly rowId: string;
  readonly bytes: Uint8Array;
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

  function settle(entries: readonly Queued[], stored: ReadonlySet<string>): void {
    for (const entry of entries) {
      taken(entry, -1);
      entry.resolve(stored.has(entry.rowId) ? 'stored' : 'refused');
    }
  }

  async function flush(): Promise<void> {
    // Taken out before writing, so that what comes meanwhile makes the next group; put back on failure.
    const group = queue.slice(0, largestGroup);
    queue = queue.slice(group.length);
    const unsettled = new Set(group);
    const settled = (entries: readonly Queued[], stored: ReadonlySet<string>) => {
      for (const entry of entries) unsettled.delete(entry);
      settle(entries, stored);
    };
    try {
      const { writable, stored } = await commitFree(group);
      settled(writable, stored);
      const leftOut = new Set([...unsettled].map(({ handle }) => handle.sessionId));
      for (const { handle } of writable) if (!leftOut.has(handle.sessionId)) skips.delete(handle.sessionId);
      for (const held of bySession([...unsettled])) {
        const sessionId = held[0]?.handle.sessionId ?? '';
        const skipped = (skips.get(sessionId) ?? 0) + 1;
        skips.set(sessionId, skipped);
        if (skipped <= mostSkips) continue;
        settled(held, await commitHeld(held));
        skips.delete(sessionId);
      }
      failures = 0;
    } catch (error) {
      // How much waits is not said: it depends on what people type.
      log.warn({ error }, 'the journal could not be written; trying again');
      if (!isRefusedForGood(error)) failures = Math.min(failures + 1, 10);
      else await isolate(unsettled, settled);
    }
    queue = [...unsettled, ...queue];
  }

  /** Something of the group cannot be written by whoever tries: each session alone, so that the others go on. */
  async function isolate(
    unsettled: Set<Queued>,
    settled: (entries: readonly Queued[], stored: ReadonlySet<string>) => void,
  ): Promise<void> {
    for (const alone of bySession([...unsettled])) {
      try {
        const { writable, stored } = await commitFree(alone);
        settled(writable, stored);
      } catch (error) {
        if (!isRefusedForGood(error)) return;
        for (const entry of alone) {
          unsettled.delete(entry);
          taken(entry, -1);
          entry.reject(new Error('the database does not take this update', { cause: error }));
        }
      }
    }
  }

  /** Commits what may be written without waiting for any lock: a command's on a session, another node's on a document. */
  function commitFree(group: readonly Queued[]): Promise<{ writable: Queued[]; stored: Set<string> }> {
    return db.transaction(async (tx) => {
      const sessionIds = [...new Set(group.map(({ handle }) => handle.sessionId))];
      const locked = await tx
        .select({ id: session.id })
        .from(session)
        .where(inArray(session.id, sessionIds))
        .for('share', { skipLocked: true });
      const free = new Set(locked.map(({ id }) => id));
      const permitted = group.filter(({ handle }) => free.has(handle.sessionId));
      const held = await lockDocuments(tx, permitted, false);
      const writable = permitted.filter(({ handle }) => !held.has(handle.id));
      return { writable, stored: await insert(tx, writable) };
    });
  }

  /** Waits for the locks of one session and its documents, not for long, then writes what it still permits. */
  function commitHeld(held: readonly Queued[]): Promise<Set<string>> {
    const sessionId = held[0]?.handle.sessionId ?? '';
    return db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local lock_timeout = '${longestLockWait}'`));
      await tx.select({ id: session.id }).from(session).where(eq(session.id, sessionId)).for('share');
      await lockDocuments(tx, held, true);
      return insert(tx, held);
    });
  }

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
        const queued = { ...entry, rowId, bytes, since: performance.now(), resolve, reject };
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
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^(22|23|42)[0-9A-Z]{3}$/.test(code);
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
 * Holds the documents until the commit: nobody else numbers an update of theirs before these are there to be read. In the order of
 * their ids, so that two who wait never wait for one another.
 *
 * @returns the ids of those that another transaction holds; none where they are waited for
 */
async function lockDocuments(tx: Tx, entries: readonly Queued[], waits: boolean): Promise<Set<string>> {
  const ids = [...new Set(entries.map(({ handle }) => handle.id))];
  if (ids.length === 0) return new Set();
  const locked = await tx
    .select({ id: document.id })
    .from(document)
    .where(inArray(document.id, ids))
    .orderBy(asc(document.id))
    .for('no key update', waits ? {} : { skipLocked: true });
  if (locked.length === ids.length) return new Set();
  const left = ids.filter((id) => !locked.some((row) => row.id === id));
  // A document that is gone is held by nobody.
  const held = await tx.select({ id: document.id }).from(document).where(inArray(document.id, left));
  return new Set(held.map(({ id }) => id));
}

/**
 * Inserts in order what the sessions' rows permit now, under the documents' next numbers; returns the row ids stored. The statement
 * reads after the locks are held: whoever submits, reveals or resolves holds the session's, so nothing slips in behind them.
 */
async function insert(tx: Tx, entries: readonly Queued[]): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const values = entries.map(
    ({ handle, rowId, bytes }, index) =>
      sql`(${index}::int, ${handle.id}::uuid, ${rowId}::uuid, ${bytes}::bytea)`,
  );
  const rows = await tx.execute<{ row_id: string }>(sql`
    with permitted as (
      select entry.*, document.organisation_id,
        row_number() over (partition by entry.document_id order by entry.place) as nth
      from (values ${sql.join(values, sql`, `)}) as entry (place, document_id, row_id, bytes)
      join document on document.id = entry.document_id
      join session on session.id = document.session_id
      left join participant on participant.id = document.participant_id
      where (document.kind = 'sealed' and session.status = 'scoring' and participant.state = 'scoring')
         or (document.kind = 'notes' and session.status = 'review')
    ), raised as (
      update document set update_number = update_number + more.count
      from (select document_id, count(*) as count from permitted group by document_id) as more
      where document.id = more.document_id
      returning document.id, update_number - more.count as before
    )
    insert into document_update (organisation_id, document_id, number, row_id, bytes)
    select organisation_id, document_id, before + nth, row_id, bytes
    from permitted join raised on raised.id = permitted.document_id
    returning row_id`);
  const stored = new Set([...rows].map(({ row_id }) => row_id));
  const claims = entries.flatMap((entry) =>
    stored.has(entry.rowId) ? entry.claims.map((claim) => ({ ...claim, ...ofDocument(entry.handle) })) : [],
  );
  if (claims.length > 0) await tx.insert(documentClient).values(claims).onConflictDoNothing();
  await keepBegun(tx, entries, stored);
  return stored;
}

const ofDocument = ({ organisationId, id }: DocumentHandle) => ({ organisationId, documentId: id });

/** Keeps of each sheet whose first row this was that its place is begun (J2). */
async function keepBegun(tx: Tx, entries: readonly Queued[], stored: ReadonlySet<string>): Promise<void> {
  const first = new Map<string, string>();
  for (const { handle, rowId, signedInAt } of entries)
    if (handle.participantId !== null && stored.has(rowId) && !first.has(handle.participantId))
      first.set(handle.participantId, signedInAt);
  if (first.size === 0) return;
  const values = [...first].map(([id, signedInAt]) => sql`(${id}::uuid, ${signedInAt}::timestamptz)`);
  await tx.execute(sql`
    update participant set begun_at = now(), begun_signed_in_at = entry.signed_in_at
    from (values ${sql.join(values, sql`, `)}) as entry (id, signed_in_at)
    where participant.id = entry.id and participant.begun_at is null`);
}
