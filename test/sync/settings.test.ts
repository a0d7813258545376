// What a calibration's settings take and refuse over the API (C2), new and changed alike, and that a subset of the questions is
// all there is to score, to compare and to keep.
import { answersKey, type BoardView, type CandidateList } from '@attune/contract';
import type { CalibrationRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  reviseScorecard,
  scaleDocument,
  viewOf,
} from '../support/people.ts';
import { openRoom, until, untilSaved } from '../support/rooms.ts';
import { type Team, teamTest } from '../support/team.ts';

const it = teamTest({ scorecard: scaleDocument(3) });

let server: RunningServer;
let organisation: Organisation;
let lead: Person;
let evaluators: Team['people'];
let scorecardVersionId: string;

it.beforeAll(({ server: started, team }) => {
  server = started;
  ({ organisation, lead, people: evaluators, scorecardVersionId } = team);
});

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

/** The places a body is refused for, the same for a new session and for a draft's settings; none where it is taken. */
async function refusedFor(settings: object): Promise<string[]> {
  const body = { name: 'Bounds', scorecardVersionId, ...settings };
  const { id } = await makeSession(lead, { scorecardVersionId }, []);
  const pointers = [];
  for (const reply of [
    await lead.send('POST', '/api/sessions', body),
    await lead.send('PUT', `/api/sessions/${id}/settings`, body),
  ]) {
    expect([200, 201, 422]).toContain(reply.status);
    const { errors = [] } = reply.body as { errors?: { pointer: string }[] };
    expect([reply.text, errors.length > 0]).toEqual([reply.text, reply.status === 422]);
    pointers.push(errors.map(({ pointer }) => pointer));
  }
  expect(pointers[1]).toEqual(pointers[0]);
  return pointers[0] ?? [];
}

describe('who may take part', () => {
  const limited = () =>
    ({ kind: 'grants', grants: [{ clientId: organisation.clientId, lobId: null }] }) as const;
  const nobodys = { kind: 'grants', grants: [] } as const;
  const listed = async (who: Person, id: string) =>
    (await who.get(`/api/sessions/${id}/candidates`)).body as CandidateList;

  it('[O4] a lead who works for one client makes and runs an organisation-wide session, with anyone in it', async () => {
    const limitedLead = await organisation.member('Lina', ['lead'], limited());
    const dmitri = await organisation.member('Dmitri', ['evaluator'], nobodys);
    const { id } = await makeSession(limitedLead, { scorecardVersionId }, [dmitri]);
    const { candidates, others } = await listed(limitedLead, id);
    expect(candidates.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ana', 'Ben', 'Chidi']));
    expect(others.filter(({ hindrance }) => hindrance.why === 'elsewhere')).toEqual([]);
    expect((await dmitri.get(`/api/sessions/${id}`)).status).toBe(200);
    expect((await dmitri.get('/api/sessions')).text).toContain(id);
  });

  it('[O4] who may not be chosen is listed with the reason, and refused with it', async () => {
    const { clientId, lobId } = organisation;
    const loans = { kind: 'grants', grants: [{ clientId, lobId: organisation.otherLobId }] } as const;
    const elsewhere = await organisation.member('Loa', ['evaluator'], loans);
    const agent = await organisation.member('Noor', ['agent']);
    const gone = await organisation.member('Ute', ['evaluator']);
    const admin = await organisation.member('Sofia', ['admin']);
    await admin.send('PATCH', `/api/members/${gone.memberId}`, { active: false });
    const { id } = await makeSession(
      lead,
      { scorecardVersionId, scope: { kind: 'lob', clientId, lobId } },
      [],
    );
    const { candidates, others } = await listed(lead, id);
    const reasons = [
      [elsewhere, { why: 'elsewhere', access: loans }],
      [agent, { why: 'role' }],
      [gone, { why: 'deactivated' }],
    ] as const;
    for (const [{ memberId, name }, hindrance] of reasons) {
      expect(others).toContainEqual({ memberId, name, hindrance });
      expect(candidates.map((one) => one.memberId)).not.toContain(memberId);
      const refused = await lead.send('POST', `/api/sessions/${id}/participants`, { memberId });
      expect([refused.status, refused.body]).toEqual([
        409,
        expect.objectContaining({
          refusal: { code: 'may-not-take-part', people: [{ memberId, ...hindrance }] },
        }),
      ]);
    }
    const memberId = '0190a000-0000-7000-8000-000000000001';
    const unknown = await lead.send('POST', `/api/sessions/${id}/participants`, { memberId });
    expect(unknown.body).toMatchObject({ refusal: { people: [{ memberId, why: 'unknown' }] } });
  });

  it('[O4] a scope that would put people out names every one of them, and changes nothing', async () => {
    const { clientId, lobId, otherLobId } = organisation;
    const loans = { kind: 'grants', grants: [{ clientId, lobId: otherLobId }] } as const;
    const two = [
      await organisation.member('Loa', ['evaluator'], loans),
      await organisation.member('Mio', ['evaluator'], nobodys),
    ];
    const { id } = await makeSession(lead, { scorecardVersionId }, [...two, ...evaluators]);
    const { settings } = (await viewOf(lead, id)).detail;
    const scope = { kind: 'lob', clientId, lobId };
    const refused = await lead.send('PUT', `/api/sessions/${id}/settings`, { ...settings, scope });
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({
        refusal: {
          code: 'may-not-take-part',
          people: [
            { memberId: two[0]?.memberId, why: 'elsewhere', access: loans },
            { memberId: two[1]?.memberId, why: 'elsewhere', access: nobodys },
          ],
        },
      }),
    ]);
    expect((await viewOf(lead, id)).detail.settings.scope).toEqual({ kind: 'organisation' });
  });

  it('[O4] who works for one client reads what is organisation-wide of scorecards, and changes it only with all access', async () => {
    const limitedLead = await organisation.member('Lina', ['lead'], limited());
    expect((await limitedLead.get('/api/scorecards')).text).toContain(scorecardVersionId);
    const everyones = await limitedLead.send('POST', '/api/scorecards/import', scaleDocument(1));
    expect([everyones.status, everyones.text]).toEqual([422, expect.stringContaining('/scope')]);
    const scope = { kind: 'client', clientId: organisation.clientId };
    const own = await limitedLead.send('POST', '/api/scorecards/import', { ...scaleDocument(1), scope });
    expect(own.status).toBe(201);
    const limitedAdmin = await organisation.member('Ida', ['admin'], limited());
    expect((await limitedAdmin.send('POST', '/api/clients', { name: 'Aurora' })).status).toBe(403);
  });
});

