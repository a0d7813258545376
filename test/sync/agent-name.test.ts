// The name of a hidden agent (C2): for whoever may facilitate, and in nothing that anyone else is sent.
import { messageType } from '@attune/contract';
import { describe, expect } from 'vitest';
import { verifyText } from '../../server/src/cli/verify.ts';
import type { RunningServer } from '../../server/src/start.ts';
import { advance, makeSession, type Person, scaleDocument, visitor } from '../support/people.ts';
import { openRoom, until } from '../support/rooms.ts';
import { type Team, teamTest } from '../support/team.ts';

const agentName = 'Rosalind Quill';

const it = teamTest({ scorecard: scaleDocument(1, 5, { required: false }) });

let server: RunningServer;
let lead: Person;
let otherLead: Person;
let manager: Person;
let evaluators: Team['people'];
let versionId: string;

it.beforeAll(async ({ server: started, team }) => {
  server = started;
  ({ lead, people: evaluators, scorecardVersionId: versionId } = team);
  otherLead = await team.organisation.member('Lea', ['lead']);
  manager = await team.organisation.member('Mia', ['manager']);
});

const pages = (id: string) =>
  ['', '/commitments', '/board', '/record', '/record.json', '/record.csv'].map(
    (rest) => `/api/sessions/${id}${rest}`,
  );

/** Everything that these people are sent about the session now, and the meeting screen too. */
async function sentTo(people: readonly Pick<Person, 'get'>[], id: string): Promise<[string, string][]> {
  const { body } = await lead.send('POST', `/api/sessions/${id}/links/display`, {});
  const token = new URL((body as { display: { url: string } }).display.url).hash.slice(1);
  const opened = await visitor(server.url).send('POST', '/api/display', { token });
  const screen = visitor(server.url, opened.headers.getSetCookie()[0]?.split(';', 1)[0]);
  const sent: [string, string][] = [];
  for (const path of ['/api/display', '/api/display/board']) sent.push([path, (await screen.get(path)).text]);
  for (const person of people) {
    for (const path of [...pages(id), '/api/sessions', '/api/notifications'])
      sent.push([path, (await person.get(path)).text]);
  }
  return sent;
}

const withName = (sent: readonly [string, string][]) =>
  sent.filter(([, text]) => text.includes(agentName)).map(([path]) => path);

/** A session about the agent, taken to `status` by people who submit blank sheets. */
async function sessionOf(agentNameHidden: boolean): Promise<{ id: string; replies: [string, string][] }> {
  const settings = { scorecardVersionId: versionId, agentName, agentNameHidden };
  const { id } = await makeSession(lead, settings, evaluators);
  await advance(lead, id, 'draft');
  const replies: [string, string][] = [];
  for (const person of evaluators)
    replies.push(['submission', (await person.send('POST', `/api/sessions/${id}/submission`, {})).text]);
  for (const from of ['scoring', 'review']) await advance(lead, id, from);
  return { id, replies };
}

describe('the name of an agent', () => {
  it('[C2] hidden, is told to the facilitator, and to nobody else in view, board, record, file, list or room', async () => {
    const { id, replies } = await sessionOf(true);
    expect(withName(replies)).toEqual([]);
    const room = openRoom(server.url, `meeting/${id}`, evaluators[0]?.cookie ?? '');
    await until('the room is open', () => room.frames.length > 0);
    const told = ['', '/record', '/record.json', '/record.csv'].map((rest) => `/api/sessions/${id}${rest}`);
    for (const status of ['resolved', 'closed']) {
      if (status === 'closed') await advance(lead, id, 'resolved');
      expect([status, withName(await sentTo([...evaluators, manager, otherLead], id))]).toEqual([status, []]);
      expect([status, withName(await sentTo([lead], id))]).toEqual([status, told]);
    }
    await until('the room has heard of the end', () =>
      room.heard(messageType.change).some(({ patch }) => patch.status === 'closed'),
    );
    const heard = Buffer.concat(room.frames.map((frame) => Buffer.from(frame))).toString('latin1');
    expect(heard).not.toContain(agentName);
    room.close();
  });

  it('[C2] hidden, stays hidden beside hidden names of evaluators', async () => {
    const { id } = await sessionOf(true);
    await lead.send('PUT', `/api/sessions/${id}/names`, { names: 'hidden' });
    expect(withName(await sentTo([...evaluators, manager], id))).toEqual([]);
  });

  it('[C2] goes with the session: who takes it over reads the name, who gave it away no longer does', async () => {
    const { id } = await sessionOf(true);
    await otherLead.send('POST', `/api/sessions/${id}/take-over`, {});
    expect((await otherLead.get(`/api/sessions/${id}/record.json`)).text).toContain(agentName);
    for (const path of pages(id)) expect((await lead.get(path)).text).not.toContain(agentName);
  });

  it('[C2] not hidden, is in everyone’s view and record', async () => {
    const { id } = await sessionOf(false);
    for (const person of [...evaluators, manager, otherLead, lead]) {
      for (const path of ['', '/record', '/record.json'])
        expect((await person.get(`/api/sessions/${id}${path}`)).text).toContain(agentName);
    }
  });

  it('[X1] a record without the agent’s name verifies as the facilitator’s does, to the same head', async () => {
    const { id } = await sessionOf(true);
    await advance(lead, id, 'resolved');
    const files = [];
    for (const person of [evaluators[0], manager, lead])
      files.push(await verifyText((await person?.get(`/api/sessions/${id}/record.json`))?.text ?? ''));
    const heads = files.map((file) => file?.lines.at(-1));
    expect(files.map((file) => file?.holds)).toEqual([true, true, true]);
    expect(heads).toEqual([expect.stringContaining('Head of the log'), heads[0], heads[0]]);
    const withheld = files.map((file) =>
      file?.lines.some((line) => line.includes('not for this reader: 1.')),
    );
    expect(withheld).toEqual([true, true, false]);
  });
});
