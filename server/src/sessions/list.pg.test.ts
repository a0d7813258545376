// The Calibrations list over real rows (C1): what each filter keeps, what each order is, that pages hold every session once, and
// that SQL shows nobody more or less than the domain allows.
import { type SessionListQuery, sessionListQuery } from '@attune/contract';
import {
  type Access,
  type Actor,
  guestActor,
  maySession,
  type Permission,
  permissions,
  type Scope,
} from '@attune/domain';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect, type Database } from '../db/client.ts';
import { session } from '../db/schema.ts';
import { visibleTo } from '../db/visible.ts';
import { listSessions } from './list.store.ts';
import { type Home, insertSessions, makeHome, type SessionRow, statuses } from './session-rows.fixture.ts';

let database: FreshDatabase;
let connection: Connection;
let db: Database;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url, 4);
  db = connection.db;
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

const leadOf = ({ organisationId, members }: Home): Actor => ({
  memberId: members.ana,
  organisationId,
  permissions,
  access: { kind: 'organisation' },
  shutPlaces: [],
  limit: null,
});

type Asked = Partial<Record<keyof SessionListQuery, string>>;

/** The ids of every page, in the order they came. */
async function idsOf(actor: Actor, asked: Asked = {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const query: SessionListQuery = sessionListQuery.parse({ ...asked, ...(cursor ? { cursor } : {}) });
    const page = await listSessions(db, actor, query);
    ids.push(...page.sessions.map(({ id }) => id));
    cursor = page.nextCursor;
    if (new Set(ids).size < ids.length) throw new Error(`a session came twice, of ${ids.length}`);
  } while (cursor !== null);
  return ids;
}

describe('filters', () => {
  let home: Home;
  let lead: Actor;
  let rows: SessionRow[];
  let ids: string[];

  beforeAll(async () => {
    home = await makeHome(db);
    lead = leadOf(home);
    const { clientId, lobId, otherLobId, otherClientId, members } = home;
    const place = (memberId: string, state: 'scoring' | 'submitted' | 'excused' = 'scoring') => ({
      memberId,
      state,
    });
    rows = [
      {
        name: 'Week 12, cards',
        status: 'draft',
        facilitatorId: members.max,
        createdAt: '2026-03-01T23:59:59.999Z',
      },
      {
        name: 'Refunds 100 %',
        status: 'scoring',
        createdAt: '2026-03-02T00:00:00.000Z',
        participants: [place(members.me)],
      },
      { name: 'refunds_b', status: 'review', card: 1, createdAt: '2026-03-02T23:59:59.999Z', flagged: 3 },
      { name: 'C:\\calls', status: 'resolved', interactionReference: 'CALL-0042', facilitatorId: members.me },
      {
        status: 'closed',
        scope: { kind: 'client', clientId },
        createdAt: '2026-03-03T00:00:00.000Z',
        participants: [place(members.me, 'excused'), place(members.ben, 'submitted'), place(members.chidi)],
      },
      { name: 'Lines', status: 'draft', scope: { kind: 'lob', clientId, lobId }, observers: [members.me] },
      { status: 'scoring', scope: { kind: 'lob', clientId, lobId: otherLobId }, card: 1 },
      { status: 'closed', scope: { kind: 'client', clientId: otherClientId }, facilitatorId: members.max },
    ];
    ids = await insertSessions(db, home, rows);
  });

  it('[C1] each filter, alone and together, keeps exactly the sessions it names', async () => {
    const { clientId, lobId, otherClientId, members, cards } = home;
    const asked: [Asked, number[]][] = [
      [{}, [0, 1, 2, 3, 4, 5, 6, 7]],
      [{ status: 'draft' }, [0, 5]],
      [{ status: 'scoring' }, [1, 6]],
      [{ status: 'review' }, [2]],
      [{ status: 'resolved' }, [3]],
      [{ status: 'closed' }, [4, 7]],
      [{ status: 'draft,closed' }, [0, 4, 5, 7]],
      [{ status: 'unheard' }, []],
      [{ scorecardId: cards[0]?.id ?? '' }, [0, 1, 3, 4, 5, 7]],
      [{ scorecardId: cards[1]?.id ?? '' }, [2, 6]],
      [{ clientId }, [4, 5, 6]],
      [{ clientId: otherClientId }, [7]],
      [{ clientId, lobId }, [5]],
      [{ clientId: otherClientId, lobId }, []],
      [{ facilitatorId: members.max }, [0, 7]],
      [{ facilitatorId: members.me }, [3]],
      [{ facilitatorId: members.ben }, []],
      [{ text: 'refunds' }, [1, 2]],
      [{ text: ' WEEK 12 ' }, [0]],
      [{ text: 'call-0042' }, [3]],
      // What SQL takes for a wildcard is a character like any other.
      [{ text: '%' }, [1]],
      [{ text: '_' }, [2]],
      [{ text: '\\' }, [3]],
      [{ from: '2026-03-03' }, [4]],
      [{ to: '2026-03-01' }, [0]],
      [{ from: '2026-03-02', to: '2026-03-02' }, [1, 2, 3, 5, 6, 7]],
      // Days of a reader in Berlin.
      [{ from: '2026-03-01T23:00:00.000Z', to: '2026-03-02T22:59:59.999Z' }, [0, 1, 3, 5, 6, 7]],
      [{ status: 'scoring,draft', clientId, facilitatorId: members.ana, text: 'line' }, [5]],
    ];
    for (const [query, expected] of asked) {
      const got = (await idsOf(lead, query)).map((id) => ids.indexOf(id)).sort();
      expect([query, got]).toEqual([query, expected]);
    }
  });

  it('[C1] mine is what one scores in, though excused, or facilitates; watching is not', async () => {
    const me = { ...lead, memberId: home.members.me };
    expect((await idsOf(me, { mine: 'true' })).map((id) => ids.indexOf(id)).sort()).toEqual([1, 3, 4]);
  });

  it('[C1] a row shows progress without the excused, the flagged count once revealed, and the reader’s own place', async () => {
    const me = { ...lead, memberId: home.members.me };
    const { sessions } = await listSessions(db, me, sessionListQuery.parse({}));
    const row = (index: number) => sessions.find(({ id }) => id === ids[index]);
    expect(row(4)).toMatchObject({ submitted: 1, participants: 2, flagged: 0, own: { state: 'excused' } });
    expect(row(4)).toMatchObject({ clientName: 'Kestrel Bank', lobName: null, scorecardName: 'Scorecard 1' });
    expect(row(2)).toMatchObject({ flagged: 3, facilitator: { name: 'ana' }, own: null });
    expect(row(1)).toMatchObject({ flagged: null, own: { state: 'scoring' } });
  });
});

