// SQL of the Calibrations list (C1): filters, order, pages by cursor. What a member may see is
// `db/visible.ts`'s to say.

import { type SessionListQuery, type SessionSummary, storablePattern } from '@attune/contract';
import { type Actor, maySession, nextDay, type Scope, startOfDay } from '@attune/domain';
import { and, asc, desc, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import {
  client,
  dueOrNever,
  lob,
  member,
  observer,
  organisation,
  participant,
  putOut,
  scorecardVersion,
  session,
  statusRank,
} from '../db/schema.ts';
import { scopeOfColumns } from '../db/scope.ts';
import { inSnapshot } from '../db/transact.ts';
import { visibleTo } from '../db/visible.ts';

const partOf = (db: Database | Tx, { memberId }: Actor) =>
  db.select({ id: participant.sessionId }).from(participant).where(eq(participant.memberId, memberId));

const ledBy = (db: Database | Tx, { organisationId, memberId }: Actor) => {
  const led = alias(session, 'led');
  return db
    .select({ id: led.id })
    .from(led)
    .where(and(eq(led.organisationId, organisationId), eq(led.facilitatorId, memberId)));
};

/** What a list is sorted by, each the expression of an index. */
const sortKeys = {
  created: { key: sql<string>`${session.createdAt}`, cast: 'timestamptz' },
  name: { key: sql<string>`lower(${session.name})`, cast: 'text' },
  status: { key: statusRank(session.status), cast: 'int' },
  // Sessions without a due date come last in ascending order, first in descending.
  due: { key: dueOrNever(session.dueAt), cast: 'timestamptz' },
} as const;

const cursorSchema = z.tuple([z.string(), z.uuid()]);
/** Keys as PostgreSQL writes them: whatever else a cursor says would be an error of the database. */
const keyPatterns = {
  timestamptz: /^(?:infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::?\d\d)?)$/,
  int: /^\d$/,
  text: storablePattern,
} as const;

