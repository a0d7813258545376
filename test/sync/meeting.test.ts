// A running meeting over the real server: focus and timer reach everyone, sweeps and their undo, re-votes sealed until revealed
// together, hidden names, handing over.
import { createHash, createHmac } from 'node:crypto';
import { answersKey, type BoardView, type CandidateList, messageType } from '@attune/contract';
import { type Answer, type CalibrationRecord, type Hashes, verifyRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import { verifyText } from '../../server/src/cli/verify.ts';
import type { RunningServer } from '../../server/src/start.ts';
import {
  advance,
  makeSession,
  type Organisation,
  openRevote,
  type Person,
  scaleDocument,
  viewOf,
} from '../support/people.ts';
import { openRoom, until, untilSaved } from '../support/rooms.ts';
import { type Team, teamTest } from '../support/team.ts';

const hashes: Hashes = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
  hmacSha256: async (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};

const it = teamTest({ more: ['Dara'], scorecard: scaleDocument(4) });

let server: RunningServer;
let organisation: Organisation;
let lead: Person;
let evaluators: Team<['Dara']>['people'];
let versionId: string;

it.beforeAll(({ server: started, team }) => {
  server = started;
  ({ organisation, lead, people: evaluators, scorecardVersionId: versionId } = team);
});

const scale = (value: number): Answer => ({ kind: 'scale', valueHundredths: value * 100 });

/** What each answers, question by question: q1 diverges, q2 and q3 are unanimous, q4 diverges less. */
const given = [
  [1, 3, 4, 2],
  [5, 3, 4, 3],
  [2, 3, 4, 3],
];

async function sessionInReview(): Promise<{ id: string; participantIds: string[] }> {
  const made = await makeSession(lead, { scorecardVersionId: versionId }, evaluators);
  await advance(lead, made.id, 'draft');
  for (const [index, person] of evaluators.entries()) {
    const room = openRoom(server.url, `sealed/${made.participantIds[index]}`, person.cookie);
    await until('the first sync', () => room.provider.synced);
    const answers = room.doc.getMap(answersKey);
    given[index]?.forEach((value, question) => {
      answers.set(`q${question + 1}`, scale(value));
    });
    await untilSaved(room);
    room.close();
    const submitted = await person.send('POST', `/api/sessions/${made.id}/submission`, {});
    expect(submitted.status).toBe(200);
  }
  expect((await advance(lead, made.id, 'scoring')).status).toBe(200);
  return made;
}

const boardOf = async (who: Person, id: string) =>
  (await who.get(`/api/sessions/${id}/board`)).body as BoardView;

describe('running the discussion', () => {
  it('[C9] focus and timer reach everyone as numbered changes, and stand in the database', async () => {
    const { id } = await sessionInReview();
    const rooms = evaluators.map(({ cookie }) => openRoom(server.url, `meeting/${id}`, cookie));
    await until('everyone is in', () => rooms.every((room) => room.heard(messageType.snapshot).length === 1));
    const focused = await lead.send('PUT', `/api/sessions/${id}/focus`, { questionId: 'q4' });
    expect(focused.status).toBe(200);
    const started = await lead.send('POST', `/api/sessions/${id}/timer`, {
      questionId: 'q4',
      action: { kind: 'start', durationMs: 120_000 },
    });
    expect(started.status).toBe(200);
    await until('everyone sees the timer', () =>
      rooms.every((room) =>
        room.heard(messageType.change).some(({ patch }) => patch.discussion?.timers.length === 1),
      ),
    );
    const numbers = rooms[0]?.heard(messageType.change).map(({ number }) => number) ?? [];
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    const { discussion } = (await viewOf(evaluators[0], id)).shared;
    expect(discussion).toMatchObject({ focusQuestionId: 'q4', undo: { kind: 'focus', questionId: null } });
    expect(rooms[0]?.heard(messageType.snapshot)[0]?.at).toMatch(/^\d{4}-/);
    const refused = await evaluators[0].send('PUT', `/api/sessions/${id}/focus`, { questionId: 'q1' });
    expect(refused.status).toBe(403);
    for (const room of rooms) room.close();
  });

  it('[C9] who might speak first is turned off by the facilitator alone, and for everyone at once', async () => {
    const { id } = await sessionInReview();
    const rooms = evaluators.map(({ cookie }) => openRoom(server.url, `meeting/${id}`, cookie));
    await until('everyone is in', () => rooms.every((room) => room.heard(messageType.snapshot).length === 1));
    expect(rooms[0]?.heard(messageType.snapshot)[0]?.session.discussion?.speakFirst).toBe(true);
    const turn = (who: Person, on: boolean) => who.send('PUT', `/api/sessions/${id}/speak-first`, { on });
    expect((await turn(evaluators[0], false)).status).toBe(403);
    for (const on of [false, true]) {
      expect((await turn(lead, on)).status).toBe(200);
      await until('everyone is told', () =>
        rooms.every((room) => room.heard(messageType.change).at(-1)?.patch.discussion?.speakFirst === on),
      );
      expect((await viewOf(evaluators[1], id)).shared.discussion?.speakFirst).toBe(on);
    }
    for (const room of rooms) room.close();
  });

  it('[C9] a sweep agrees on what was unanimous, and can be undone', async () => {
    const { id } = await sessionInReview();
    const swept = await lead.send('POST', `/api/sessions/${id}/sweep`);
    expect(swept.status).toBe(200);
    expect((await viewOf(lead, id)).shared.resolutions).toEqual([
      { questionId: 'q2', agreed: scale(3), cause: null },
      { questionId: 'q3', agreed: scale(4), cause: null },
    ]);
    expect((await lead.send('POST', `/api/sessions/${id}/sweep`)).text).toContain('nothing-to-sweep');
    expect((await lead.send('POST', `/api/sessions/${id}/undo`, { kind: 'sweep' })).status).toBe(200);
    expect((await viewOf(lead, id)).shared.resolutions).toEqual([]);
    const again = await lead.send('POST', `/api/sessions/${id}/undo`, { kind: 'sweep' });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('nothing-to-undo')]);
  });

  it('[C3] [O4] handing over moves every right at once, to any lead where it is organisation-wide', async () => {
    const { id } = await sessionInReview();
    const next = await organisation.member('Max', ['lead'], { kind: 'grants', grants: [] });
    const { candidates, others } = (await lead.get(`/api/sessions/${id}/facilitators`)).body as CandidateList;
    expect(candidates.map(({ memberId }) => memberId)).toContain(next.memberId);
    const [evaluator] = evaluators;
    const { memberId } = evaluator;
    expect(others).toContainEqual({ memberId, name: evaluator.name, hindrance: { why: 'role' } });
    const refused = await lead.send('POST', `/api/sessions/${id}/hand-over`, { memberId });
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({
        refusal: { code: 'may-not-facilitate', people: [{ memberId, why: 'role' }] },
      }),
    ]);
    const done = await lead.send('POST', `/api/sessions/${id}/hand-over`, { memberId: next.memberId });
    expect(done.status).toBe(200);
    const focus = { questionId: 'q1' };
    expect((await lead.send('PUT', `/api/sessions/${id}/focus`, focus)).status).toBe(403);
    expect((await next.send('PUT', `/api/sessions/${id}/focus`, focus)).status).toBe(200);
  });
});

