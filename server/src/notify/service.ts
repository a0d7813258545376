// Telling people in the app: in the transaction of what happened, and live after its commit. Knows no session's rows: whoever
// changes a session hands in what is to be told.
import { type NotificationKind, type NotificationView, notificationKinds } from '@attune/contract';
import { type Actor, mayDo, type SessionEvent } from '@attune/domain';
import * as z from 'zod/mini';
import type { Bus } from '../bus/bus.ts';
import type { Database, Tx } from '../db/client.ts';
import { inSnapshot, type Unit } from '../db/transact.ts';
import { denied, done, type Outcome } from '../outcome.ts';
import {
  countUnread,
  insertNotifications,
  listMuted,
  listNotifications,
  markRead,
  saveChoices,
} from './store.ts';
import { type Told, tellingsOf } from './tellings.ts';

export interface NotifyDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly now: () => string;
  readonly newId: () => string;
}

/** Writes what a command's events tell people of. @returns who was told, for `announceTo` after the commit */
export function tell(
  tx: Tx,
  newId: () => string,
  told: Told,
  events: readonly SessionEvent[],
  byMemberId: string,
  now: string,
): Promise<string[]> {
  return insertNotifications(tx, told.organisationId, tellingsOf(told, events, byMemberId), {
    sessionId: told.session.id,
    byName: told.names.get(byMemberId) ?? null,
    at: now,
    newId,
  });
}

/** Lets the inboxes of these members know that there is something new. */
export function announceTo(bus: Bus, organisationId: string, memberIds: readonly string[]): void {
  for (const memberId of memberIds) bus.publish({ type: 'notified', organisationId, memberId });
}

/** One page of the actor's own notifications. Only a sign-in of one's own has an inbox. */
export async function readInbox(
  db: Database,
  actor: Actor,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Outcome<{ notifications: NotificationView[]; unread: number; nextCursor: string | null }>> {
  if (!mayDo(actor, 'notifications.read')) return denied('not-allowed');
  const before = cursor ? readCursor(cursor) : null;
  const { page, unread } = await inSnapshot(db, async (tx) => ({
    page: await listNotifications(tx, actor, { before, limit: limit + 1 }),
    unread: await countUnread(tx, actor),
  }));
  const notifications = page.slice(0, limit);
  const last = notifications.at(-1);
  return done({
    notifications,
    unread,
    nextCursor: page.length > limit && last ? `${last.at} ${last.id}` : null,
  });
}

const cursorInstant = z.iso.datetime();
const cursorId = z.uuid();

/** PostgreSQL knows no year 0. */
const isInstant = (text: string) => cursorInstant.safeParse(text).success && !text.startsWith('0000');

/** `null`, the top of the list, for a cursor that is not one of ours. */
function readCursor(cursor: string): { at: string; id: string } | null {
  const [at = '', id = ''] = cursor.split(' ');
  // Whatever else a cursor says would be an error of the database.
  const isOurs = isInstant(at) && cursorId.safeParse(id).success;
  return isOurs ? { at, id } : null;
}

/** Marks the actor's own notifications as read: the given ones, or all (`null`). @returns how many are left */
export async function readAll(
  deps: Pick<NotifyDeps, 'bus' | 'now'>,
  { tx, whenCommitted }: Unit,
  actor: Actor,
  ids: readonly string[] | null,
): Promise<Outcome<{ unread: number }>> {
  if (!mayDo(actor, 'notifications.read')) return denied('not-allowed');
  const { organisationId, memberId } = actor;
  await markRead(tx, organisationId, memberId, ids, deps.now());
  whenCommitted(() => announceTo(deps.bus, organisationId, [memberId]));
  return done({ unread: await countUnread(tx, actor) });
}

/** The kinds the actor hears of in the app. */
export async function readChoices(
  db: Database | Tx,
  actor: Actor,
): Promise<Outcome<{ inApp: NotificationKind[] }>> {
  if (!mayDo(actor, 'notifications.read')) return denied('not-allowed');
  const muted = await listMuted(db, actor.organisationId, actor.memberId);
  return done({ inApp: notificationKinds.filter((kind) => !muted.includes(kind)) });
}

export async function choose(
  { tx }: Unit,
  actor: Actor,
  inApp: readonly NotificationKind[],
): Promise<Outcome<{ inApp: NotificationKind[] }>> {
  if (!mayDo(actor, 'notifications.read')) return denied('not-allowed');
  await saveChoices(tx, actor.organisationId, actor.memberId, inApp);
  return readChoices(tx, actor);
}
