// The Calibrations list at 100,000 sessions (C1), by what PostgreSQL means to do: a page is read along an index, from its first
// row or from the cursor's, never sorted out of all. Plans are asked for, not the time they take.
import { type SessionListQuery, sessionListQuery } from '@attune/contract';
import { type Actor, permissions, permissionsOf } from '@attune/domain';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect, type Database } from '../db/client.ts';
import { listSessions, selectPage } from './list.store.ts';
import { type Home, makeHome } from './session-rows.fixture.ts';

let database: FreshDatabase;
let connection: Connection;
let db: Database;
let home: Home;
let lead: Actor;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url, 1);
  db = connection.db;
  home = await makeHome(db);
  await fill(home);
  const { organisationId, members } = home;
  lead = {
    memberId: members.ana,
    organisationId,
    permissions,
    access: { kind: 'organisation' },
    shutPlaces: [],
    limit: null,
  };
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

/** Years of sessions: nearly all closed, several with the same name, a quarter without a due date, a few hundred of one's own. */
async function fill({ organisationId, clientId, lobId, members, cards }: Home): Promise<void> {
  await db.execute(sql`
    insert into session (id, organisation_id, status, facilitator_id, name, scorecard_version_id, client_id, lob_id,
      threshold_hundredths, due_at, wrapped_key, audit_head, flagged_question_ids, created_by, created_at, status_at)
    select gen_random_uuid(), ${organisationId}::uuid, status,
      case when n % 50 = 0 then ${members.max}::uuid else ${members.ben}::uuid end,
      'Week ' || n % 3000, ${cards[0]?.versionId}::uuid,
      case when n % 3 > 0 then ${clientId}::uuid end, case when n % 3 = 2 then ${lobId}::uuid end,
      1000, case when n % 4 > 0 then at + interval '5 days' end, '', '',
      case when status in ('draft', 'scoring') then null else '[]'::jsonb end, ${members.ana}::uuid, at, at
    from generate_series(1, 100000) n,
      lateral (select case when n % 100 < 96 then 'closed'
          else (array['draft', 'scoring', 'review', 'resolved'])[n % 100 - 95] end as status,
        timestamptz '2026-03-01' - n / 3 * interval '20 minutes' as at) derived`);
  await db.execute(sql`
    insert into participant (id, organisation_id, session_id, member_id, place)
    select gen_random_uuid(), organisation_id, id, case when n % 10 = 0 then ${members.me}::uuid else ${members.chidi}::uuid end, 1
    from (select *, row_number() over (order by id) as n from session) numbered where n <= 4000`);
  await db.execute(sql`analyze session, participant, observer`);
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}
const planNode: z.ZodMiniType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.optional(z.string()),
    'Index Name': z.optional(z.string()),
    Plans: z.optional(z.array(planNode)),
  }),
);
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planNode })]) })]);

/** How the page would be found, node by node, small tables left out. */
async function planOf(actor: Actor, query: SessionListQuery): Promise<string[]> {
  const rows = await db.execute(sql`explain (format json) ${selectPage(db, actor, query)}`);
  const [
    {
      'QUERY PLAN': [{ Plan: top }],
    },
  ] = explained.parse([...rows]);
  const steps: string[] = [];
  const walk = (node: PlanNode) => {
    const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = node;
    if (/Sort/.test(type)) steps.push(type);
    if (table === 'session' || table === 'participant')
      steps.push(index ? `${type} ${index}` : `${type} ${table}`);
    for (const below of node.Plans ?? []) walk(below);
  };
  walk(top);
  return steps;
}

/** Plans of the first page and of the one after it. */
async function plansOf(actor: Actor, asked: Partial<SessionListQuery>): Promise<string[][]> {
  const query = sessionListQuery.parse(asked);
  const { sessions, nextCursor } = await listSessions(db, actor, query);
  expect([asked, sessions.length, nextCursor !== null]).toEqual([asked, 50, true]);
  const later = { ...query, cursor: nextCursor ?? '' };
  return [await planOf(actor, query), await planOf(actor, later)];
}

const indexOf = {
  created: 'session_created',
  name: 'session_by_name',
  status: 'session_by_rank',
  due: 'session_by_due',
} as const;

describe('a page of 100,000', () => {
  for (const sort of ['created', 'name', 'status', 'due'] as const) {
    for (const order of ['asc', 'desc'] as const) {
      it(`[C1] by ${sort}, ${order}, is read along ${indexOf[sort]}, the first and a later one`, async () => {
        const along = [`Index Scan ${indexOf[sort]}`];
        expect(await plansOf(lead, { sort, order })).toEqual([along, along]);
      });
    }
  }

  it('[C1] of a status, a facilitator or a client, latest first, is read along an index of those', async () => {
    const { clientId, members } = home;
    for (const [asked, index] of [
      [{ status: 'draft' }, 'session_by_status'],
      [{ facilitatorId: members.max }, 'session_by_facilitator'],
      [{ clientId }, 'session_by_client'],
    ] as const) {
      const along = [`Index Scan ${index}`];
      expect([asked, ...(await plansOf(lead, asked))]).toEqual([asked, along, along]);
    }
  });

  it('[C1 O3] of what a manager or a lead with part of the access may see is read along an index too', async () => {
    const { clientId, lobId } = home;
    const access = { kind: 'grants', grants: [{ clientId, lobId }] } as const;
    for (const actor of [
      { ...lead, access, permissions: permissionsOf(['lead']) },
      { ...lead, permissions: permissionsOf(['manager']) },
      { ...lead, access, permissions: permissionsOf(['manager']) },
    ]) {
      const along = ['Index Scan session_created'];
      expect(await plansOf(actor, {})).toEqual([along, along]);
    }
  });

  it('[C1] of an evaluator’s own, and of what is mine, starts from those few and reads no table whole', async () => {
    const me = { ...lead, memberId: home.members.me };
    for (const [actor, asked] of [
      [{ ...me, permissions: permissionsOf(['evaluator']) }, {}],
      [{ ...me, permissions: permissionsOf(['evaluator']) }, { mine: 'true' }],
      [me, { mine: 'true' }],
    ] as const) {
      for (const plan of await plansOf(actor, asked)) {
        expect(plan).toContain('Index Scan session_pkey');
        expect(plan.filter((step) => step.startsWith('Seq Scan'))).toEqual([]);
      }
    }
  });
});
