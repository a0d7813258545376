// SQL of guests: people who came into one session by its join link, without an account. Every function is bound to an organisation.
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { lobbyEntry, member, session, signIn, user } from '../db/schema.ts';

/** Rows a list of guests has at most. */
const mostListed = 300;

const guestsAmong = (organisationId: string, memberIds: readonly string[]) =>
  and(eq(member.organisationId, organisationId), eq(member.guest, true), inArray(member.id, [...memberIds]));

/**
 * Ends every way in of those of the members who are guests; what they did stays, and so does who did it.
 * @returns the ids of their sign-ins, whose sockets the caller ends after the commit
 */
export async function endGuests(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const guests = await tx
    .update(member)
    .set({ active: false })
    .where(guestsAmong(organisationId, memberIds))
    .returning({ userId: member.userId });
  return endSignIns(
    tx,
    guests.flatMap(({ userId }) => userId ?? []),
  );
}

/** Takes away guests who were never let in: account, membership, sign-ins and their place in the lobby. @returns as `endGuests` */
export async function deleteGuests(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  if (memberIds.length === 0) return [];
  await tx
    .delete(lobbyEntry)
    .where(and(eq(lobbyEntry.organisationId, organisationId), inArray(lobbyEntry.memberId, [...memberIds])));
  const gone = await tx
    .delete(member)
    .where(guestsAmong(organisationId, memberIds))
    .returning({ userId: member.userId });
  const userIds = gone.flatMap(({ userId }) => userId ?? []);
  const ended = await endSignIns(tx, userIds);
  if (userIds.length > 0) await tx.delete(user).where(inArray(user.id, userIds));
  return ended;
}

async function endSignIns(tx: Tx, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const ended = await tx
    .delete(signIn)
    .where(inArray(signIn.userId, [...userIds]))
    .returning({ id: signIn.id });
  return ended.map(({ id }) => id);
}

/** Writes the name a guest goes by from now on. */
export async function renameGuestRow(
  tx: Tx,
  organisationId: string,
  memberId: string,
  name: string,
): Promise<void> {
  const [renamed] = await tx
    .update(member)
    .set({ name })
    .where(guestsAmong(organisationId, [memberId]))
    .returning({ userId: member.userId });
  if (renamed?.userId) await tx.update(user).set({ name }).where(eq(user.id, renamed.userId));
}

/** Guests of the organisation, those who came last first. */
export async function listGuests(db: Database, organisationId: string) {
  const host = alias(member, 'host');
  const seen = db
    .select({
      userId: signIn.userId,
      at: sql<Date>`max(${signIn.updatedAt})`.mapWith(signIn.updatedAt).as('at'),
    })
    .from(signIn)
    .groupBy(signIn.userId)
    .as('seen');
  const rows = await db
    .select({
      id: member.id,
      name: member.name,
      active: member.active,
      sessionId: session.id,
      sessionName: session.name,
      state: lobbyEntry.state,
      since: lobbyEntry.askedAt,
      admittedBy: host.name,
      seenAt: seen.at,
    })
    .from(lobbyEntry)
    .innerJoin(member, eq(member.id, lobbyEntry.memberId))
    .innerJoin(session, eq(session.id, lobbyEntry.sessionId))
    .leftJoin(host, eq(host.id, lobbyEntry.answeredBy))
    .leftJoin(seen, eq(seen.userId, member.userId))
    .where(and(eq(lobbyEntry.organisationId, organisationId), eq(member.guest, true)))
    .orderBy(desc(lobbyEntry.askedAt), desc(lobbyEntry.id))
    .limit(mostListed);
  return rows.map(({ active, state, since, seenAt, ...row }) => ({
    ...row,
    since: toIso(since),
    seenAt: seenAt && new Date(seenAt).toISOString(),
    // A sign-in that was let run out is as ended as one that was ended.
    state:
      !active || !seenAt ? ('ended' as const) : state === 'waiting' ? ('waiting' as const) : ('in' as const),
  }));
}

/** Makes a guest: an account without a password, a member without roles. */
export async function insertGuest(
  tx: Tx,
  organisationId: string,
  row: { id: string; userId: string; name: string },
): Promise<void> {
  const { id, userId, name } = row;
  const email = `guest-${id}@guests.invalid`;
  await tx.insert(user).values({ id: userId, name, email, emailVerified: false });
  await tx.insert(member).values({ id, organisationId, userId, name, roles: [], guest: true });
}
