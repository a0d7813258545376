// SQL of scoring that is due soon: in which sessions, and who has not submitted.
import { and, eq, exists, gt, lte, not, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { member, notification, notificationChoice, participant, session } from '../db/schema.ts';

type Reader = Database | Tx;

/** Whoever has an inbox and has not submitted. */
const isMissing = and(
  eq(session.status, 'scoring'),
  eq(participant.state, 'scoring'),
  eq(member.guest, false),
);

/** As `toIso` writes it: what tells one due date from another in `notification.once`. */
const dueInWords = sql`to_char(${session.dueAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Sessions of every organisation that are due between the two instants, with someone who is missing and was not told. */
export async function listDueSoon(db: Reader, from: string, to: string) {
  const told = db
    .select({ id: notification.id })
    .from(notification)
    .where(
      and(
        eq(notification.memberId, participant.memberId),
        eq(notification.sessionId, session.id),
        eq(notification.kind, 'due-near'),
        eq(notification.once, dueInWords),
      ),
    );
  const muted = db
    .select({ kind: notificationChoice.kind })
    .from(notificationChoice)
    .where(
      and(
        eq(notificationChoice.memberId, participant.memberId),
        eq(notificationChoice.kind, 'due-near'),
        eq(notificationChoice.inApp, false),
      ),
    );
  const rows = await db
    .selectDistinct({ organisationId: session.organisationId, sessionId: session.id, dueAt: session.dueAt })
    .from(session)
    .innerJoin(participant, eq(participant.sessionId, session.id))
    .innerJoin(member, eq(member.id, participant.memberId))
    .where(
      and(isMissing, gt(session.dueAt, from), lte(session.dueAt, to), not(exists(told)), not(exists(muted))),
    );
  return rows.flatMap((row) => (row.dueAt ? [{ ...row, dueAt: toIso(row.dueAt) }] : []));
}

/** The members who are missing in a session; none where it is due at another time by now. */
export async function listMissing(
  db: Reader,
  organisationId: string,
  { sessionId, dueAt }: { readonly sessionId: string; readonly dueAt: string },
): Promise<string[]> {
  const rows = await db
    .select({ memberId: participant.memberId })
    .from(session)
    .innerJoin(participant, eq(participant.sessionId, session.id))
    .innerJoin(member, eq(member.id, participant.memberId))
    .where(
      and(
        isMissing,
        eq(session.organisationId, organisationId),
        eq(session.id, sessionId),
        eq(session.dueAt, dueAt),
      ),
    );
  return rows.map(({ memberId }) => memberId);
}