describe('a re-vote', () => {
  const open = (id: string) => openRevote(lead, id, 'q1');
  const vote = (who: Person, id: string, revoteId: string, value: number) =>
    who.send('PUT', `/api/sessions/${id}/revotes/${revoteId}/vote`, { answer: scale(value) });
  const reveal = (id: string, revoteId: string, without: string[] = []) =>
    lead.send('POST', `/api/sessions/${id}/revotes/${revoteId}/reveal`, { without });

  it('[C13] is sealed until revealed together, keeps the first answers, and stands verified in the record', async () => {
    const { id, participantIds } = await sessionInReview();
    const before = await boardOf(lead, id);
    const revoteId = await open(id);
    const [ben, chidi, dara] = evaluators;
    expect((await vote(ben, id, revoteId, 4)).status).toBe(200);
    expect((await vote(ben, id, revoteId, 3)).status).toBe(200);
    expect((await ben.get(`/api/sessions/${id}/revotes/${revoteId}/vote`)).body).toEqual({
      answer: scale(3),
    });
    expect((await chidi.get(`/api/sessions/${id}/revotes/${revoteId}/vote`)).body).toEqual({ answer: null });
    expect((await lead.get(`/api/sessions/${id}/revotes/${revoteId}/vote`)).status).toBe(404);
    expect((await vote(chidi, id, revoteId, 9)).text).toContain('illegal-vote');
    const early = await reveal(id, revoteId);
    expect([early.status, early.text]).toEqual([409, expect.stringContaining('not-all-voted')]);
    expect((await vote(chidi, id, revoteId, 3)).status).toBe(200);
    expect((await viewOf(dara, id)).shared.revotes[0]?.votedIds).toHaveLength(2);
    expect((await boardOf(dara, id)).revotes).toEqual([]);
    expect((await reveal(id, revoteId, [participantIds[2] ?? ''])).status).toBe(200);

    const after = await boardOf(lead, id);
    expect(after.board).toEqual(before.board);
    expect(after.revotes[0]).toMatchObject({ questionId: 'q1', round: 2, numbers: { spread: 0, n: 2 } });
    expect((await vote(dara, id, revoteId, 1)).text).toContain('no-open-revote');
    for (const questionId of ['q1', 'q4'])
      await lead.send('PUT', `/api/sessions/${id}/resolutions/${questionId}`, {
        agreed: scale(3),
        cause: null,
      });
    expect((await advance(lead, id, 'review')).status).toBe(200);
    const { record } = (await lead.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    const [question] = record.questions;
    expect(question?.answers.map(({ answer }) => answer)).toEqual([scale(1), scale(5), scale(2)]);
    expect(question?.revotes[0]?.votes.map(({ answer }) => answer)).toEqual([scale(3), scale(3)]);
    expect(await verifyRecord(record, hashes)).toEqual({ differing: [], reach: 'whole', withheld: 0 });
    const csv = (await lead.get(`/api/sessions/${id}/record.csv`)).text.split('\r\n');
    expect(csv.filter((row) => row.includes('"Question 1",2,'))).toHaveLength(2);
    expect(csv).toHaveLength(4 * 3 + 2 + 2);
    const exported = (await lead.get(`/api/sessions/${id}/record.json`)).text;
    expect(await verifyText(exported)).toMatchObject({ holds: true });
    expect(await verifyText('{}')).toBeNull();
    const forged = structuredClone(record) as unknown as {
      questions: { revotes: { votes: { answer: Answer }[] }[] }[];
    };
    const first = forged.questions[0]?.revotes[0]?.votes[0];
    if (first) first.answer = scale(1);
    expect((await verifyRecord(forged as never, hashes)).differing).toContainEqual({
      part: 'answers',
      participantId: participantIds[0],
    });
    expect(await verifyText(JSON.stringify(forged))).toMatchObject({ holds: false });
  });

  it('[J3] [C13] goes on without someone while names are hidden, whose first answer stands under the letter till the close', async () => {
    const { id, participantIds } = await sessionInReview();
    await lead.send('PUT', `/api/sessions/${id}/names`, { names: 'hidden' });
    const revoteId = await open(id);
    const [ben, chidi, dara] = evaluators;
    for (const person of [ben, chidi]) await vote(person, id, revoteId, 3);
    const missing = participantIds[2] ?? '';
    expect((await reveal(id, revoteId)).status).toBe(409);
    expect((await boardOf(dara, id)).revotes).toEqual([]);
    expect((await reveal(id, revoteId, [missing])).status).toBe(200);
    const { board, people, revotes } = await boardOf(ben, id);
    const letters = people.map(({ participantId }) => participantId).sort();
    const given = revotes[0]?.numbers.answers ?? [];
    expect(given.map(({ participantId }) => participantId).sort()).toEqual(letters);
    const first = board.questions.find(({ questionId }) => questionId === 'q1')?.answers ?? [];
    const { own } = await boardOf(dara, id);
    const answerOf = (answers: typeof given) => answers.find(({ participantId }) => participantId === own)?.q;
    expect(answerOf(given)).toBe(answerOf(first));
    for (const questionId of ['q1', 'q4'])
      await lead.send('PUT', `/api/sessions/${id}/resolutions/${questionId}`, {
        agreed: scale(3),
        cause: null,
      });
    expect((await advance(lead, id, 'review')).status).toBe(200);
    const voters = async (who: Person) => {
      const { record } = (await who.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
      const [round] = record.questions.flatMap(({ revotes: rounds }) => rounds);
      return (round?.votes ?? []).map(({ participantId }) => participantId).sort();
    };
    expect(await voters(ben)).toEqual(letters);
    expect((await advance(lead, id, 'resolved')).status).toBe(200);
    expect(await voters(ben)).toEqual([participantIds[0], participantIds[1]].sort());
  });

  it('[live 4.1] two runs with other votes give everyone else the same bytes until the reveal', async () => {
    const heardWith = async (value: number) => {
      const { id, participantIds } = await sessionInReview();
      const [ben, chidi] = evaluators;
      const room = openRoom(server.url, `meeting/${id}`, chidi.cookie);
      await until('the snapshot', () => room.heard(messageType.snapshot).length === 1);
      const from = room.heard(messageType.change).length;
      // How often progress was told while they scored depends on the pace, not on the answers.
      const { number } = await viewOf(lead, id);
      const revoteId = await open(id);
      await vote(ben, id, revoteId, value);
      await until('the vote is told', () =>
        room.heard(messageType.change).some(({ events }) => events[0]?.type === 'voted'),
      );
      const bodies = [await lead.get(`/api/sessions/${id}`), await chidi.get(`/api/sessions/${id}/board`)];
      const told = JSON.stringify([
        room.heard(messageType.change).slice(from),
        bodies.map(({ text }) => text),
      ]);
      room.close();
      const ids = [id, revoteId, ...participantIds];
      return (
        ids
          .reduce((text, one, index) => text.replaceAll(one, `id-${index}`), told)
          .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
          .replaceAll(/(\\?"number\\?":)(\d+)/g, (_, key, at) => `${key}+${Number(at) - number}`)
          // Letters follow from the participants' ids, which differ.
          .replaceAll(/letter(\W+)[A-Z]+/g, 'letter$1X')
      );
    };
    expect(await heardWith(1)).toBe(await heardWith(5));
  });

  it('[X2] a vote lies sealed until its reveal, and is destroyed when called off', async () => {
    const { id } = await sessionInReview();
    const revoteId = await open(id);
    await vote(evaluators[0], id, revoteId, 4);
    const rows = await server.connection.sql`
      select answer, salt, octet_length(sealed) as size from revote_vote where revote_id = ${revoteId}`;
    expect(rows).toEqual([{ answer: null, salt: null, size: 1024 + 29 }]);
    const off = await lead.send('DELETE', `/api/sessions/${id}/revotes/${revoteId}`);
    expect(off.status).toBe(200);
    const left = await server.connection.sql`select 1 from revote_vote where revote_id = ${revoteId}`;
    expect(left).toHaveLength(0);
    expect((await vote(evaluators[0], id, revoteId, 4)).text).toContain('no-open-revote');
  });
});

describe('hidden names', () => {
  const hide = (id: string, names: string) => lead.send('PUT', `/api/sessions/${id}/names`, { names });

  it('[J3] for everybody: no answer, re-vote or record can be tied to a person until closed', async () => {
    const { id, participantIds } = await sessionInReview();
    expect((await hide(id, 'hidden')).status).toBe(200);
    const [ben] = evaluators;
    const { people, board, own } = await boardOf(ben, id);
    expect(people.map(({ letter, name }) => [letter, name])).toEqual([
      ['A', null],
      ['B', null],
      ['C', null],
    ]);
    const answers = board.questions[0]?.answers ?? [];
    expect(answers.find(({ participantId }) => participantId === own)?.answer).toEqual(scale(1));
    expect((await boardOf(lead, id)).own).toBe(null);
    for (const path of ['board']) {
      const text = (await ben.get(`/api/sessions/${id}/${path}`)).text;
      for (const participantId of participantIds) expect(text).not.toContain(participantId);
    }
    for (const questionId of ['q1', 'q4'])
      await lead.send('PUT', `/api/sessions/${id}/resolutions/${questionId}`, {
        agreed: scale(3),
        cause: null,
      });
    await advance(lead, id, 'review');
    const hidden = (await ben.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    expect(hidden.record.people.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
    expect(JSON.stringify(hidden.record.questions)).not.toContain(participantIds[0]);
    expect(JSON.stringify(hidden.record.board)).not.toContain(participantIds[0]);
    const csv = await ben.get(`/api/sessions/${id}/record.csv`);
    expect(csv.text).not.toContain('Ben');
    await advance(lead, id, 'resolved');
    const closed = (await ben.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    expect(closed.record.people.map(({ name }) => name)).toEqual(['Ben', 'Chidi', 'Dara']);
    expect(await verifyRecord(closed.record, hashes)).toEqual({ differing: [], reach: 'whole', withheld: 0 });
  });

  it('[J3] on the screen alone: people at their desks still see names, beside the letters of the screen', async () => {
    const { id } = await sessionInReview();
    await hide(id, 'hidden-on-screen');
    const { people } = await boardOf(evaluators[0], id);
    expect(people.map(({ name }) => name)).toEqual(['Ben', 'Chidi', 'Dara']);
    expect([...people.map(({ letter }) => letter)].sort()).toEqual(['A', 'B', 'C']);
  });
});