describe('orders and pages', () => {
  let lead: Actor;
  let rows: (SessionRow & { readonly id: string })[];

  beforeAll(async () => {
    const home = await makeHome(db);
    lead = leadOf(home);
    // Equal values everywhere: each of three names, instants and due dates many times, beside every status.
    const made = Array.from({ length: 60 }, (_, at) => ({
      name: ['Beta', 'alpha', 'Émile'][at % 3] ?? '',
      status: statuses[at % 5] ?? 'draft',
      createdAt: `2026-03-0${1 + (at % 4)}T10:00:00.000Z`,
      dueAt: [null, '2026-04-01T10:00:00.000Z', '2026-04-01T10:00:00.001Z'][(at >> 2) % 3] ?? null,
    }));
    const ids = await insertSessions(db, home, made);
    rows = made.map((row, at) => ({ ...row, id: ids[at] ?? '' }));
  });

  const keys = {
    created: ({ createdAt = '' }: SessionRow) => createdAt,
    name: ({ name = '' }: SessionRow) => ['alpha', 'beta', 'émile'].indexOf(name.toLowerCase()),
    status: ({ status = 'draft' }: SessionRow) => statuses.indexOf(status),
    // Without a due date: after everything that is due.
    due: ({ dueAt }: SessionRow) => dueAt ?? '9999',
  } as const;

  for (const sort of ['created', 'name', 'status', 'due'] as const) {
    for (const order of ['asc', 'desc'] as const) {
      it(`[C1] by ${sort}, ${order}: in order, and in pages of any size each session once`, async () => {
        const keyOf = keys[sort];
        const inOrder = [...rows].sort((one, other) => {
          const [a, b] = [keyOf(one), keyOf(other)];
          return a === b ? (one.id < other.id ? -1 : 1) : a < b ? -1 : 1;
        });
        const expected = (order === 'asc' ? inOrder : inOrder.reverse()).map(({ id }) => id);
        for (const limit of ['1', '7', '59', '60', '100'])
          expect([limit, await idsOf(lead, { sort, order, limit })]).toEqual([limit, expected]);
      });
    }
  }

  it('[C1] a cursor that is not one of ours starts from the top', async () => {
    const top = (await listSessions(db, lead, sessionListQuery.parse({ limit: '5' }))).sessions;
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of [
      'x',
      forged(['yesterday', top[0]?.id]),
      forged(['infinity', 'no id']),
      forged([1, 2]),
    ]) {
      const query = sessionListQuery.parse({ limit: '5', cursor });
      expect([cursor, (await listSessions(db, lead, query)).sessions]).toEqual([cursor, top]);
    }
  });

  it('[C1] a session that goes while one turns the page takes no other with it', async () => {
    const first = await listSessions(db, lead, sessionListQuery.parse({ limit: '20' }));
    const gone = first.sessions.at(-1)?.id ?? '';
    await db.delete(session).where(eq(session.id, gone));
    const rest = await idsOf(lead, { cursor: first.nextCursor ?? '' });
    expect([...first.sessions.map(({ id }) => id), ...rest].sort()).toEqual(rows.map(({ id }) => id).sort());
  });
});