/** `null` for a cursor that is not one of ours. */
function readCursor(cursor: string, cast: keyof typeof keyPatterns): [string, string] | null {
  try {
    const [key, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return keyPatterns[cast].test(key) ? [key, id] : null;
  } catch {
    return null;
  }
}

const writeCursor = (key: string, id: string) => Buffer.from(JSON.stringify([key, id])).toString('base64url');

const knownStatuses = ['draft', 'scoring', 'review', 'resolved', 'closed'] as const;

/** What PostgreSQL reads as it is written: there was no year 0. */
const isInOurEra = (instant: string) => /^(?!0000)\d{4}-/.test(instant);

/** The query with instants in the place of days, which are the organisation's; a day at the end of time bounds nothing. */
async function withInstants(db: Database | Tx, organisationId: string, query: SessionListQuery) {
  const isDay = (text: string | undefined) => text !== undefined && !text.includes('T');
  if (!isDay(query.from) && !isDay(query.to)) return query;
  const [host] = await db
    .select({ timeZone: organisation.timeZone })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  const begins = (day: string) => startOfDay(day, host?.timeZone ?? 'UTC');
  const ends = (day: string) => new Date(Date.parse(begins(nextDay(day))) - 1).toISOString();
  const bound = (text: string | undefined, instantOf: (day: string) => string) => {
    const instant = text !== undefined && isDay(text) ? instantOf(text) : text;
    return instant !== undefined && isInOurEra(instant) ? instant : undefined;
  };
  return { ...query, from: bound(query.from, begins), to: bound(query.to, ends) };
}

function filtersOf(db: Database | Tx, actor: Actor, query: SessionListQuery): (SQL | undefined)[] {
  const statuses = query.status?.split(',') ?? [];
  const text = query.text?.trim();
  const pattern = text ? `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%` : undefined;
  return [
    statuses.length > 0
      ? inArray(
          session.status,
          knownStatuses.filter((status) => statuses.includes(status)),
        )
      : undefined,
    query.scorecardId ? eq(scorecardVersion.scorecardId, query.scorecardId) : undefined,
    query.clientId ? eq(session.clientId, query.clientId) : undefined,
    query.lobId ? eq(session.lobId, query.lobId) : undefined,
    query.facilitatorId ? eq(session.facilitatorId, query.facilitatorId) : undefined,
    pattern
      ? sql`(${session.name} ilike ${pattern} or ${session.interactionReference} ilike ${pattern})`
      : undefined,
    query.from ? gte(session.createdAt, query.from) : undefined,
    query.to ? lte(session.createdAt, query.to) : undefined,
    query.mine === 'true' ? inArray(session.id, partOf(db, actor).unionAll(ledBy(db, actor))) : undefined,
  ];
}

/** The query of one page, days made instants, a row longer than it: whether there is another. Apart from `listSessions` so that its plan can be asked for. */
export function selectPage(db: Database | Tx, actor: Actor, query: SessionListQuery) {
  const { key, cast } = sortKeys[query.sort];
  const cursor = query.cursor ? readCursor(query.cursor, cast) : null;
  const beyond = cursor
    ? query.order === 'asc'
      ? sql`(${key}, ${session.id}) > (${cursor[0]}::${sql.raw(cast)}, ${cursor[1]}::uuid)`
      : sql`(${key}, ${session.id}) < (${cursor[0]}::${sql.raw(cast)}, ${cursor[1]}::uuid)`
    : undefined;
  const direction = query.order === 'asc' ? asc : desc;
  return db
    .select({
      id: session.id,
      number: session.changeNumber,
      name: session.name,
      status: session.status,
      scorecardName: scorecardVersion.name,
      clientId: session.clientId,
      lobId: session.lobId,
      clientName: client.name,
      lobName: lob.name,
      facilitatorId: session.facilitatorId,
      facilitatorName: member.name,
      flagged: sql<number | null>`jsonb_array_length(${session.flaggedQuestionIds})`,
      interactionReference: session.interactionReference,
      meetingAt: session.meetingAt,
      dueAt: session.dueAt,
      createdAt: session.createdAt,
      statusAt: session.statusAt,
      sortKey: sql<string>`${key}::text`,
    })
    .from(session)
    .innerJoin(scorecardVersion, eq(scorecardVersion.id, session.scorecardVersionId))
    .innerJoin(member, eq(member.id, session.facilitatorId))
    .leftJoin(client, eq(client.id, session.clientId))
    .leftJoin(lob, eq(lob.id, session.lobId))
    .where(
      and(
        eq(session.organisationId, actor.organisationId),
        visibleTo(db, actor),
        ...filtersOf(db, actor, query),
        beyond,
      ),
    )
    .orderBy(direction(key), direction(session.id))
    .limit(query.limit + 1);
}

/** One page of the sessions the actor may read. An unreadable cursor starts from the top. */
export async function listSessions(
  db: Database,
  actor: Actor,
  query: SessionListQuery,
): Promise<{ sessions: SessionSummary[]; nextCursor: string | null }> {
  const { rows, people } = await inSnapshot(db, async (tx) => {
    const rows = await selectPage(tx, actor, await withInstants(tx, actor.organisationId, query));
    const ids = rows.slice(0, query.limit).map(({ id }) => id);
    return { rows, people: await peopleOf(tx, ids) };
  });
  const page = rows.slice(0, query.limit);
  const sessions = page
    .map((row): SessionSummary | null => {
      const { participants, observers, putOut } = people.get(row.id) ?? nobody;
      const scope: Scope = scopeOfColumns(row);
      const subject = {
        ...row,
        organisationId: actor.organisationId,
        scope,
        participants,
        observers,
        waiting: [],
        putOut,
      };
      if (!maySession(actor, 'session.read', subject)) return null;
      const own = participants.find(
        ({ memberId }) => memberId === actor.memberId && !putOut.includes(memberId),
      );
      const counted = participants.filter(({ state }) => state !== 'excused');
      return {
        id: row.id,
        number: row.number,
        name: row.name,
        status: row.status,
        scorecardName: row.scorecardName,
        scope,
        clientName: row.clientName,
        lobName: row.lobName,
        facilitator: { memberId: row.facilitatorId, name: row.facilitatorName },
        submitted: counted.filter(({ state }) => state === 'submitted').length,
        participants: counted.length,
        flagged: row.flagged,
        interactionReference: row.interactionReference,
        meetingAt: row.meetingAt && toIso(row.meetingAt),
        dueAt: row.dueAt && toIso(row.dueAt),
        createdAt: toIso(row.createdAt),
        statusAt: toIso(row.statusAt),
        own: own ? { participantId: own.id, state: own.state } : null,
      };
    })
    .filter((summary) => summary !== null);
  const last = page.at(-1);
  const nextCursor = rows.length > query.limit && last ? writeCursor(last.sortKey, last.id) : null;
  return { sessions, nextCursor };
}

interface People {
  readonly participants: { id: string; memberId: string; state: 'scoring' | 'submitted' | 'excused' }[];
  readonly observers: string[];
  readonly putOut: string[];
}

const nobody: People = { participants: [], observers: [], putOut: [] };

/** Who takes part in, watches and was put out of each session. */
async function peopleOf(db: Tx, sessionIds: readonly string[]): Promise<Map<string, People>> {
  const bySession = new Map(
    sessionIds.map((id): [string, People] => [id, { participants: [], observers: [], putOut: [] }]),
  );
  if (sessionIds.length === 0) return bySession;
  const { id, sessionId, memberId, state } = participant;
  const rows = await db
    .select({ id, sessionId, memberId, state })
    .from(participant)
    .where(inArray(sessionId, [...sessionIds]));
  for (const { sessionId, ...person } of rows) bySession.get(sessionId)?.participants.push(person);
  const watching = await db
    .select()
    .from(observer)
    .where(inArray(observer.sessionId, [...sessionIds]));
  for (const row of watching) bySession.get(row.sessionId)?.observers.push(row.memberId);
  const out = await db
    .select()
    .from(putOut)
    .where(inArray(putOut.sessionId, [...sessionIds]));
  for (const row of out) bySession.get(row.sessionId)?.putOut.push(row.memberId);
  return bySession;
}
