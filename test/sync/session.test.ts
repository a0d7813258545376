// A whole calibration over the real server: sealed documents through the stock provider, everything else through the API.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { answersKey, messageType, noteKey } from '@attune/contract';
import { type CalibrationRecord, type Hashes, verifyRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import type * as Y from 'yjs';
import type { RunningServer } from '../../server/src/start.ts';
import { advance, makeSession, type Person, publishScorecard, scaleDocument } from '../support/people.ts';
import { openRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { type Team, teamTest } from '../support/team.ts';

const hashes: Hashes = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
  hmacSha256: async (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};

const it = teamTest({ more: ['Dara', 'Elif'] });

let server: RunningServer;
let lead: Person;
let evaluators: Team['people'];

it.beforeAll(({ server: started, team }) => {
  server = started;
  ({ lead, people: evaluators } = team);
});

interface SharedView {
  shared: {
    status: string;
    participants: { id: string; state: string; answered: number }[];
    flaggedQuestionIds: string[];
  };
}
const viewOf = async (person: Person, id: string) =>
  (await person.get(`/api/sessions/${id}`)).body as SharedView;

describe('a calibration from nothing to closed', () => {
  it('[scoring 3] the published table as a real session gives an interval alpha of 0.849 on the board', async () => {
    const table = JSON.parse(
      readFileSync(new URL('../data/reliability/krippendorff-2011.json', import.meta.url), 'utf8'),
    ) as { coders_by_units: (number | null)[][] };
    const versionId = await publishScorecard(lead, scaleDocument(12));
    const { id, participantIds } = await makeSession(
      lead,
      { scorecardVersionId: versionId, name: 'Krippendorff 2011' },
      evaluators,
    );
    const meeting = openRoom(server.url, `meeting/${id}`, lead.cookie);
    await until('the snapshot', () => meeting.heard(messageType.snapshot).length === 1);
    expect((await advance(lead, id, 'draft')).status).toBe(200);

    for (const [index, person] of evaluators.entries()) {
      const room = openRoom(server.url, `sealed/${participantIds[index]}`, person.cookie);
      await until('the first sync', () => room.provider.synced);
      const answers = room.doc.getMap(answersKey);
      table.coders_by_units[index]?.forEach((value, unit) => {
        answers.set(
          `q${unit + 1}`,
          value === null ? { kind: 'na' } : { kind: 'scale', valueHundredths: value * 100 },
        );
      });
      await untilSaved(room);
      const submitted = await person.send('POST', `/api/sessions/${id}/submission`, {});
      expect([submitted.status, submitted.text]).toEqual([200, expect.stringContaining('commitment')]);
      room.close();
    }
    expect((await advance(lead, id, 'scoring')).status).toBe(200);
    await until('the reveal reaches the meeting', () =>
      meeting.heard(messageType.change).some(({ patch }) => patch.status === 'review'),
    );

    const { board } = (await lead.get(`/api/sessions/${id}/board`)).body as {
      board: {
        reliability: { alphaInterval: { value: number; units: number } };
        order: string[];
        questions: { questionId: string; spread: number; flagged: boolean }[];
      };
    };
    expect(board.reliability.alphaInterval.value).toBeCloseTo(0.849107, 5);
    expect(board.reliability.alphaInterval.units).toBe(11);
    expect(board.order[0]).toBe('q6');
    expect(board.questions.find(({ questionId }) => questionId === 'q6')?.spread).toBe(75);
    for (const person of evaluators) {
      expect((await person.get(`/api/sessions/${id}/board`)).body).toMatchObject({ board });
    }

    const flagged = (await viewOf(lead, id)).shared.flaggedQuestionIds;
    const unresolved = await advance(lead, id, 'review');
    expect([unresolved.status, unresolved.text]).toEqual([
      409,
      expect.stringContaining('unresolved-questions'),
    ]);

    const [ben, chidi] = evaluators;
    const one = openRoom(server.url, `meeting/${id}`, ben?.cookie ?? '');
    const other = openRoom(server.url, `meeting/${id}`, chidi?.cookie ?? '');
    await until('both see the notes', () => one.provider.synced && other.provider.synced);
    const note = (doc: Y.Doc) => doc.getXmlFragment(noteKey(flagged[0] ?? ''));
    note(one.doc).push([paragraph('Empathy counts when it is said.')]);
    note(other.doc).push([paragraph('Not when it is implied.')]);
    await until('both texts are there for both', () =>
      [one, other].every(({ doc }) => {
        const text = note(doc).toJSON();
        return text.includes('Empathy') && text.includes('implied');
      }),
    );
    await untilSaved(one);
    await untilSaved(other);
    for (const questionId of flagged.slice(1)) {
      const agreed = await lead.send('PUT', `/api/sessions/${id}/resolutions/${questionId}`, {
        agreed: { kind: 'scale', valueHundredths: 200 },
        cause: 'wording',
      });
      expect(agreed.status).toBe(200);
    }
    const resolved = await advance(lead, id, 'review');
    expect([resolved.status, resolved.text]).toEqual([200, expect.any(String)]);
    note(one.doc).push([paragraph('Too late.')]);
    await until('a late word is refused', () => one.heard(messageType.refused).length > 0);
    expect(one.closes).toEqual([]);
    expect((await advance(lead, id, 'resolved')).status).toBe(200);
    expect((await viewOf(lead, id)).shared.status).toBe('closed');
    for (const room of [meeting, one, other]) room.close();

    const { record } = (await lead.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    expect(record.status).toBe('closed');
    expect(record.questions.find(({ questionId }) => questionId === flagged[0])?.note?.text).toContain(
      'Empathy',
    );
    expect(record.log.map(({ event }) => (event as { type: string }).type)).toEqual(
      expect.arrayContaining([
        'created',
        'scoring-started',
        'submitted',
        'revealed',
        'agreed',
        'resolved',
        'closed',
      ]),
    );
    expect(await verifyRecord(record, hashes)).toEqual({ differing: [], reach: 'whole', withheld: 0 });
    const changed = structuredClone(record) as unknown as {
      questions: { answers: { comment: string }[] }[];
      log: { at: string }[];
    };
    if (changed.questions[0]?.answers[0]) changed.questions[0].answers[0].comment = 'I never said that';
    if (changed.log[2]) changed.log[2].at = '2020-01-01T00:00:00.000Z';
    expect((await verifyRecord(changed as never, hashes)).differing).toEqual(
      expect.arrayContaining([
        { part: 'answers', participantId: record.people[0]?.participantId },
        { part: 'log', entry: 3 },
      ]),
    );
    const csv = await lead.get(`/api/sessions/${id}/record.csv`);
    expect(csv.text.split('\r\n')).toHaveLength(12 * 4 + 2);
    const json = await lead.get(`/api/sessions/${id}/record.json`);
    expect(JSON.parse(json.text)).toEqual(record);
  });

  it('[C5] two devices of one person converge, a stranger is refused, and only progress is told', async () => {
    const versionId = await publishScorecard(lead, scaleDocument(3));
    const [ben, chidi] = evaluators as [Person, Person];
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId: versionId }, [ben, chidi]);
    await advance(lead, id, 'draft');
    const room = `sealed/${participantIds[0]}`;
    const laptop = openRoom(server.url, room, ben.cookie);
    const phone = openRoom(server.url, room, ben.cookie);
    const intruders = [openRoom(server.url, room, chidi.cookie), openRoom(server.url, room, lead.cookie)];
    const nobody = openRoom(server.url, room, '');
    await until('intruders are sent away for good', () =>
      intruders.every(({ closes }) => closes.includes(4404)),
    );
    await until('nobody is sent away for good', () => nobody.closes.includes(4401));
    await until('both devices are there', () => laptop.provider.synced && phone.provider.synced);
    laptop.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 300 });
    phone.doc.getMap(answersKey).set('q2', { kind: 'na' });
    await until('both devices have both answers', () =>
      [laptop, phone].every(({ doc }) => doc.getMap(answersKey).size === 2),
    );
    await until('others are told the count', async () =>
      (await viewOf(lead, id)).shared.participants.some(({ answered }) => answered === 2),
    );
    for (const { frames } of [...intruders, nobody])
      expect(frames.filter((frame) => frame[0] === 0)).toEqual([]);
    for (const opened of [laptop, phone, ...intruders, nobody]) opened.close();
  });
});
