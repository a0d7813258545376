// Clients and lines of business of one's own (O3, O4): made, renamed, archived, taken up again, and by whom.
import { describe, expect } from 'vitest';
import {
  makeOrganisation,
  type Organisation,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../../../test/support/people.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';

interface Client {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly lobs: readonly { readonly id: string; readonly name: string; readonly archived: boolean }[];
}

let organisation: Organisation;
let admin: Person;
let lead: Person;
let stranger: Person;

const it = serverTest();

it.beforeAll(async ({ server }) => {
  organisation = await makeOrganisation(server);
  admin = await organisation.member('Sofia', ['admin']);
  lead = await organisation.member('Ana', ['lead']);
  stranger = await (await makeOrganisation(server, 'Elsewhere')).member('Eve', ['admin']);
}, longestSetUpMs);

async function added(name: string, ...lobs: string[]): Promise<Client> {
  const reply = await admin.send('POST', '/api/clients', { name, lobs });
  if (reply.status !== 201) throw new Error(`not added: ${reply.text}`);
  return reply.body as Client;
}
const change = (path: string, body: object, by = admin) => by.send('PATCH', `/api/clients/${path}`, body);
const found = async (id: string, by = admin) =>
  ((await by.get('/api/clients')).body as { clients: Client[] }).clients.find((client) => client.id === id);

describe('clients', () => {
  it('[O3] are renamed, and so are their lines; a name that is taken is refused, however it is written', async () => {
    const bank = await added('Bank', 'Cards', 'Loans');
    await added('Airline');
    const [cards] = bank.lobs;
    expect((await change(bank.id, { name: 'Kestrel' })).body).toMatchObject({ name: 'Kestrel' });
    expect((await change(`${bank.id}/lobs/${cards?.id}`, { name: 'Debit cards' })).body).toMatchObject({
      lobs: [{ name: 'Debit cards' }, { name: 'Loans' }],
    });
    for (const [path, name] of [
      [bank.id, 'AIRLINE'],
      [`${bank.id}/lobs/${cards?.id}`, 'loans'],
    ] as const) {
      const reply = await change(path, { name });
      expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('/name')]);
    }
    // Its own name, written another way, is its own.
    expect((await change(bank.id, { name: 'KESTREL' })).status).toBe(200);
    expect(await found(bank.id)).toMatchObject({ name: 'KESTREL', archived: false });
  });

  it('[O3] get further lines, under names of their own', async () => {
    const alike = await admin.send('POST', '/api/clients', { name: 'Twice', lobs: ['Voice', 'voice'] });
    expect([alike.status, alike.text]).toEqual([422, expect.stringContaining('/lobs')]);
    const shop = await added('Shop');
    const more = (name: string) => admin.send('POST', `/api/clients/${shop.id}/lobs`, { name });
    expect((await more('Returns')).status).toBe(201);
    expect((await more('returns')).status).toBe(422);
    expect((await found(shop.id))?.lobs.map(({ name }) => name)).toEqual(['Returns']);
  });

  it('[O3] archived, are offered for nothing new and taken by nothing new, until they are taken up again', async () => {
    const old = await added('Old telecom', 'Billing');
    const lobId = old.lobs[0]?.id ?? '';
    const scorecardVersionId = await publishScorecard(lead, scaleDocument(2));
    const scopes = [
      { kind: 'client', clientId: old.id },
      { kind: 'lob', clientId: old.id, lobId },
    ];
    const create = (scope: object) =>
      lead.send('POST', '/api/sessions', { name: 'On an old client', scorecardVersionId, scope });
    const before = (await create(scopes[1] ?? {})).body as { id?: string };
    expect((await change(old.id, { archived: true })).body).toMatchObject({ archived: true });
    for (const scope of scopes) {
      const session = await create(scope);
      expect([session.status, session.text]).toEqual([422, expect.stringContaining('scope-archived')]);
      const card = { ...scaleDocument(2), name: 'New', scope };
      const imported = await lead.send('POST', '/api/scorecards/import', card);
      expect([imported.status, imported.text]).toEqual([422, expect.stringContaining('scope-archived')]);
    }
    // What was there stays, and is still named.
    expect((await lead.get(`/api/sessions/${before.id}`)).text).toContain('Old telecom');
    await change(old.id, { archived: false });
    expect((await create(scopes[1] ?? {})).status).toBe(201);
    await change(`${old.id}/lobs/${lobId}`, { archived: true });
    expect((await create(scopes[1] ?? {})).status).toBe(422);
    expect((await create(scopes[0] ?? {})).status).toBe(201);
  });

  it('[O4] are changed by administrators whose access includes all of the client, and by nobody else', async () => {
    const mine = await added('Mine', 'One');
    const lobId = mine.lobs[0]?.id ?? '';
    const grants = (...of: object[]) => ({ kind: 'grants', grants: of }) as never;
    const whole = await organisation.member('Whole', ['admin'], grants({ clientId: mine.id, lobId: null }));
    const part = await organisation.member('Part', ['admin'], grants({ clientId: mine.id, lobId }));
    const changes = (by: Person) =>
      Promise.all([
        change(mine.id, { name: 'Mine' }, by),
        by.send('POST', `/api/clients/${mine.id}/lobs`, { name: `Of ${by.memberId}` }),
        change(`${mine.id}/lobs/${lobId}`, { archived: false }, by),
      ]).then((replies) => replies.map(({ status }) => status));
    expect(await changes(whole)).toEqual([200, 201, 200]);
    expect(await changes(part)).toEqual([403, 403, 403]);
    expect(await changes(lead)).toEqual([403, 403, 403]);
    expect(await changes(stranger)).toEqual([404, 404, 404]);
    const elsewhere = await added('Another', 'One');
    expect((await change(`${elsewhere.id}/lobs/${lobId}`, { name: 'Taken over' })).status).toBe(404);
  });
});
