// What binds participants to their answers (X1): shown to everyone before the reveal, fixed in the log's chain, published with
// its salts in the record, and the same everywhere.
import { createHash, createHmac } from 'node:crypto';
import {
  type CalibrationRecord,
  type Commitment,
  compareKept,
  type Hashes,
  verifyRecord,
} from '@attune/domain';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { advance, makeSession, type Person, scaleDocument } from '../support/people.ts';
import { teamTest } from '../support/team.ts';

const hashes: Hashes = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
  hmacSha256: async (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};

const it = teamTest({ scorecard: scaleDocument(1, 5, { required: false }) });

let server: RunningServer;
let lead: Person;
let ben: Person;
let chidi: Person;
let versionId: string;

it.beforeAll(({ server: started, team }) => {
  server = started;
  ({ lead, scorecardVersionId: versionId } = team);
  [ben, chidi] = team.people;
});

async function submit(person: Person, id: string): Promise<string> {
  const reply = await person.send('POST', `/api/sessions/${id}/submission`, {});
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  return (reply.body as { commitment: string }).commitment;
}

async function listFor(person: Person, id: string): Promise<readonly Commitment[]> {
  const reply = await person.get(`/api/sessions/${id}/commitments`);
  expect(reply.status).toBe(200);
  return (reply.body as { commitments: Commitment[] }).commitments;
}

describe('commitments', () => {
  it('[X1] the list is everyone’s before the reveal, stays the same through it, and is the one the chain fixed', async () => {
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId: versionId }, [ben, chidi]);
    const [benId = '', chidiId = ''] = participantIds;
    await advance(lead, id, 'draft');
    expect(await listFor(chidi, id)).toEqual([]);

    const first = await submit(ben, id);
    expect(await listFor(chidi, id)).toEqual([{ participantId: benId, commitment: first }]);
    await ben.send('DELETE', `/api/sessions/${id}/submission`);
    expect(await listFor(chidi, id)).toEqual([]);
    const fromChidi = await submit(chidi, id);
    const second = await submit(ben, id);
    expect(second, 'equal sheets are not bound by equal commitments').not.toBe(first);
    const list = [
      { participantId: chidiId, commitment: fromChidi },
      { participantId: benId, commitment: second },
    ];
    for (const person of [lead, ben, chidi]) expect(await listFor(person, id)).toEqual(list);

    for (const from of ['scoring', 'review']) expect((await advance(lead, id, from)).status).toBe(200);
    expect(await listFor(chidi, id)).toEqual(list);
    const { record } = (await lead.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    const events = record.log.map(({ event }) => event as { type: string });
    expect(events.filter(({ type }) => ['submitted', 'taken-back', 'revealed'].includes(type))).toEqual([
      { type: 'submitted', participantId: benId, commitment: first },
      { type: 'taken-back', participantId: benId },
      { type: 'submitted', participantId: chidiId, commitment: fromChidi },
      { type: 'submitted', participantId: benId, commitment: second },
      {
        type: 'revealed',
        commitments: list,
        rules: 'attune-board/2',
        board: { held: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    ]);
    expect(await verifyRecord(record, hashes)).toEqual({ differing: [], reach: 'whole', withheld: 0 });
    const kept = (commitment: string) => compareKept(record, { participantId: benId, commitment });
    expect([first, second, fromChidi].map(kept)).toEqual(['earlier', 'same', 'different']);
  });

  it('[X1] an operator who exchanges answers, salt and commitment after the reveal is shown by the chain', async () => {
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId: versionId }, [ben, chidi]);
    await advance(lead, id, 'draft');
    await submit(ben, id);
    await submit(chidi, id);
    for (const from of ['scoring', 'review']) await advance(lead, id, from);
    // The commitment of an empty sheet of another salt: it follows from what lies there now, and from nothing before.
    const salt = Buffer.alloc(32, 1);
    const forged = createHmac('sha256', salt)
      .update(`attune/commit/v2\0{"participantId":"${participantIds[0]}","sessionId":"${id}","sheet":{}}`)
      .digest();
    await server.connection.sql`
      update submission set salt = ${salt}, commitment = ${forged} where participant_id = ${participantIds[0] ?? ''}`;
    const { record } = (await lead.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    expect(await verifyRecord(record, hashes)).toEqual({
      differing: [{ part: 'answers', participantId: participantIds[0] }],
      reach: 'whole',
      withheld: 0,
    });
  });

  it('[X1] what every screen is told of a submission does not carry its commitment', async () => {
    const { id } = await makeSession(lead, { scorecardVersionId: versionId }, [ben, chidi]);
    await advance(lead, id, 'draft');
    const commitment = await submit(ben, id);
    const rows = await server.connection.sql<{ events: unknown; patch: unknown }[]>`
      select events, patch from session_change where session_id = ${id}`;
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(commitment);
  });
});
