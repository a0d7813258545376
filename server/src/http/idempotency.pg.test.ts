// Commands sent twice, at once, and under the same key as another, against real routes.
import { createHash, randomUUID } from 'node:crypto';
import { messageType } from '@attune/contract';
import { describe, expect } from 'vitest';
import {
  makeOrganisation,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../../../test/support/people.ts';
import { openRoom, until } from '../../../test/support/rooms.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import type { RunningServer } from '../start.ts';

let server: RunningServer;
let lead: Person;
let other: Person;
let admin: Person;

const imports = '/api/scorecards/import';
const named = (name: string) => ({ ...scaleDocument(1), name });
const countOf = async (name: string) =>
  ((await lead.get('/api/scorecards')).body as { scorecards: { name: string }[] }).scorecards.filter(
    (scorecard) => scorecard.name === name,
  ).length;

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  const organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  other = await organisation.member('Marcus', ['lead']);
  admin = await organisation.member('Sofia', ['admin']);
}, longestSetUpMs);

describe('a command with a key', () => {
  it('[house 5] sent again, gets the first reply and happens once', async () => {
    const key = randomUUID();
    const first = await lead.send('POST', imports, named('Once'), key);
    const again = await lead.send('POST', imports, named('Once'), key);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await countOf('Once')).toBe(1);
  });

  it('[house 5] sent many times at once, more than there are connections, happens once', async () => {
    const key = randomUUID();
    const sent = Array.from({ length: 40 }, () => lead.send('POST', imports, named('Burst'), key));
    const replies = await Promise.all(sent);
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await countOf('Burst')).toBe(1);
  });

  it('[house 5] different commands at once, more than there are connections, all happen', async () => {
    const sent = Array.from({ length: 60 }, () => lead.send('POST', imports, named('Crowd'), randomUUID()));
    const replies = await Promise.all(sent);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    expect(await countOf('Crowd')).toBe(60);
  });

  it('[house 5] another body, path or query under the same key is refused and does nothing', async () => {
    const key = randomUUID();
    const dry = await lead.send('POST', `${imports}?dryRun=true`, named('Reused'), key);
    expect(dry.status).toBe(200);
    const others = [
      lead.send('POST', imports, named('Reused'), key),
      lead.send('POST', `${imports}?dryRun=true`, named('Other'), key),
      lead.send('POST', `/api/scorecards/${randomUUID()}/publish`, undefined, key),
    ];
    for (const reply of await Promise.all(others)) {
      expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('/problems/key-reused')]);
    }
    expect(await countOf('Reused')).toBe(0);
  });

  it('[house 5] a refusal is repeated too, as a problem', async () => {
    const key = randomUUID();
    const path = `/api/scorecards/${randomUUID()}/publish`;
    const first = await lead.send('POST', path, undefined, key);
    const again = await lead.send('POST', path, undefined, key);
    expect([first.status, again.status, again.text]).toEqual([404, 404, first.text]);
    expect(again.headers.get('content-type')).toContain('application/problem+json');
  });

  it('[house 5] whose reply cannot be kept leaves nothing behind, tells nobody, and happens on the repeat', async () => {
    const { sql } = server.connection;
    const versionId = await publishScorecard(lead, named('Crash'));
    const [key, settings] = [randomUUID(), { name: 'Crash', scorecardVersionId: versionId }];
    // Stands for a server that dies between what the command wrote and its reply.
    await sql.unsafe(`
      create function refuse_reply() returns trigger language plpgsql as $$
        begin if new.key = '${key}' then raise exception 'gone'; end if; return new; end $$;
      create trigger refuse_reply before insert on command_reply for each row execute function refuse_reply()`);
    const feed = openRoom(server.url, `feed/${lead.memberId}`, lead.cookie);
    await until('the feed is open', () => feed.provider.wsconnected);
    const failed = await lead.send('POST', '/api/sessions', settings, key);
    expect([failed.status, failed.text]).toEqual([500, expect.stringContaining('/problems/internal')]);
    const made = () => sql`select id from session where name = 'Crash'`.then((rows) => rows.length);
    expect(await made()).toBe(0);
    await sql.unsafe('drop trigger refuse_reply on command_reply; drop function refuse_reply()');

    const replies = [
      await lead.send('POST', '/api/sessions', settings, key),
      await lead.send('POST', '/api/sessions', settings, key),
    ];
    expect(replies.map(({ status, text }) => [status, text])).toEqual([
      [201, replies[0]?.text],
      [201, replies[0]?.text],
    ]);
    expect(await made()).toBe(1);
    await until('the feed tells', () => feed.heard(messageType.hint).length > 0);
    const { id } = JSON.parse(replies[0]?.text ?? '{}') as { id: string };
    expect(feed.heard(messageType.hint).map(({ sessionId }) => sessionId)).toEqual([id]);
    feed.close();
  });

  it('[house 5] that fails by our fault undoes what it had written', async () => {
    const { sql } = server.connection;
    const versionId = await publishScorecard(lead, named('Half'));
    await sql.unsafe(`
      create function refuse_change() returns trigger language plpgsql as $$
        begin raise exception 'gone'; end $$;
      create trigger refuse_change before insert on session_change for each row execute function refuse_change()`);
    const settings = { name: 'Half', scorecardVersionId: versionId };
    const key = randomUUID();
    expect((await lead.send('POST', '/api/sessions', settings, key)).status).toBe(500);
    await sql.unsafe('drop trigger refuse_change on session_change; drop function refuse_change()');
    expect((await lead.send('POST', '/api/sessions', settings, key)).status).toBe(201);
    expect(await sql`select id from session where name = 'Half'`).toHaveLength(1);
  });

  it('[live 5] what is kept of it tells nobody who reads the database the link it made, or the answer it gave', async () => {
    const { sql } = server.connection;
    const invitation = { email: 'kept@example.org', roles: ['agent'], access: { kind: 'organisation' } };
    const key = randomUUID();
    const first = await admin.send('POST', '/api/invitations', invitation, key);
    const again = await admin.send('POST', '/api/invitations', invitation, key);
    expect([first.status, again.text]).toEqual([201, first.text]);
    const token = (first.body as { link: string }).link.split('#')[1] ?? '';
    const rows = await sql<{ text: string; hash: Buffer }[]>`
      select command_reply::text as text, body_hash as hash from command_reply where key = ${key}`;
    const plain = createHash('sha256').update(JSON.stringify(invitation)).digest();
    expect(token).toHaveLength(43);
    expect(rows.map(({ text, hash }) => [text.includes(token), hash.equals(plain)])).toEqual([
      [false, false],
    ]);
  });

  it('[O1] a key is one person’s own: another’s command under it is another command', async () => {
    const key = randomUUID();
    const mine = await lead.send('POST', imports, named('Keys'), key);
    const theirs = await other.send('POST', imports, named('Keys'), key);
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.text).not.toBe(mine.text);
  });

  it('[house 5] a key that is none is refused', async () => {
    const reply = await lead.send('POST', imports, named('Short'), 'short');
    expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('header:idempotency-key')]);
  });
});
