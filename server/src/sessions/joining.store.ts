// SQL of who comes in by a link and stays outside the participants: the lobby and the observers. Every function is bound to an
// organisation.
import { fromHex, type LobbyEntry, toHex } from '@attune/domain';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { lobbyEntry, observer, putOut } from '../db/schema.ts';

/** Member ids of those who watch, the longest watching first. */
export async function observersOf(
  db: Database | Tx,
  organisationId: string,
  sessionId: string,
): Promise<string[]> {
  const rows = await db
    .select({ memberId: observer.memberId })
    .from(observer)
    .where(and(eq(observer.organisationId, organisationId), eq(observer.sessionId, sessionId)))
    .orderBy(observer.addedAt, observer.memberId);
  return rows.map(({ memberId }) => memberId);
}

/** Guests who wait, the longest waiting first. */
export async function waitingIn(
  db: Database | Tx,
  organisationId: string,
  sessionId: string,
): Promise<LobbyEntry[]> {
  const rows = await db
    .select()
    .from(lobbyEntry)
    .where(
      and(
        eq(lobbyEntry.organisationId, organisationId),
        eq(lobbyEntry.sessionId, sessionId),
        eq(lobbyEntry.state, 'waiting'),
      ),
    )
    .orderBy(lobbyEntry.askedAt, lobbyEntry.id);
  return rows.map(({ id, memberId, askedAt, placeHash }) => ({
    id,
    memberId,
    askedAt: toIso(askedAt),
    from: placeHash && toHex(placeHash),
  }));
}

export async function insertLobbyEntry(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  { from, ...entry }: LobbyEntry,
): Promise<void> {
  const placeHash = from === null ? null : fromHex(from);
  await tx.insert(lobbyEntry).values({ ...entry, placeHash, organisationId, sessionId });
}

/** Marks a guest as let in. Whoever is turned away leaves no row: `deleteGuests`. */
export async function admitLobbyEntry(
  tx: Tx,
  organisationId: string,
  entryId: string,
  answeredBy: string,
): Promise<void> {
  await tx
    .update(lobbyEntry)
    .set({ state: 'admitted', answeredBy })
    .where(and(eq(lobbyEntry.organisationId, organisationId), eq(lobbyEntry.id, entryId)));
}

export async function insertObserver(
  tx: Tx,
  organisationId: string,
  row: { sessionId: string; memberId: string; addedAt: string },
): Promise<void> {
  await tx.insert(observer).values({ ...row, organisationId });
}

export async function deleteObserver(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  memberId: string,
): Promise<void> {
  await tx
    .delete(observer)
    .where(
      and(
        eq(observer.organisationId, organisationId),
        eq(observer.sessionId, sessionId),
        eq(observer.memberId, memberId),
      ),
    );
}

/** Members who were put out of the session, in no particular order. */
export async function putOutOf(
  db: Database | Tx,
  organisationId: string,
  sessionId: string,
): Promise<string[]> {
  const rows = await db
    .select({ memberId: putOut.memberId })
    .from(putOut)
    .where(and(eq(putOut.organisationId, organisationId), eq(putOut.sessionId, sessionId)))
    .orderBy(putOut.at, putOut.memberId);
  return rows.map(({ memberId }) => memberId);
}

/** Writes who was put out as the list stands after a command. */
export async function savePutOut(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  before: readonly string[],
  after: readonly string[],
  now: string,
): Promise<void> {
  const added = after.filter((memberId) => !before.includes(memberId));
  const gone = before.filter((memberId) => !after.includes(memberId));
  if (added.length > 0)
    await tx
      .insert(putOut)
      .values(added.map((memberId) => ({ sessionId, memberId, organisationId, at: now })));
  if (gone.length > 0)
    await tx
      .delete(putOut)
      .where(
        and(
          eq(putOut.organisationId, organisationId),
          eq(putOut.sessionId, sessionId),
          inArray(putOut.memberId, gone),
        ),
      );
}
