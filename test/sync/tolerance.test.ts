// A question's own tolerance from the published scorecard to the record: what it flags, what is left to discuss, what verifies (E14).
import { answersKey } from '@attune/contract';
import type { CalibrationRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import { verifyText } from '../../server/src/cli/verify.ts';
import { advance, openRevote, scaleDocument, visitor } from '../support/people.ts';
import { openRoom, until, untilSaved } from '../support/rooms.ts';
import { accepted, teamTest } from '../support/team.ts';

/** Of the session's threshold of 30 %, the second question is more lenient and the third stricter. */
const document = () => {
  const examples = [{ id: 'e', of: { kind: 'scale', value: 1 }, text: 'Such as this.' }];
  const [section] = scaleDocument(3, 5, { required: false, examples }).sections;
  const tolerances = [undefined, 50, 12.5];
  return {
    ...scaleDocument(3),
    sections: [
      {
        ...section,
        questions: section?.questions.map((question, at) => ({ ...question, tolerance: tolerances[at] })),
      },
    ],
  };
};
const it = teamTest({ scorecard: document() });
const scale = (value: number) => ({ kind: 'scale', valueHundredths: value * 100 });
const answers = [
  { q1: 1, q2: 1, q3: 4 },
  { q1: 3, q2: 3, q3: 5 },
];

describe('a tolerance', () => {
  it('[E14 C11 C13 X1] decides in the place of the threshold: flags, what is left, re-votes, record, CSV, verifying', async ({
    server,
    team,
  }) => {
    const { lead, people } = team;
    const { id } = await team.calibration('review', {
      settings: { thresholdHundredths: 3_000 },
      async answer({ participantIds }) {
        for (const [at, person] of people.entries()) {
          const room = openRoom(server.url, `sealed/${participantIds[at]}`, person.cookie);
          await until('the sheet is open', () => room.provider.synced);
          for (const [question, value] of Object.entries(answers[at] ?? {}))
            room.doc.getMap(answersKey).set(question, scale(value));
          await untilSaved(room);
          room.close();
        }
      },
    });
    const { board } = (await lead.get(`/api/sessions/${id}/board`)).body as {
      board: CalibrationRecord['board'];
    };
    // Spreads are 50, 50 and 25 %: the second lies exactly at its tolerance.
    expect(board.questions.map(({ spread, flagged }) => [spread, flagged])).toEqual([
      [50, true],
      [50, false],
      [25, true],
    ]);
    expect(board).toMatchObject({ flaggedCount: 2, agreement: { comparable: 3, notFlagged: 1 } });

    // The wall shows no guidance, and gets no examples.
    const { display } = (await lead.send('POST', `/api/sessions/${id}/links/display`, {})).body as {
      display: { url: string };
    };
    const screen = visitor(server.url);
    const token = new URL(display.url).hash.slice(1);
    const opened = await screen.send('POST', '/api/display', { token });
    expect(opened.status).toBe(200);
    expect(opened.text).toContain('"toleranceHundredths":5000');
    expect(opened.text).not.toContain('Such as this.');
    expect((await lead.get(`/api/sessions/${id}`)).text).toContain('Such as this.');

    const revoteId = await openRevote(lead, id, 'q3');
    for (const [at, person] of people.entries())
      await accepted(
        person.send('PUT', `/api/sessions/${id}/revotes/${revoteId}/vote`, {
          answer: scale(at === 0 ? 4 : 5),
        }),
      );
    await accepted(lead.send('POST', `/api/sessions/${id}/revotes/${revoteId}/reveal`, { without: [] }));

    const agree = (questionId: string) =>
      accepted(
        lead.send('PUT', `/api/sessions/${id}/resolutions/${questionId}`, { agreed: scale(4), cause: null }),
      );
    await agree('q1');
    const tooSoon = await advance(lead, id, 'review');
    expect([tooSoon.status, tooSoon.text]).toEqual([409, expect.stringContaining('q3')]);
    expect(tooSoon.text).not.toContain('q2');
    await agree('q3');
    await accepted(advance(lead, id, 'review'));

    const exported = (await lead.get(`/api/sessions/${id}/record.json`)).text;
    const record: CalibrationRecord = JSON.parse(exported);
    const [question, lenient, strict] = record.scorecard.sections[0]?.questions ?? [];
    expect(question).not.toHaveProperty('toleranceHundredths');
    expect([lenient, strict]).toMatchObject([{ toleranceHundredths: 5_000 }, { toleranceHundredths: 1_250 }]);
    expect(record.questions[2]?.revotes[0]?.numbers.flagged).toBe(true);
    expect((await verifyText(exported))?.holds).toBe(true);
    const forged = exported.replaceAll('"toleranceHundredths":5000', '"toleranceHundredths":4000');
    expect((await verifyText(forged))?.holds).toBe(false);
    const csv = (await lead.get(`/api/sessions/${id}/record.csv`)).text;
    expect(csv).toContain('tolerancePercent');
  });
});
