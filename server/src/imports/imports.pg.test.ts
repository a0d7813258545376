// The way of a file into the server (E10): in parts, cut off and gone on with, and whatever it turns out to be.
import { randomUUID } from 'node:crypto';
import type { ImportView } from '@attune/contract';
import { describe, expect, vi } from 'vitest';
import {
  beginImport,
  bytesOf,
  readImport,
  sayYes,
  sendPart,
  settled,
  upload,
} from '../../../test/support/imports.ts';
import { scaleDocument } from '../../../test/support/people.ts';
import { accountsTest } from '../../../test/support/team.ts';
import { deleteOldImports } from './store.ts';

const it = accountsTest();
// Several files each, and each waits for threads of its own.
vi.setConfig({ testTimeout: 120_000 });
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

describe('a file in parts', () => {
  it('[E10] that is cut in the middle goes on where it stopped, whoever asks', async ({
    accounts: { admin },
    server,
  }) => {
    const mark = randomUUID().slice(0, 6);
    const bytes = bytesOf(`name\n${Array.from({ length: 60 }, (_, at) => `Row ${at} ${mark}`).join('\n')}`);
    const { id } = await beginImport(admin, 'members', bytes);
    expect((await sendPart(server.url, admin, id, 0, bytes.slice(0, 100))).view.receivedBytes).toBe(100);
    // The connection is gone before the part has come: nothing of it counts.
    const cut = new AbortController();
    const half = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(100, 150));
        setImmediate(() => cut.abort());
      },
    });
    const going = fetch(`${server.url}/api/imports/${id}/parts?offset=100`, {
      method: 'PUT',
      headers: {
        Origin: server.url,
        Cookie: admin.cookie,
        'Content-Type': 'application/octet-stream',
        'Content-Length': '200',
      },
      body: half,
      signal: cut.signal,
      duplex: 'half',
    } as RequestInit);
    await expect(going).rejects.toThrow();
    const again = await beginImport(admin, 'members', bytes);
    expect([again.id, again.receivedBytes, again.state]).toEqual([id, 100, 'uploading']);
    await sendPart(server.url, admin, id, 100, bytes.slice(100));
    expect((await settled(admin, id)).counts).toMatchObject({ make: 60, bad: 0 });
  });

  it('[E10] is refused a part that is not the next, with how much there is; a repeat changes nothing', async ({
    accounts: { admin },
    server,
  }) => {
    const bytes = bytesOf(`name\nA ${randomUUID()}\n`);
    const { id } = await beginImport(admin, 'members', bytes);
    await sendPart(server.url, admin, id, 0, bytes.slice(0, 10));
    for (const [offset, part] of [
      [0, bytes.slice(0, 10)],
      [20, bytes.slice(20)],
      [10, new Uint8Array(bytes.length)],
      [10, new Uint8Array(0)],
    ] as const) {
      const reply = await sendPart(server.url, admin, id, offset, part);
      expect([reply.status, reply.text]).toEqual([409, expect.stringContaining('stale')]);
      expect((JSON.parse(reply.text) as { present: ImportView }).present.receivedBytes).toBe(10);
    }
    await sendPart(server.url, admin, id, 10, bytes.slice(10));
    expect((await settled(admin, id)).counts?.make).toBe(1);
  });

  it('[E10] has limits: 8 MiB a part, 64 MiB in all, and bytes alone', async ({
    accounts: { admin },
    server,
  }) => {
    const body = { kind: 'members', name: 'x', sizeBytes: 64 * 1024 * 1024 + 1, hash: '0'.repeat(64) };
    expect((await admin.send('POST', '/api/imports', body)).status).toBe(422);
    const bytes = new Uint8Array(9 * 1024 * 1024);
    const { id } = await beginImport(admin, 'members', bytes);
    expect((await sendPart(server.url, admin, id, 0, bytes)).status).toBe(413);
    const json = await sendPart(server.url, admin, id, 0, bytesOf('{}'), {
      'Content-Type': 'application/json',
    });
    expect(json.status).toBe(400);
    expect((await readImport(admin, id)).receivedBytes).toBe(0);
  });

  it('[E10] that is another than was said is refused; one is its member’s alone, and goes after a day', async ({
    accounts,
    server,
  }) => {
    const { admin } = accounts;
    const bytes = bytesOf('name\nA\n');
    const { id } = await beginImport(admin, 'members', bytes, { hash: 'f'.repeat(64) });
    await sendPart(server.url, admin, id, 0, bytes);
    expect(await settled(admin, id)).toMatchObject({ state: 'refused', problem: { code: 'hash' } });
    const other = await accounts.member(['admin']);
    expect((await other.get(`/api/imports/${id}`)).status).toBe(404);
    expect((await other.send('DELETE', `/api/imports/${id}`)).status).toBe(404);
    const { db, sql } = server.connection;
    const dayAgo = new Date(Date.now() - 24 * 3_600_000).toISOString();
    await db.transaction((tx) => deleteOldImports(tx, dayAgo, 10));
    expect((await admin.get(`/api/imports/${id}`)).status).toBe(200);
    await sql`update file_import set created_at = now() - interval '25 hours' where id = ${id}`;
    await db.transaction((tx) => deleteOldImports(tx, dayAgo, 10));
    expect((await admin.get(`/api/imports/${id}`)).status).toBe(404);
    expect(await sql`select 1 from import_part where import_id = ${id}`).toHaveLength(0);
  });

  it('[E10] is given up by its owner, and by beginning with another', async ({
    accounts: { admin },
    server,
  }) => {
    const first = await upload(server.url, admin, 'members', `name\nA ${randomUUID()}`);
    const second = await upload(server.url, admin, 'members', `name\nB ${randomUUID()}`);
    expect((await admin.get(`/api/imports/${first.id}`)).status).toBe(404);
    expect((await admin.send('DELETE', `/api/imports/${second.id}`)).status).toBe(204);
    expect((await admin.get(`/api/imports/${second.id}`)).status).toBe(404);
  });
});

