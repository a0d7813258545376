// A database made by the version before, brought to this one: what stood in it is what people would expect to find.
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FreshDatabase } from '../../../test/support/postgres.ts';
import { databaseBefore } from '../../../test/support/upgrade.ts';
import { migrate } from './migrate.ts';

/** The last migration of the version that still made personal links. */
const lastBefore = '0003_list_orders';

let database: FreshDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await databaseBefore(lastBefore);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

it('[J2] living personal links and their sign-ins end, places entered that way are marked, and what was begun is known', async () => {
  const organisationId = randomUUID();
  const [scorecardId, versionId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into organisation (id, name) values (${organisationId}, 'Northwind')`;
  const people: Record<string, { member: string; participant: string; user: string }> = {};
  for (const name of ['lead', 'opened', 'asked', 'typed', 'submitted', 'idle']) {
    const [member, participant, user] = [randomUUID(), randomUUID(), randomUUID()];
    people[name] = { member, participant, user };
    await sql`insert into "user" (id, name, email) values (${user}, ${name}, ${`${name}@example.org`})`;
    await sql`insert into member (id, organisation_id, user_id, name, roles)
      values (${member}, ${organisationId}, ${user}, ${name}, '{evaluator}')`;
  }
  const of = (name: string) => people[name] ?? { member: '', participant: '', user: '' };
  await sql`insert into scorecard (id, organisation_id) values (${scorecardId}, ${organisationId})`;
  await sql`insert into scorecard_version (id, organisation_id, scorecard_id, version, name, content, published_at)
    values (${versionId}, ${organisationId}, ${scorecardId}, 1, 'Calls', '{}'::jsonb, now())`;
  await sql`insert into session (id, organisation_id, status, facilitator_id, name, scorecard_version_id, threshold_hundredths,
      transcript, wrapped_key, audit_head, created_by, status_at, scoring_at)
    values (${sessionId}, ${organisationId}, 'scoring', ${of('lead').member}, 'March', ${versionId}, 1000,
      '[]'::jsonb, '\\x00', '\\x00', ${of('lead').member}, now(), '2026-03-02T09:00:00Z')`;
  for (const [place, name] of ['opened', 'asked', 'typed', 'submitted', 'idle'].entries()) {
    const at = name === 'submitted' ? '2026-03-02T10:00:00Z' : null;
    await sql`insert into participant (id, organisation_id, session_id, member_id, place, state, submitted_at)
      values (${of(name).participant}, ${organisationId}, ${sessionId}, ${of(name).member}, ${place + 1},
        ${at ? 'submitted' : 'scoring'}, ${at})`;
  }
  const documentId = randomUUID();
  await sql`insert into document (id, organisation_id, session_id, kind, participant_id)
    values (${documentId}, ${organisationId}, ${sessionId}, 'sealed', ${of('typed').participant})`;
  await sql`insert into document_update (document_id, row_id, bytes) values (${documentId}, ${randomUUID()}, '\\x00')`;

  const linkFor = async (name: string | null, usedAt: string | null) => {
    const id = randomUUID();
    await sql`insert into session_link (id, organisation_id, session_id, kind, participant_id, token_hash, created_by, expires_at, used_at)
      values (${id}, ${organisationId}, ${sessionId}, ${name ? 'personal' : 'join'}, ${name ? of(name).participant : null},
        ${Buffer.from(id)}, ${of('lead').member}, now() + interval '7 days', ${usedAt})`;
    return id;
  };
  const signIn = async (name: string, linkId?: string | null) => {
    const id = randomUUID();
    await sql`insert into sign_in (id, token, user_id, expires_at)
      values (${id}, ${id}, ${of(name).user}, now() + interval '7 days')`;
    if (linkId !== undefined)
      await sql`insert into limited_sign_in (sign_in_id, organisation_id, session_id, link_id)
        values (${id}, ${organisationId}, ${sessionId}, ${linkId})`;
    return id;
  };
  const opened = await linkFor('opened', '2026-03-02T09:30:00Z');
  const asked = await linkFor('asked', null);
  await linkFor('idle', null);
  const joinLink = await linkFor(null, null);
  await sql`insert into device_request (id, organisation_id, session_id, link_id, participant_id, secret_hash, device, state, asked_at, expires_at)
    values (${randomUUID()}, ${organisationId}, ${sessionId}, ${asked}, ${of('asked').participant}, '\\x01', 'Edge', 'used',
      '2026-03-02T09:40:00Z', now())`;
  await signIn('opened', opened);
  await signIn('asked', asked);
  const [guest, own] = [await signIn('typed', null), await signIn('submitted')];

  expect(await migrate(database.url)).toBeGreaterThan(0);

  const links = await sql<{ id: string }[]>`select id from session_link`;
  expect(links.map(({ id }) => id)).toEqual([joinLink]);
  const left = await sql<{ id: string }[]>`select id from sign_in`;
  expect(left.map(({ id }) => id).sort()).toEqual([guest, own].sort());
  const rows = await sql<{ name: string; begun: Date | null; opened: Date | null }[]>`
    select member.name, begun_at as begun, opened_by_link_at as opened from participant
    join member on member.id = participant.member_id order by place`;
  expect(
    rows.map(({ name, begun, opened: by }) => [
      name,
      begun?.toISOString() ?? null,
      by?.toISOString() ?? null,
    ]),
  ).toEqual([
    ['opened', null, '2026-03-02T09:30:00.000Z'],
    ['asked', null, '2026-03-02T09:40:00.000Z'],
    ['typed', '2026-03-02T09:00:00.000Z', null],
    ['submitted', '2026-03-02T10:00:00.000Z', null],
    ['idle', null, null],
  ]);
});
