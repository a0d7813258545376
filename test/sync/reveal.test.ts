// The reveal of a calibration of many: its board comes from a thread of its own, and without it nothing has happened.
import type { BoardView } from '@attune/contract';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { advance, type Person, scaleDocument } from '../support/people.ts';
import { accepted, longestSetUpMs, submit, type Team, teamTest } from '../support/team.ts';

/** One more than the event loop computes a board of, with twenty questions. */
const people = 21;

const it = teamTest({
  more: Array.from({ length: people - 2 }, (_, index) => `Evaluator ${index}`),
  scorecard: scaleDocument(20, 5, { required: false }),
});

let server: RunningServer;
let team: Team;
let lead: Person;

it.beforeAll(({ server: started, team: made }) => {
  server = started;
  team = made;
  lead = made.lead;
});

/** A calibration of everyone, all of whom have submitted an empty sheet. */
async function allSubmitted() {
  const made = await team.calibration('scoring');
  for (const person of team.people) await accepted(submit(person, made.id));
  return made;
}

const rowsOf = async (id: string) => {
  const { sql } = server.connection;
  const [row] = await sql<
    { status: string; number: number; salts: string; answers: string; documents: string }[]
  >`
    select status, change_number as number,
      (select count(salt) from submission where session_id = session.id) as salts,
      (select count(*) from answer where session_id = session.id) as answers,
      (select count(*) from document where session_id = session.id and kind = 'sealed') as documents
    from session where id = ${id}`;
  return {
    ...row,
    salts: Number(row?.salts),
    answers: Number(row?.answers),
    documents: Number(row?.documents),
  };
};

const boardOf = async (person: Person, id: string) =>
  (await person.get(`/api/sessions/${id}/board`)).body as BoardView;

describe('the reveal of many', () => {
  it(
    '[live 3] answers 503 where the thread fails, nothing has changed; then all get the board, each as they may',
    async () => {
      const { id, participantIds } = await allSubmitted();
      const before = await rowsOf(id);
      process.once('worker', (worker) => void worker.terminate());
      const failed = await advance(lead, id, 'scoring');
      expect([failed.status, failed.headers.get('retry-after') !== null]).toEqual([503, true]);
      expect(await rowsOf(id)).toEqual(before);
      expect(before).toMatchObject({ status: 'scoring', salts: 0, answers: 0, documents: people });

      expect((await advance(lead, id, 'scoring')).status).toBe(200);
      expect(await rowsOf(id)).toMatchObject({
        status: 'review',
        salts: people,
        answers: people * 20,
        documents: 0,
      });
      const { board } = await boardOf(lead, id);
      expect(board.participants).toHaveLength(people);

      // Made once, and yet each is told which one they are, and no one else is.
      const [one, other] = team.people;
      for (const viewer of [one, other]) {
        const { people, own } = await boardOf(viewer, id);
        expect(people.find(({ participantId }) => participantId === own)?.name).toBe(viewer.name);
      }
      expect((await boardOf(lead, id)).own).toBe(null);
      const stranger = await team.organisation.member('Nina', ['evaluator']);
      expect((await stranger.get(`/api/sessions/${id}/board`)).status).toBe(404);

      // Names that are hidden meanwhile are nowhere in what is sent from then on.
      expect((await lead.send('PUT', `/api/sessions/${id}/names`, { names: 'hidden' })).status).toBe(200);
      const hidden = await one.get(`/api/sessions/${id}/board`);
      expect(hidden.status).toBe(200);
      for (const secret of [...participantIds, 'Evaluator']) expect(hidden.text).not.toContain(secret);
    },
    longestSetUpMs,
  );
});