describe('a file that somebody saved', () => {
  it('[E10] is read as the usual programs write it', async ({ accounts: { admin }, server }) => {
    const mark = randomUUID().slice(0, 6);
    const text = `name;e-mail\r\nZoë ${mark};\r\n"Two\r\nlines ${mark}";\r\n`;
    for (const file of [`\uFEFF${text}`, text, latin1(text), utf16(text), text.replaceAll(';', '\t')]) {
      const { counts, bad } = await upload(server.url, admin, 'members', file);
      expect([counts?.make, bad]).toEqual([2, []]);
    }
    const done = await sayYes(admin, await upload(server.url, admin, 'members', latin1(text)));
    expect(done.state).toBe('done');
    expect((await admin.get(`/api/members?text=${mark}`)).text).toContain(`Zoë ${mark}`);
  });

  it('[E10] is refused as a whole where it is no table of members, with the place and what is known', async ({
    accounts: { admin },
    server,
  }) => {
    const known = ['name', 'e-mail', 'employee number', 'roles', 'access', 'active'];
    for (const [file, problem] of [
      ['', { code: 'empty' }],
      ['\uFEFF', { code: 'empty' }],
      ['\n\n', { code: 'empty' }],
      ['name,e-mail\n', { code: 'empty' }],
      ['\n\nname,shoe size,e-mail\nA,42,', { code: 'header-unknown', line: 3, found: ['shoe size'], known }],
      ['e-mail,roles\na@example.org,agent', { code: 'header-missing', line: 1, found: ['name'] }],
      ['name,Name\nA,B', { code: 'header-repeated', found: ['name'] }],
      ['name,roles\nA,agent\nB,"agent\nC,agent\n', { code: 'quote-open', line: 3 }],
      [new Uint8Array([0x50, 0x4b, 3, 4, 0, 1, 2, 3]), { code: 'encoding' }],
      [`name\n${'A\n'.repeat(50_001)}`, { code: 'too-many-rows' }],
    ] as const) {
      const view = await upload(server.url, admin, 'members', file);
      expect(view).toMatchObject({ state: 'refused', counts: null, problem });
      const yes = await admin.send('POST', `/api/imports/${view.id}/yes`, { plan: 'x' });
      expect(yes.status).toBe(409);
    }
  });
});

describe('a scorecard out of a file', () => {
  const document = (more: object = {}) => JSON.stringify({ ...scaleDocument(2), ...more }, null, 2);

  it('[S7 E10] shows what it is and what would keep it from being published, and is made by the yes', async ({
    accounts: { admin },
    server,
  }) => {
    const name = `Voice ${randomUUID()}`;
    const view = await upload(server.url, admin, 'scorecard', `\uFEFF${document({ name, passMark: 101 })}`);
    expect(view.problem).toMatchObject({ code: 'not-a-scorecard', errors: [{ pointer: '/passMark' }] });
    const blank = { id: 'blank', title: '', questions: [] };
    const ready = await upload(server.url, admin, 'scorecard', document({ name, sections: [blank] }));
    expect([ready.state, ready.counts?.make, ready.scorecard?.name]).toEqual(['ready', 1, name]);
    expect(ready.scorecard?.problems.length).toBeGreaterThan(0);
    const names = async () => (await admin.get('/api/scorecards')).text;
    expect(await names()).not.toContain(name);
    const done = await sayYes(admin, ready);
    expect(done.state).toBe('done');
    expect((await admin.get(`/api/scorecards/${done.madeId}`)).body).toMatchObject({ name, status: 'draft' });
    const twice = await admin.send('POST', `/api/imports/${done.id}/yes`, { plan: done.plan });
    expect([twice.status, (await names()).split(name)]).toEqual([
      200,
      expect.objectContaining({ length: 2 }),
    ]);
  });

  it('[S7 E10] is for whom one says: a scope that is not there is refused until it is another', async ({
    accounts: { admin },
    server,
  }) => {
    const scope = { kind: 'client', clientId: randomUUID() };
    const view = await upload(server.url, admin, 'scorecard', document(), { scope });
    expect(view.counts).toMatchObject({ make: 0, bad: 1 });
    expect(view.scorecard?.problems).toContainEqual({ pointer: '/scope', code: 'scope-unknown' });
    expect((await admin.send('POST', `/api/imports/${view.id}/yes`, { plan: view.plan })).status).toBe(409);
    const aimed = await admin.send('PUT', `/api/imports/${view.id}/scope`, {
      scope: { kind: 'organisation' },
    });
    expect(aimed.body).toMatchObject({ counts: { make: 1, bad: 0 } });
    expect((await sayYes(admin, aimed.body as ImportView)).state).toBe('done');
  });

  it('[S7 E10] that is no JSON says on which line, and one that is long is read all the same', async ({
    accounts: { admin },
    server,
  }) => {
    const broken = await upload(
      server.url,
      admin,
      'scorecard',
      '{\n  "format": "attune-scorecard/1",\n  oops\n}',
    );
    expect(broken.problem).toMatchObject({ code: 'not-json', line: 3 });
    expect((await upload(server.url, admin, 'scorecard', '[]')).problem?.code).toBe('not-a-scorecard');
    const long = await upload(server.url, admin, 'scorecard', document() + ' '.repeat(6 * 1024 * 1024));
    expect([long.state, long.sizeBytes > 6_000_000]).toEqual(['ready', true]);
  });
});
