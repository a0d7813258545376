// SQL of the security log: rows are added and read, and go when they are old; none is ever changed.
import type { SecurityEntry, SecurityQuery } from '@attune/contract';
import { and, desc, eq, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { validate as isUuid } from 'uuid';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { member, securityEvent, session } from '../db/schema.ts';

/** So long the log is kept. */
export const keptDays = 400;
const pageSize = 50;

/** Every row that is added takes a few that are too old with it, so that no timer has to. */
export async function insertSecurityEvent(tx: Tx, row: typeof securityEvent.$inferInsert): Promise<void> {
  await tx.insert(securityEvent).values(row);
  await tx.execute(sql`
    delete from ${securityEvent} where id in (
      select id from ${securityEvent} where at < now() - make_interval(days => ${keptDays})
      order by at limit 20 for update skip locked)`);
}

/** A page of an organisation's log, the newest first; `null` for a cursor that no page gave. */
export async function readSecurityPage(
  db: Database,
  organisationId: string,
  { kind, member: about, cursor }: SecurityQuery,
): Promise<{ entries: SecurityEntry[]; next: string | null } | null> {
  const after = cursor === undefined ? null : readCursor(cursor);
  if (cursor !== undefined && after === null) return null;
  const [actor, subject] = [alias(member, 'actor'), alias(member, 'subject')];
  const rows = await db
    .select({ event: securityEvent, actor: actor.name, member: subject.name, session: session.name })
    .from(securityEvent)
    .leftJoin(actor, and(eq(actor.id, securityEvent.actorId), eq(actor.organisationId, organisationId)))
    .leftJoin(
      subject,
      and(eq(subject.id, securityEvent.memberId), eq(subject.organisationId, organisationId)),
    )
    .leftJoin(
      session,
      and(eq(session.id, securityEvent.sessionId), eq(session.organisationId, organisationId)),
    )
    .where(
      and(
        eq(securityEvent.organisationId, organisationId),
        kind ? eq(securityEvent.kind, kind) : undefined,
        about ? or(eq(securityEvent.actorId, about), eq(securityEvent.memberId, about)) : undefined,
        after
          ? sql`(${securityEvent.at}, ${securityEvent.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(securityEvent.at), desc(securityEvent.id))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1)?.event : undefined;
  const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });
  return {
    entries: shown.map(({ event, ...names }) => ({
      id: event.id,
      at: toIso(event.at),
      kind: event.kind,
      actor: named(event.actorId, names.actor),
      member: event.memberId === event.actorId ? null : named(event.memberId, names.member),
      session: named(event.sessionId, names.session),
      address: event.address,
      device: event.device,
      detail: event.detail,
    })),
    next: last ? `${toIso(last.at)} ${last.id}` : null,
  };
}

function readCursor(cursor: string): { at: string; id: string } | null {
  const [at = '', id = ''] = cursor.split(' ');
  return !Number.isNaN(Date.parse(at)) && isUuid(id) ? { at: new Date(at).toISOString(), id } : null;
}
