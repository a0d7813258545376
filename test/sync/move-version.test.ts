// Drafts go with their scorecard (S1): a newer version that is published takes along every session that has not begun to score.

import type { NotificationView } from '@attune/contract';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import {
  advance,
  makeSession,
  type Person,
  type Reply,
  reviseScorecard,
  scaleDocument,
  viewOf,
} from '../support/people.ts';
import { until } from '../support/rooms.ts';
import { accepted, type Team, teamTest } from '../support/team.ts';

const it = teamTest();

let server: RunningServer;
let lead: Person;
let people: Team['people'];

it.beforeAll(({ server: started, team }) => {
  server = started;
  ({ lead, people } = team);
});

interface Card {
  readonly id: string;
  readonly versionId: string;
}

async function publishedCard(): Promise<Card> {
  const { id, versionId } = (await lead.send('POST', '/api/scorecards/import', scaleDocument(3)))
    .body as Card;
  await accepted(lead.send('POST', `/api/scorecards/${id}/publish`));
  return { id, versionId };
}

const publishNext = async (card: Card, questions: number, by = lead): Promise<Reply> => {
  await accepted(reviseScorecard(by, card.id, scaleDocument(questions)));
  return accepted(by.send('POST', `/api/scorecards/${card.id}/publish`));
};

const versionOf = async (id: string) => (await viewOf(lead, id)).detail.scorecardVersion;
const untilOn = (id: string, version: number) =>
  until(`the draft is on version ${version}`, async () => (await versionOf(id)) === version);

const toldOf = async (who: Person, sessionId: string) =>
  ((await who.get('/api/notifications')).body as { notifications: NotificationView[] }).notifications
    .filter((one) => one.sessionId === sessionId)
    .map(({ kind }) => kind);

describe('a newer version of a scorecard', () => {
  it('[S1] [O7] moves every draft, tells its facilitator once, whoever published, and leaves what has begun', {
    timeout: 60_000,
  }, async ({ team }) => {
    const card = await publishedCard();
    const settings = { scorecardVersionId: card.versionId };
    const other = await team.organisation.member('Lina', ['lead']);
    const own = await makeSession(lead, settings, people);
    const others = await makeSession(other, settings, people);
    const begun = await makeSession(lead, settings, people);
    await advance(lead, begun.id, 'draft');
    await publishNext(card, 4);
    for (const { id } of [own, others]) await untilOn(id, 2);
    const { detail, shared, number } = await viewOf(lead, own.id);
    expect(detail).toMatchObject({ scorecardStanding: 'newest', movedFrom: 1, goneQuestions: [] });
    expect(shared.participants.map(({ questions }) => questions)).toEqual([4, 4]);
    expect(await toldOf(lead, own.id)).toEqual(['version-moved']);
    expect(await toldOf(other, others.id)).toEqual(['version-moved']);
    expect(await toldOf(people[0], own.id)).not.toContain('version-moved');
    expect([await versionOf(begun.id), await toldOf(lead, begun.id)]).toEqual([1, []]);

    // Published again with nothing new, nothing moves; with something new, each draft moves once more.
    await accepted(lead.send('POST', `/api/scorecards/${card.id}/publish`));
    await publishNext(card, 2);
    await untilOn(own.id, 3);
    const moved = await viewOf(lead, own.id);
    expect([moved.number, moved.detail.movedFrom]).toEqual([number + 1, 2]);
    await advance(lead, own.id, 'draft');
    expect((await viewOf(lead, own.id)).detail.movedFrom).toBeNull();
    const log = await server.connection.sql<{ event: { type: string; from: number; to: number } }[]>`
      select event from audit_entry where session_id = ${own.id} and event ->> 'type' = 'version-moved'
      order by sequence`;
    expect(log.map(({ event }) => [event.from, event.to])).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it('[S1] that lacks chosen questions keeps the choice, and Start refuses until it is mended', async () => {
    const card = await publishedCard();
    const questionIds = ['q1', 'q3'];
    const { id } = await makeSession(lead, { scorecardVersionId: card.versionId, questionIds }, people);
    await publishNext(card, 2);
    await untilOn(id, 2);
    const { detail } = await viewOf(lead, id);
    expect(detail.settings.questionIds).toEqual(questionIds);
    expect(detail.goneQuestions).toEqual([{ id: 'q3', prompt: 'Question 3' }]);
    expect(detail.scorecard.sections.flatMap(({ questions }) => questions.map((one) => one.id))).toEqual([
      'q1',
    ]);
    const refused = await advance(lead, id, 'draft');
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { type: '/problems/questions-gone', refusal: { questionIds: ['q3'] } },
    ]);
    const save = (chosen: readonly string[]) =>
      lead.send('PUT', `/api/sessions/${id}/settings`, { ...detail.settings, questionIds: chosen });
    const same = await save(questionIds);
    expect([same.status, same.text]).toEqual([422, expect.stringContaining('/questionIds')]);
    await accepted(save(['q1', 'q2']));
    expect((await viewOf(lead, id)).detail).toMatchObject({ goneQuestions: [], movedFrom: null });
    await accepted(advance(lead, id, 'draft'));
  });

  it('[S1] leaves no draft behind that was made in the same moment', async () => {
    const card = await publishedCard();
    await accepted(reviseScorecard(lead, card.id, scaleDocument(4)));
    const make = () =>
      lead.send('POST', '/api/sessions', { name: 'At once', scorecardVersionId: card.versionId });
    const replies = await Promise.all([
      ...Array.from({ length: 4 }, make),
      lead.send('POST', `/api/scorecards/${card.id}/publish`),
      ...Array.from({ length: 4 }, make),
    ]);
    const made = replies.filter(({ status }) => status === 201);
    for (const { body } of made) await untilOn((body as { id: string }).id, 2);
    expect(replies.filter(({ status }) => ![200, 201, 422].includes(status))).toEqual([]);
  });

  it('[S1] starts on no version that was replaced a moment ago', async () => {
    const card = await publishedCard();
    const made = await makeSession(lead, { scorecardVersionId: card.versionId }, people);
    await accepted(reviseScorecard(lead, card.id, scaleDocument(4)));
    await accepted(lead.send('POST', `/api/scorecards/${card.id}/publish`));
    const started = await advance(lead, made.id, 'draft');
    // The move may have been faster than the press.
    if (started.status === 409)
      expect(started.body).toMatchObject({
        type: '/problems/version-behind',
        refusal: { version: 1, newest: 2 },
      });
    else expect((await viewOf(lead, made.id)).detail.scorecardVersion).toBe(2);
    await untilOn(made.id, 2);
  });
});