describe('settings', () => {
  it('[C2] a variance threshold is 0 to 100 % in hundredths, 10 % if left out', async () => {
    const threshold = ['/thresholdHundredths'];
    for (const [percent, expected] of [
      [-1, threshold],
      [-0.01, threshold],
      [0, []],
      [0.01, []],
      [100, []],
      [100.01, threshold],
      [10.005, threshold],
    ] as const) {
      const thresholdHundredths = Number((percent * 100).toFixed(1));
      expect([percent, await refusedFor({ thresholdHundredths })]).toEqual([percent, expected]);
    }
    for (const thresholdHundredths of ['10', null])
      expect(await refusedFor({ thresholdHundredths })).toEqual(threshold);
    const { id } = await makeSession(lead, { scorecardVersionId }, []);
    expect((await viewOf(lead, id)).shared.thresholdHundredths).toBe(1_000);
  });

  it('[C2a] a due date or a meeting in the past is refused, unless it is the one that stood', async () => {
    for (const name of ['dueAt', 'meetingAt'])
      expect(await refusedFor({ [name]: '2020-01-01T10:00:00.000Z' })).toEqual([`/${name}`]);
    expect(await refusedFor({ dueAt: '2099-01-01T10:00:00.000Z' })).toEqual([]);
    const { id } = await makeSession(lead, { scorecardVersionId, dueAt: inMs(1_500) }, []);
    const { settings } = (await viewOf(lead, id)).detail;
    await until('the due date has passed', () => Date.parse(settings.dueAt ?? '') < Date.now());
    const renamed = { ...settings, name: 'Renamed' };
    expect((await lead.send('PUT', `/api/sessions/${id}/settings`, renamed)).status).toBe(200);
    const moved = await lead.send('PUT', `/api/sessions/${id}/settings`, {
      ...renamed,
      dueAt: inMs(-60_000),
    });
    expect([moved.status, moved.text]).toEqual([422, expect.stringContaining('/dueAt')]);
  });

  it('[C2] [S1] only the newest version of a scorecard that is not archived makes a session, or is what a draft is changed to', async () => {
    const { id: scorecardId, versionId: first } = (
      await lead.send('POST', '/api/scorecards/import', scaleDocument(2))
    ).body as { id: string; versionId: string };
    const publish = () => lead.send('POST', `/api/scorecards/${scorecardId}/publish`);
    expect((await publish()).status).toBe(200);
    const { id } = await makeSession(lead, { scorecardVersionId: first }, evaluators);
    const standing = async () => (await viewOf(lead, id)).detail.scorecardStanding;
    const remedy = async (method: 'POST' | 'PUT', path: string) => {
      const reply = await lead.send(method, path, { name: 'Old', scorecardVersionId: first });
      expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('/scorecardVersionId')]);
      return reply.text;
    };
    expect(await standing()).toBe('newest');

    const drafted = await reviseScorecard(lead, scorecardId, scaleDocument(3));
    expect([drafted.status, drafted.text]).toEqual([200, expect.any(String)]);
    expect(await standing()).toBe('newest');
    expect((await publish()).status).toBe(200);
    await until('the draft is on it', async () => (await viewOf(lead, id)).detail.scorecardVersion === 2);
    expect(await standing()).toBe('newest');
    expect(await remedy('POST', '/api/sessions')).toContain('scorecard-superseded');
    expect(await remedy('PUT', `/api/sessions/${id}/settings`)).toContain('choose the newest version');

    expect((await lead.send('POST', `/api/scorecards/${scorecardId}/archive`)).status).toBe(200);
    expect(await standing()).toBe('archived');
    expect(await remedy('PUT', `/api/sessions/${id}/settings`)).toContain('scorecard-archived');
    // A draft that holds one goes on: its people were told what they will score.
    expect((await advance(lead, id, 'draft')).status).toBe(200);
  });

  it('[C2] a line of business comes only with its client', async () => {
    const { clientId, lobId, otherLobId } = organisation;
    const elsewhere = await makeOrganisation(server, 'Elsewhere');
    const unknown = '0190a000-0000-7000-8000-000000000001';
    for (const [scope, expected] of [
      [{ kind: 'organisation' }, []],
      [{ kind: 'client', clientId }, []],
      [{ kind: 'lob', clientId, lobId }, []],
      [{ kind: 'lob', clientId, lobId: otherLobId }, []],
      [{ kind: 'lob', lobId }, ['/scope/clientId']],
      [{ kind: 'lob', clientId: null, lobId }, ['/scope/clientId']],
      [{ kind: 'lob', clientId: unknown, lobId }, ['/scope']],
      [{ kind: 'lob', clientId, lobId: unknown }, ['/scope']],
      [{ kind: 'lob', clientId: elsewhere.clientId, lobId: elsewhere.lobId }, ['/scope']],
      [{ kind: 'lob', clientId, lobId: elsewhere.lobId }, ['/scope']],
      [{ kind: 'client', clientId: elsewhere.clientId }, ['/scope']],
    ] as const)
      expect([scope, await refusedFor({ scope })]).toEqual([scope, expected]);
  });

  it('[C2] a subset is of the scorecard’s own questions, each once, and not empty', async () => {
    for (const [questionIds, expected] of [
      [null, []],
      [['q1', 'q2', 'q3'], []],
      [['q3'], []],
      [[], ['/questionIds']],
      [['q1', 'q9'], ['/questionIds']],
      [['q1', 'q1'], ['/questionIds']],
      [['conduct'], ['/questionIds']],
    ] as const)
      expect([questionIds, await refusedFor({ questionIds })]).toEqual([questionIds, expected]);
  });

  it('[C2] a subset narrows the sheet, what must be answered, the board and the record', async () => {
    const questionIds = ['q3', 'q1'];
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId, questionIds }, evaluators);
    const { detail, shared } = await viewOf(lead, id);
    const asked = detail.scorecard.sections.flatMap(({ questions }) => questions.map((one) => one.id));
    expect(asked).toEqual(['q1', 'q3']);
    expect(shared.participants.map(({ questions }) => questions)).toEqual([2, 2]);
    await advance(lead, id, 'draft');
    for (const [index, person] of evaluators.entries()) {
      const room = openRoom(server.url, `sealed/${participantIds[index]}`, person.cookie);
      await until('the first sync', () => room.provider.synced);
      const answers = room.doc.getMap(answersKey);
      // What is not asked cannot be slipped in, and is not missed.
      for (const questionId of ['q2', 'q3']) answers.set(questionId, { kind: 'scale', valueHundredths: 300 });
      await untilSaved(room);
      const early = await person.send('POST', `/api/sessions/${id}/submission`, {});
      expect([early.status, (early.body as { refusal: object }).refusal]).toMatchObject([
        422,
        { code: 'incomplete-sheet', problems: [{ questionId: 'q1' }] },
      ]);
      answers.set('q1', { kind: 'scale', valueHundredths: 100 + index * 400 });
      await untilSaved(room);
      room.close();
      expect((await person.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
    }
    await advance(lead, id, 'scoring');
    const { board } = (await lead.get(`/api/sessions/${id}/board`)).body as BoardView;
    expect(board.questions.map(({ questionId, flagged }) => [questionId, flagged])).toEqual([
      ['q1', true],
      ['q3', false],
    ]);
    const unasked = await lead.send('PUT', `/api/sessions/${id}/resolutions/q2`, {
      agreed: null,
      cause: null,
    });
    expect(unasked.status).toBe(404);
    await lead.send('PUT', `/api/sessions/${id}/resolutions/q1`, {
      agreed: { kind: 'scale', valueHundredths: 300 },
      cause: null,
    });
    await advance(lead, id, 'review');
    const { record } = (await lead.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    expect(record.questions.map(({ questionId, answers }) => [questionId, answers.length])).toEqual([
      ['q1', 2],
      ['q3', 2],
    ]);
    expect(JSON.stringify(record)).not.toContain('"q2"');
  });
});
