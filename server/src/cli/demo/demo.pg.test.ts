// The demo organisation as people meet it: filled fast, once, with something true on every screen, and provable records (O6).

import { createHash, createHmac } from 'node:crypto';
import { type CalibrationRecord, type Hashes, type SessionStatus, verifyRecord } from '@attune/domain';
import { count } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { cookieOf, visitor } from '../../../../test/support/people.ts';
import { serverTest } from '../../../../test/support/team.ts';
import { connect } from '../../db/client.ts';
import { session } from '../../db/schema.ts';
import type { RunningServer } from '../../start.ts';
import { seedDemo } from './seed.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly status: SessionStatus;
}

const serverKey = new Uint8Array(32).fill(7);
const hashes: Hashes = {
  sha256: async (data) => createHash('sha256').update(data).digest(),
  hmacSha256: async (key, data) => createHmac('sha256', key).update(data).digest(),
};

let server: RunningServer;
let members: { id: string; name: string; roles: string[] }[];
let lead: ReturnType<typeof visitor>;
let listed: Listed[];

async function signedIn(memberId: string): Promise<ReturnType<typeof visitor>> {
  const reply = await visitor(server.url).send('POST', '/api/demo/sign-in', { memberId });
  return visitor(server.url, cookieOf(reply));
}

async function allSessions(): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const reply = await lead.get(`/api/sessions${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`);
    const page = reply.body as { sessions: Listed[]; nextCursor: string | null };
    found.push(...page.sessions);
    cursor = page.nextCursor;
  }
  return found;
}

const countSessions = async () =>
  (await server.connection.db.select({ found: count() }).from(session))[0]?.found;

const it = serverTest({
  config: { serverKey },
  async fill(databaseUrl) {
    const connection = connect(databaseUrl);
    await seedDemo({ db: connection.db, serverKey }, new Date());
    await connection.close(1_000);
  },
});

it.beforeAll(async ({ server: started }) => {
  server = started;
  members = ((await visitor(server.url).get('/api/welcome')).body as { demo: { members: typeof members } })
    .demo.members;
  lead = await signedIn(members.find(({ roles }) => roles.includes('admin'))?.id ?? '');
  listed = await allSessions();
}, 60_000);

describe('the demo organisation', () => {
  it('[O6] has members in every role, each of whom one click signs in', async () => {
    const roles = new Set(members.flatMap((member) => member.roles));
    expect([...roles].sort()).toEqual(['admin', 'agent', 'evaluator', 'lead', 'manager']);
    for (const { id, name } of members) {
      const me = (await (await signedIn(id)).get('/api/me')).body as { member: { name: string } };
      expect(me.member.name).toBe(name);
    }
  });

  it('[O6] has calibrations in every status and months of closed ones', () => {
    const of = (status: SessionStatus) => listed.filter((one) => one.status === status).length;
    expect(of('draft')).toBeGreaterThanOrEqual(2);
    expect(of('scoring')).toBeGreaterThanOrEqual(3);
    expect(of('review')).toBeGreaterThanOrEqual(2);
    expect(of('resolved')).toBeGreaterThanOrEqual(1);
    expect(of('closed')).toBeGreaterThanOrEqual(12);
  });

  it('[O6] speaks of no month or year, so that it is true on any day', () => {
    const dated =
      /january|february|april|june|july|august|september|october|november|december|20\d\d|week \d/i;
    expect(listed.map(({ name }) => name).filter((name) => dated.test(name))).toEqual([]);
  });

  it('[X1] every record of it proves that nothing was changed', async () => {
    const finished = listed.filter(({ status }) => status === 'resolved' || status === 'closed');
    for (const { id } of finished) {
      const reply = await lead.get(`/api/sessions/${id}/record`);
      const { record } = reply.body as { record: CalibrationRecord };
      expect([id, await verifyRecord(record, hashes)]).toEqual([
        id,
        { differing: [], reach: 'whole', withheld: 0 },
      ]);
    }
  });

  it('[O6] has scorecards with every kind of question, published ones and a draft', async () => {
    const { scorecards } = (await lead.get('/api/scorecards')).body as {
      scorecards: { id: string; status: string }[];
    };
    const of = (status: string) => scorecards.filter((one) => one.status === status).length;
    expect([of('published'), of('draft')]).toEqual([4, 1]);
    const exports = await Promise.all(scorecards.map(({ id }) => lead.get(`/api/scorecards/${id}/export`)));
    for (const type of ['binary', 'scale', 'rubric', 'checklist', 'text']) {
      expect(exports.some(({ text }) => text.includes(`"type":"${type}"`))).toBe(true);
    }
  });

  it('[O6] a second start leaves it as it is', async () => {
    const before = await countSessions();
    expect(await countSessions()).toBe(before);
  });
});
