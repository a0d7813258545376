// Two things at once: one wins, the other is told, and what stands is consistent. Hundreds of times.
import { answersKey, messageType } from '@attune/contract';
import { describe, expect } from 'vitest';
import { advance, type Person, type Reply, scaleDocument } from '../support/people.ts';
import { until, untilSaved } from '../support/rooms.ts';
import { submit, teamTest } from '../support/team.ts';

const it = teamTest({ scorecard: scaleDocument(1, 5, { required: false }) });

const slugOf = (reply: Reply) => (reply.body as { type: string } | undefined)?.type ?? '';

interface Shared {
  shared: { status: string; participants: { state: string }[] };
  number: number;
}

async function standing(lead: Person, id: string): Promise<Shared> {
  return (await lead.get(`/api/sessions/${id}`)).body as Shared;
}

describe('races', () => {
  it('[C3] two presses of the same step: one moves it, the other is told what happened; 100 times', async ({
    team,
  }) => {
    const { lead } = team;
    for (let round = 0; round < 100; round += 1) {
      const { id } = await team.calibration('draft');
      const replies = await Promise.all([advance(lead, id, 'draft'), advance(lead, id, 'draft')]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [told] = replies.filter(({ status }) => status === 409) as [Reply];
      expect(slugOf(told)).toBe('/problems/stale');
      expect(told.body).toMatchObject({ present: { status: 'scoring', focusQuestionId: null } });
      expect((await standing(lead, id)).shared.status).toBe('scoring');
    }
  }, 120_000);

  it('[C3] the same press sent twice under one key happens once and answers alike', async ({ team }) => {
    const { lead } = team;
    const { id } = await team.calibration('draft');
    const press = () => lead.send('POST', `/api/sessions/${id}/transition`, { from: 'draft' }, `press-${id}`);
    const [one, other] = await Promise.all([press(), press()]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.text).toBe(other.text);
    const reused = await lead.send(
      'POST',
      `/api/sessions/${id}/transition`,
      { from: 'scoring' },
      `press-${id}`,
    );
    expect([reused.status, slugOf(reused)]).toEqual([422, '/problems/key-reused']);
  });

  it('[C7] a submission against the reveal: revealed with it, or not revealed; 100 times', async ({
    team,
  }) => {
    const { lead, people } = team;
    for (let round = 0; round < 100; round += 1) {
      const { id } = await team.calibration('scoring');
      expect((await submit(people[0], id)).status).toBe(200);
      const [submitted, revealed] = await Promise.all([submit(people[1], id), advance(lead, id, 'scoring')]);
      const { shared } = await standing(lead, id);
      expect(submitted.status).toBe(200);
      if (revealed.status === 200) expect(shared.status).toBe('review');
      else {
        expect([revealed.status, slugOf(revealed)]).toEqual([409, '/problems/not-all-submitted']);
        expect(shared.status).toBe('scoring');
      }
      expect(shared.participants.map(({ state }) => state)).toEqual(['submitted', 'submitted']);
    }
  }, 120_000);

  it('[C5] a withdrawal against the reveal: one of the two, never both; 100 times', async ({ team }) => {
    const { lead, people } = team;
    for (let round = 0; round < 100; round += 1) {
      const { id } = await team.calibration('scoring');
      for (const person of people) expect((await submit(person, id)).status).toBe(200);
      const [taken, revealed] = await Promise.all([
        people[0].send('DELETE', `/api/sessions/${id}/submission`),
        advance(lead, id, 'scoring'),
      ]);
      expect([taken.status, revealed.status].sort()).toEqual([200, 409]);
      const { shared } = await standing(lead, id);
      expect(shared.status).toBe(revealed.status === 200 ? 'review' : 'scoring');
      const board = await lead.get(`/api/sessions/${id}/board`);
      expect(board.status).toBe(revealed.status === 200 ? 200 : 404);
    }
  }, 120_000);

  it('[live 1] changes are numbered without gaps, however many happen at once', async ({ team, open }) => {
    const { lead, people } = team;
    const { id } = await team.calibration('draft');
    const meeting = open(`meeting/${id}`, lead);
    await until('the snapshot', () => meeting.heard(messageType.snapshot).length === 1);
    const first = meeting.heard(messageType.snapshot)[0]?.number ?? 0;
    await advance(lead, id, 'draft');
    await Promise.all(people.map((person) => submit(person, id)));
    await advance(lead, id, 'scoring');
    await until('the reveal', () =>
      meeting.heard(messageType.change).some(({ patch }) => patch.status === 'review'),
    );
    const numbers = meeting.heard(messageType.change).map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, index) => first + 1 + index));
  });

  it('[C5] typing that arrives after the submission is refused, and taking back opens the sheet again', async ({
    team,
    open,
  }) => {
    const { people } = team;
    const { id, participantIds } = await team.calibration('scoring');
    const sheet = open(`sealed/${participantIds[0]}`, people[0]);
    await until('the sheet', () => sheet.provider.synced);
    sheet.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 300 });
    await untilSaved(sheet);
    await submit(people[0], id);
    sheet.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 500 });
    await until('it is refused', () => sheet.heard(messageType.refused)[0]?.reason === 'readOnly');
    sheet.close();
    await people[0].send('DELETE', `/api/sessions/${id}/submission`);
    const again = open(`sealed/${participantIds[0]}`, people[0]);
    await until('the sheet again', () => again.provider.synced);
    expect(again.doc.getMap(answersKey).get('q1')).toEqual({ kind: 'scale', valueHundredths: 300 });
  });
});
