// SQL of notifications: written beside what they tell of, read by nobody but whose they are.
import { type NotificationKind, type NotificationView, notificationKinds } from '@attune/contract';
import type { Actor } from '@attune/domain';
import { and, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { notification, notificationChoice, session } from '../db/schema.ts';
import { visibleTo } from '../db/visible.ts';
import type { Telling } from './tellings.ts';

type Reader = Database | Tx;

const isKind = (kind: string): kind is NotificationKind =>
  (notificationKinds as readonly string[]).includes(kind);

/**
 * Writes what is told, but for those who do not want to hear of it and for what was told before.
 * @returns the members who were told
 */
export async function insertNotifications(
  tx: Tx,
  organisationId: string,
  tellings: readonly Telling[],
  about: { sessionId: string; byName: string | null; at: string; newId: () => string },
): Promise<string[]> {
  if (tellings.length === 0) return [];
  const muted = await tx
    .select({ memberId: notificationChoice.memberId, kind: notificationChoice.kind })
    .from(notificationChoice)
    .where(
      and(
        eq(notificationChoice.organisationId, organisationId),
        eq(notificationChoice.inApp, false),
        inArray(notificationChoice.memberId, [...new Set(tellings.map(({ memberId }) => memberId))]),
      ),
    );
  const { sessionId, byName, at, newId } = about;
  const rows = tellings
    .filter(({ memberId, kind }) => !muted.some((one) => one.memberId === memberId && one.kind === kind))
    .map((telling) => ({ ...telling, id: newId(), organisationId, sessionId, byName, at }));
  if (rows.length === 0) return [];
  const told = await tx
    .insert(notification)
    .values(rows)
    .onConflictDoNothing()
    .returning({ memberId: notification.memberId });
  return [...new Set(told.map(({ memberId }) => memberId))];
}

const ownOf = (organisationId: string, memberId: string) =>
  and(eq(notification.organisationId, organisationId), eq(notification.memberId, memberId));

/** The actor's own notifications, of sessions they may read now: of one they were removed from, they are told no more. */
const shownTo = (db: Reader, actor: Actor) =>
  and(ownOf(actor.organisationId, actor.memberId), visibleTo(db, actor));

/** One page of the actor's notifications, the latest first. @param before the last one of the page before */
export async function listNotifications(
  db: Reader,
  actor: Actor,
  { before, limit }: { before: { at: string; id: string } | null; limit: number },
): Promise<NotificationView[]> {
  const rows = await db
    .select({ notification, sessionName: session.name, dueAt: session.dueAt })
    .from(notification)
    .innerJoin(session, eq(session.id, notification.sessionId))
    .where(
      and(
        shownTo(db, actor),
        before
          ? or(
              lt(notification.at, before.at),
              and(eq(notification.at, before.at), lt(notification.id, before.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(notification.at), desc(notification.id))
    .limit(limit);
  return rows.flatMap(({ notification: row, sessionName, dueAt }) =>
    isKind(row.kind)
      ? [
          {
            id: row.id,
            kind: row.kind,
            sessionId: row.sessionId,
            sessionName,
            byName: row.byName,
            dueAt: dueAt && toIso(dueAt),
            at: toIso(row.at),
            readAt: row.readAt && toIso(row.readAt),
          },
        ]
      : [],
  );
}

export async function countUnread(db: Reader, actor: Actor): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(notification)
    .innerJoin(session, eq(session.id, notification.sessionId))
    .where(and(shownTo(db, actor), isNull(notification.readAt)));
  return row?.count ?? 0;
}

/** Marks a member's notifications as read: the given ones, or all. */
export async function markRead(
  db: Reader,
  organisationId: string,
  memberId: string,
  ids: readonly string[] | null,
  now: string,
): Promise<void> {
  await db
    .update(notification)
    .set({ readAt: now })
    .where(
      and(
        ownOf(organisationId, memberId),
        isNull(notification.readAt),
        ids === null ? undefined : inArray(notification.id, [...ids]),
      ),
    );
}

/** The kinds a member does not want to hear of. */
export async function listMuted(db: Reader, organisationId: string, memberId: string): Promise<string[]> {
  const rows = await db
    .select({ kind: notificationChoice.kind })
    .from(notificationChoice)
    .where(
      and(
        eq(notificationChoice.organisationId, organisationId),
        eq(notificationChoice.memberId, memberId),
        eq(notificationChoice.inApp, false),
      ),
    );
  return rows.map(({ kind }) => kind);
}

/** Writes a member's choice about every kind. */
export async function saveChoices(
  tx: Tx,
  organisationId: string,
  memberId: string,
  inApp: readonly NotificationKind[],
): Promise<void> {
  const values = notificationKinds.map((kind) => ({
    organisationId,
    memberId,
    kind,
    inApp: inApp.includes(kind),
  }));
  await tx
    .insert(notificationChoice)
    .values(values)
    .onConflictDoUpdate({
      target: [notificationChoice.memberId, notificationChoice.kind],
      set: { inApp: sql`excluded.in_app` },
    });
}

/** When each member was last reminded of the session, after `since`. */
export async function lastReminders(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  since: string,
): Promise<Map<string, string>> {
  const rows = await tx
    .select({ memberId: notification.memberId, at: notification.at })
    .from(notification)
    .where(
      and(
        eq(notification.organisationId, organisationId),
        eq(notification.sessionId, sessionId),
        eq(notification.kind, 'reminded'),
        gt(notification.at, since),
      ),
    );
  return new Map(rows.map(({ memberId, at }) => [memberId, toIso(at)]));
}
