// What the security log tells of a calibration: its links, and what was taken out of it.
import type { SessionView } from '@attune/contract';
import { describe, expect } from 'vitest';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  publishScorecard,
  scaleDocument,
  visitor,
} from '../../../test/support/people.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import type { RunningServer } from '../start.ts';

interface Entry {
  kind: string;
  actor: { id: string } | null;
  member: { id: string } | null;
  session: { id: string; name: string } | null;
  detail: Record<string, unknown>;
}

let server: RunningServer;
let home: Organisation;
let [admin, lead, ben]: Person[] = [];
const lines: string[] = [];

const it = serverTest({ logTo: (line) => lines.push(line) });

it.beforeAll(async ({ server: started }) => {
  server = started;
  home = await makeOrganisation(server);
  admin = await home.member('Sofia', ['admin']);
  lead = await home.member('Ana', ['lead']);
  ben = await home.member('Ben', ['evaluator']);
}, longestSetUpMs);

const told = async (kind: string) =>
  ((await admin?.get(`/api/security-log?kind=${kind}`))?.body as { entries: Entry[] } | undefined)?.entries ??
  [];

async function drafted(): Promise<string> {
  if (!lead || !ben) throw new Error('nobody is there');
  const scorecardVersionId = await publishScorecard(lead, scaleDocument(1, 5, { required: false }));
  return (await makeSession(lead, { scorecardVersionId, meetingAt: '2030-03-02T10:00:00.000Z' }, [lead, ben]))
    .id;
}

describe('of a calibration the security log tells', () => {
  it('[P6] each link made, opened and ended, with whom and which calibration, and no link', async () => {
    const id = await drafted();
    const tokens: string[] = [];
    for (const kind of ['join', 'display'] as const) {
      const made = await lead?.send('POST', `/api/sessions/${id}/links/${kind}`, {});
      const links = made?.body as unknown as Record<string, { url: string }>;
      const token = new URL(links[kind]?.url ?? '').hash.slice(1);
      tokens.push(token);
      const path = kind === 'join' ? '/api/join/peek' : '/api/display';
      expect((await visitor(server.url).send('POST', path, { token })).status).toBe(200);
      await lead?.send('DELETE', `/api/sessions/${id}/links/${kind}`);
      for (const what of ['made', 'opened', 'ended']) {
        const [entry] = await told(`${kind}-link-${what}`);
        const actor = what === 'opened' ? null : { id: lead?.memberId };
        expect(entry).toMatchObject({ actor, session: { id, name: 'Calibration' } });
      }
    }
    const rows = JSON.stringify(await server.connection.sql`select * from security_event`);
    for (const text of [rows, ...lines.filter((line) => line.includes('"security"'))])
      for (const token of tokens) expect(text).not.toContain(token);
  });

  it('[P6] [J1] [J2] whom the facilitator let in, turned away and put out, whose guest an administrator ended, and a further browser in a place', async () => {
    const id = await drafted();
    const made = await lead?.send('POST', `/api/sessions/${id}/links/join`, {});
    const links = made?.body as unknown as { join: { url: string } } | undefined;
    const token = new URL(links?.join.url ?? '').hash.slice(1);
    const knocked = async (name: string) => {
      const reply = await visitor(server.url).send('POST', '/api/join', { token, name });
      const view = (await lead?.get(`/api/sessions/${id}`))?.body as unknown as SessionView;
      const entryId = view.shared.lobby.find((entry) => entry.name === name)?.id ?? '';
      return { entryId, memberId: (reply.body as { memberId: string }).memberId };
    };
    const [jo, kim] = [await knocked('Jo'), await knocked('Kim')];
    await lead?.send('POST', `/api/sessions/${id}/lobby/${jo.entryId}/admit`);
    await lead?.send('DELETE', `/api/sessions/${id}/lobby/${kim.entryId}`);
    await admin?.send('DELETE', `/api/guests/${jo.memberId}`);
    await advance(lead as Person, id, 'draft');
    await ben?.send('POST', `/api/sessions/${id}/submission`, {});
    const again = await visitor(server.url).send('POST', '/api/demo/sign-in', { memberId: ben?.memberId });
    const cookie = again.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    await visitor(server.url, cookie.join('; ')).send('POST', `/api/sessions/${id}/submission`, {});
    await lead?.send('POST', `/api/sessions/${id}/put-out`, { memberId: ben?.memberId, reason: 'Not Ben' });
    const about = { session: { id, name: 'Calibration' } };
    expect(await told('guest-admitted')).toMatchObject([{ ...about, actor: { id: lead?.memberId } }]);
    expect(await told('guest-turned-away')).toMatchObject([{ ...about, actor: { id: lead?.memberId } }]);
    expect(await told('guest-ended')).toMatchObject([
      { actor: { id: admin?.memberId }, member: { id: jo.memberId } },
    ]);
    expect(await told('place-opened')).toMatchObject([{ ...about, actor: { id: ben?.memberId } }]);
    expect(await told('participant-put-out')).toMatchObject([
      { ...about, actor: { id: lead?.memberId }, member: { id: ben?.memberId } },
    ]);
  });

  it('[P6] what was taken out: the record as JSON and CSV, the meeting’s calendar file', async () => {
    const id = await drafted();
    await ben?.get(`/api/sessions/${id}/calendar.ics`);
    if (!lead) throw new Error('nobody is there');
    await advance(lead, id, 'draft');
    for (const one of [lead, ben]) await one?.send('POST', `/api/sessions/${id}/submission`, {});
    for (const from of ['scoring', 'review']) await advance(lead, id, from);
    for (const format of ['json', 'csv']) {
      expect((await ben?.get(`/api/sessions/${id}/record.${format}`))?.status).toBe(200);
    }
    const exported = (await told('record-exported')).filter(({ session }) => session?.id === id);
    expect(exported.map(({ detail, actor }) => [detail.format, actor?.id])).toEqual([
      ['csv', ben?.memberId],
      ['json', ben?.memberId],
      ['ics', ben?.memberId],
    ]);
  });
});
