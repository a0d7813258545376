// Which sessions a member may see, as a condition for the queries of every folder that lists them. The domain's table decides; this
// narrows to the same sessions, and a test holds the two together.
import type { Actor } from '@attune/domain';
import { and, eq, inArray, isNull, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Tx } from './client.ts';
import { observer, participant, putOut, session } from './schema.ts';

const never = sql`false`;
const always = sql`true`;

/** `mayTakePartIn` in SQL. */
const openTo = (actor: Actor): SQL => openOrGranted(actor, ({ lobId }) => eq(session.lobId, lobId));

/** `mayListIn` in SQL. */
const listedFor = (actor: Actor): SQL =>
  openOrGranted(actor, ({ lobId }) => or(isNull(session.lobId), eq(session.lobId, lobId)));

/** What is organisation-wide, what is of a client granted whole, and of a line granted alone what `ofLine` says. */
function openOrGranted(
  { access }: Actor,
  ofLine: (grant: { readonly lobId: string }) => SQL | undefined,
): SQL {
  if (access.kind === 'organisation') return always;
  const granted = access.grants.map(({ clientId, lobId }) =>
    and(eq(session.clientId, clientId), lobId === null ? undefined : ofLine({ lobId })),
  );
  return or(isNull(session.clientId), ...granted) ?? never;
}

/** Where the actor has a place that opens something: not one they are excused from. */
const placeOf = (db: Database | Tx, { memberId }: Actor) =>
  db
    .select({ id: participant.sessionId })
    .from(participant)
    .where(and(eq(participant.memberId, memberId), ne(participant.state, 'excused')));

const shutTo = (db: Database | Tx, { memberId }: Actor) =>
  db
    .select({ one: sql`1` })
    .from(putOut)
    .where(and(eq(putOut.memberId, memberId), eq(putOut.sessionId, session.id)));

const watchedBy = (db: Database | Tx, { memberId }: Actor) =>
  db.select({ id: observer.sessionId }).from(observer).where(eq(observer.memberId, memberId));

/**
 * The sessions `session.read` allows the actor. What the permissions do not give is left out rather than written as false: where
 * only one's own place is left, PostgreSQL starts from one's own few sessions instead of asking about each of all.
 */
export function visibleTo(db: Database | Tx, actor: Actor): SQL {
  const holds = (permission: Actor['permissions'][number]) => actor.permissions.includes(permission);
  const managed = holds('calibration.manage') ? openTo(actor) : undefined;
  // Whoever manages sees these already.
  const own =
    !managed && holds('calibration.participate')
      ? and(
          openTo(actor),
          inArray(session.id, placeOf(db, actor).unionAll(watchedBy(db, actor))),
          notExists(shutTo(db, actor)),
        )
      : undefined;
  const records = holds('report.read')
    ? and(inArray(session.status, ['resolved', 'closed']), listedFor(actor))
    : undefined;
  const within = actor.limit ? eq(session.id, actor.limit.sessionId) : undefined;
  return and(within, or(managed, own, records) ?? never) ?? never;
}