describe('what one may see', () => {
  it('[C1 O2 O4] is in SQL exactly what the domain lets each person read', async () => {
    const home = await makeHome(db);
    const { organisationId, clientId, lobId, otherLobId, otherClientId, members } = home;
    const scopes: Scope[] = [
      { kind: 'organisation' },
      { kind: 'client', clientId },
      { kind: 'lob', clientId, lobId },
      { kind: 'lob', clientId, lobId: otherLobId },
      { kind: 'client', clientId: otherClientId },
    ];
    // Every status with every scope and every place that one can have in a session.
    const places: Partial<SessionRow>[] = [
      {},
      { facilitatorId: members.me },
      { observers: [members.me] },
      { observers: [members.me], putOut: [members.me] },
      { participants: [{ memberId: members.me, state: 'submitted' as const }], putOut: [members.me] },
      ...(['scoring', 'submitted', 'excused'] as const).map((state) => ({
        participants: [{ memberId: members.me, state }],
      })),
    ];
    const rows = statuses.flatMap((status) =>
      scopes.flatMap((scope) => places.map((place): SessionRow => ({ status, scope, ...place }))),
    );
    const ids = await insertSessions(db, home, rows);
    const elsewhere = await makeHome(db);
    await insertSessions(db, elsewhere, [{}, { status: 'closed' }]);

    const counted: Permission[] = ['calibration.manage', 'calibration.participate', 'report.read'];
    const held = Array.from({ length: 8 }, (_, bits) => counted.filter((_, at) => bits & (1 << at)));
    const grants = (...list: { clientId: string; lobId: string | null }[]): Access => ({
      kind: 'grants',
      grants: list,
    });
    const accesses: Access[] = [
      { kind: 'organisation' },
      grants(),
      grants({ clientId, lobId: null }),
      grants({ clientId, lobId }),
      grants({ clientId, lobId: otherLobId }, { clientId: otherClientId, lobId: null }),
    ];
    const actors: Actor[] = [
      ...held.flatMap((some) =>
        accesses.map((access) => ({
          memberId: members.me,
          organisationId,
          permissions: some,
          access,
          shutPlaces: [],
          limit: null,
        })),
      ),
      ...ids.slice(0, places.length).map((id) => guestActor(organisationId, members.me, id)),
    ];
    for (const actor of actors) {
      const allowed = ids.filter((id, at) => {
        const row = rows[at] ?? {};
        return maySession(actor, 'session.read', {
          id,
          organisationId,
          status: row.status ?? 'draft',
          scope: row.scope ?? { kind: 'organisation' },
          facilitatorId: row.facilitatorId ?? members.ana,
          participants: (row.participants ?? []).map((one) => ({ ...one, id })),
          observers: row.observers ?? [],
          waiting: [],
          putOut: row.putOut ?? [],
        });
      });
      const who = [actor.permissions, actor.access, actor.limit];
      const shown = await db
        .select({ id: session.id })
        .from(session)
        .where(and(eq(session.organisationId, organisationId), visibleTo(db, actor)));
      expect([who, shown.map(({ id }) => id).sort()]).toEqual([who, [...allowed].sort()]);
      expect([who, (await idsOf(actor, { limit: '100' })).sort()]).toEqual([who, [...allowed].sort()]);
    }
    expect(actors.length).toBeGreaterThan(40);
  });
});
