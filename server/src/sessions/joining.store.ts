// SQL of who comes in by a link and stays outside the participants: the lobby and the observers. Every function is bound to an
// organisation.
import type { LobbyEntry } from '@attune/domain';
import { and, eq } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { lobbyEntry, observer } from '../db/schema.ts';

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
  return rows.map(({ id, memberId, askedAt }) => ({ id, memberId, askedAt: toIso(askedAt) }));
}

export async function insertLobbyEntry(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  entry: LobbyEntry,
): Promise<void> {
  await tx.insert(lobbyEntry).values({ ...entry, organisationId, sessionId });
}

export async function answerLobbyEntry(
  tx: Tx,
  organisationId: string,
  entryId: string,
  state: 'admitted' | 'turned-away',
): Promise<void> {
  await tx
    .update(lobbyEntry)
    .set({ state })
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
