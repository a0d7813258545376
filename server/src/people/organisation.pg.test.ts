// What is set for the whole organisation (O1): by whom, over what, and what it then changes.
import type { MeView, OrganisationSettings, PresentOrganisation, SecurityEntry } from '@attune/contract';
import { describe, expect } from 'vitest';
import {
  makeOrganisation,
  type Organisation,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../../../test/support/people.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';

let organisation: Organisation;
let admin: Person;
let other: Person;
let lead: Person;

const it = serverTest();

it.beforeAll(async ({ server }) => {
  organisation = await makeOrganisation(server);
  admin = await organisation.member('Sofia', ['admin']);
  other = await organisation.member('Tomas', ['admin']);
  lead = await organisation.member('Ana', ['lead']);
}, longestSetUpMs);

const settings = async (by = admin) => (await by.get('/api/organisation')).body as OrganisationSettings;
const change = (body: object, by = admin) => by.send('PATCH', '/api/organisation', body);
/** Over what stands now. */
const changeNow = async (body: object) => change({ revision: (await settings()).revision, ...body });
const told = async (by = lead) => ((await by.get('/api/me')).body as MeView).organisation;

describe('the organisation’s settings', () => {
  it('[O1] change by themselves: what is not named stays, and everybody is told the new name', async () => {
    const before = await settings();
    const reply = await change({
      revision: before.revision,
      name: 'Northwind Contact',
      timeZone: 'Asia/Kolkata',
    });
    expect([reply.status, reply.body]).toEqual([
      200,
      { ...before, name: 'Northwind Contact', timeZone: 'Asia/Kolkata', revision: before.revision + 1 },
    ]);
    expect(await told()).toMatchObject({ name: 'Northwind Contact', timeZone: 'Asia/Kolkata' });
  });

  it('[O1] two administrators at once: the later is told what stands and by whom, and overwrites nothing', async () => {
    const { revision } = await settings();
    const replies = await Promise.all([
      change({ revision, thresholdHundredths: 1_500 }),
      change({ revision, thresholdHundredths: 2_000 }, other),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [late] = replies.flatMap(({ status, body }) =>
      status === 409 ? [body as { present: PresentOrganisation }] : [],
    );
    const now = await settings();
    expect(late?.present).toEqual({
      settings: now,
      byName: now.thresholdHundredths === 1_500 ? 'Sofia' : 'Tomas',
    });
    expect(now.revision).toBe(revision + 1);
  });

  it('[P6] the security log tells what was, what is, and who did it; nothing where nothing changed', async () => {
    await changeNow({ name: 'Before', timeZone: 'UTC', thresholdHundredths: 1_000, guestsAllowed: true });
    await changeNow({ name: 'After', thresholdHundredths: 2_500, guestsAllowed: false });
    const { revision } = await settings();
    expect((await change({ revision, name: 'After' })).body).toMatchObject({ revision });
    const { entries } = (await admin.get('/api/security-log?kind=organisation-changed')).body as {
      entries: SecurityEntry[];
    };
    expect(entries[0]).toMatchObject({
      actor: { name: 'Sofia' },
      detail: {
        nameBefore: 'Before',
        nameAfter: 'After',
        thresholdBefore: 1_000,
        thresholdAfter: 2_500,
        guestsAllowed: false,
      },
    });
    expect(Object.keys(entries[0]?.detail ?? {})).toHaveLength(5);
  });

  it('[O4] are read by every administrator, and changed by those whose access is the whole organisation', async () => {
    const grants = [{ clientId: organisation.clientId, lobId: null }];
    const part = await organisation.member('Part', ['admin'], { kind: 'grants', grants });
    const now = await settings(part);
    expect(now).toEqual(await settings());
    const refused = await change({ revision: now.revision, name: 'Mine' }, part);
    expect([refused.status, (await settings()).name]).toEqual([403, now.name]);
  });

  it('[O1] bad input names its field and what is taken', async () => {
    const { revision } = await settings();
    const reply = await change({ revision, name: ' ', timeZone: 'Mars/Phobos', thresholdHundredths: 10_001 });
    const { errors } = reply.body as { errors: { pointer: string; detail: string }[] };
    expect(reply.status).toBe(422);
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/name', '/timeZone', '/thresholdHundredths']);
    expect(errors[1]?.detail).toContain('Europe/Berlin');
  });
});

describe('what they change', () => {
  it('[C2] a calibration without a threshold of its own begins with the organisation’s, and keeps it', async () => {
    await changeNow({ thresholdHundredths: 1_750 });
    const scorecardVersionId = await publishScorecard(lead, scaleDocument(2));
    const make = async (more: object) => {
      const made = await lead.send('POST', '/api/sessions', { name: 'A call', scorecardVersionId, ...more });
      return (made.body as { id: string }).id;
    };
    const [usual, own] = [await make({}), await make({ thresholdHundredths: 500 })];
    await changeNow({ thresholdHundredths: 3_000 });
    const thresholdOf = async (id: string) =>
      ((await lead.get(`/api/sessions/${id}`)).body as { detail: { settings: object } }).detail.settings;
    expect(await thresholdOf(usual)).toMatchObject({ thresholdHundredths: 1_750 });
    expect(await thresholdOf(own)).toMatchObject({ thresholdHundredths: 500 });
  });

  it('[C1] a day of the list’s filter is a day of the organisation’s time zone', async ({ server }) => {
    const scorecardVersionId = await publishScorecard(lead, scaleDocument(2));
    const made = await lead.send('POST', '/api/sessions', { name: 'At night', scorecardVersionId });
    const { id } = made.body as { id: string };
    await server.connection.sql`update session set created_at = '2026-03-01T20:00:00Z' where id = ${id}`;
    const isFound = async (day: string) => {
      const page = (await lead.get(`/api/sessions?text=At night&from=${day}&to=${day}`)).body as {
        sessions: { id: string }[];
      };
      return page.sessions.some((one) => one.id === id);
    };
    await changeNow({ timeZone: 'UTC' });
    expect([await isFound('2026-03-01'), await isFound('2026-03-02')]).toEqual([true, false]);
    await changeNow({ timeZone: 'Asia/Tokyo' });
    expect([await isFound('2026-03-01'), await isFound('2026-03-02')]).toEqual([false, true]);
    // The ends of time are days like any other.
    for (const day of ['0001-01-01', '9999-12-31'])
      expect((await lead.get(`/api/sessions?from=${day}&to=${day}`)).status).toBe(200);
  });
});
