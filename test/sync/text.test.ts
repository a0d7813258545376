// Text that no database can hold: refused where it comes in over HTTP, naming its place; read as it can be kept where it
// comes in by a document, so that nobody can stop a submission, a reveal or a resolution with it.
import { createHash, createHmac } from 'node:crypto';
import { answersKey, commentKey, noteKey } from '@attune/contract';
import { type CalibrationRecord, type Hashes, verifyRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { advance, makeSession, type Person, scaleDocument } from '../support/people.ts';
import { openRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { type Team, teamTest } from '../support/team.ts';

const hashes: Hashes = {
  sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
  hmacSha256: async (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};

const it = teamTest();

let server: RunningServer;
let admin: Person;
let lead: Person;
let evaluators: Team['people'];
let versionId: string;

it.beforeAll(async ({ server: started, team }) => {
  server = started;
  ({ lead, people: evaluators, scorecardVersionId: versionId } = team);
  admin = await team.organisation.member('Sofia', ['admin']);
});

const card = scaleDocument(1);
const withQuestion = (question: object) => ({
  ...card,
  sections: card.sections.map((section) => ({
    ...section,
    questions: section.questions.map((one) => ({ ...one, ...question })),
  })),
});

/** Every field of text that a body has: what is sent with it, and the place that the refusal must name. */
const fields: readonly [
  string,
  'POST' | 'PUT',
  (ids: { draft: string; participant: string }) => string,
  (text: string) => object,
][] = [
  ['/name', 'POST', () => '/api/sessions', (name) => ({ name, scorecardVersionId: versionId })],
  ...(['interactionReference', 'agentName'] as const).map((field): (typeof fields)[number] => [
    `/${field}`,
    'POST',
    () => '/api/sessions',
    (text) => ({ name: 'x', scorecardVersionId: versionId, [field]: text }),
  ]),
  [
    '/recordingUrl',
    'PUT',
    ({ draft }) => `/api/sessions/${draft}/settings`,
    (text) => ({ name: 'x', scorecardVersionId: versionId, recordingUrl: `https://example.org/${text}` }),
  ],
  [
    '/transcript/0/text',
    'PUT',
    ({ draft }) => `/api/sessions/${draft}/settings`,
    (text) => ({
      name: 'x',
      scorecardVersionId: versionId,
      transcript: [{ speaker: null, second: null, text }],
    }),
  ],
  [
    '/transcript/0/speaker',
    'PUT',
    ({ draft }) => `/api/sessions/${draft}/settings`,
    (speaker) => ({
      name: 'x',
      scorecardVersionId: versionId,
      transcript: [{ speaker, second: null, text: '' }],
    }),
  ],
  [
    '/reason',
    'POST',
    ({ draft, participant }) => `/api/sessions/${draft}/participants/${participant}/excuse`,
    (reason) => ({ reason }),
  ],
  [
    '/agreed/text',
    'PUT',
    ({ draft }) => `/api/sessions/${draft}/resolutions/q1`,
    (text) => ({ agreed: { kind: 'text', text }, cause: null }),
  ],
  [
    '/sheet/q1/comment',
    'POST',
    ({ draft }) => `/api/sessions/${draft}/submission`,
    (comment) => ({ sheet: { q1: { answer: null, comment, evidence: [] } } }),
  ],
  ['/name', 'POST', () => '/api/scorecards/import', (name) => ({ ...card, name })],
  ['/description', 'POST', () => '/api/scorecards/import', (description) => ({ ...card, description })],
  [
    '/sections/0/questions/0/prompt',
    'POST',
    () => '/api/scorecards/import',
    (prompt) => withQuestion({ prompt }),
  ],
  [
    '/sections/0/questions/0/guidance',
    'POST',
    () => '/api/scorecards/import',
    (guidance) => withQuestion({ guidance }),
  ],
  ['/name', 'POST', () => '/api/clients', (name) => ({ name })],
  ['/lobs/0', 'POST', () => '/api/clients', (name) => ({ name: 'Client', lobs: [name] })],
  [
    '/email',
    'POST',
    () => '/api/invitations',
    (text) => ({ email: `${text}@example.org`, roles: ['agent'], access: { kind: 'organisation' } }),
  ],
  [
    '/name',
    'POST',
    () => '/api/invitations/accept',
    (name) => ({ token: 'A'.repeat(43), name, password: 'a long password' }),
  ],
  ['/name', 'POST', () => '/api/join', (name) => ({ token: 'A'.repeat(43), name })],
];

describe('text over HTTP', () => {
  it('[house 5] a NUL or half a character is refused with its place, in every field of text', async () => {
    const { id: draft, participantIds } = await makeSession(
      lead,
      { scorecardVersionId: versionId },
      evaluators,
    );
    const ids = { draft, participant: participantIds[0] ?? '' };
    for (const [pointer, method, path, body] of fields) {
      for (const text of ['a\u0000b', 'a\ud83d', '\ude00b']) {
        const reply = await admin.send(method, path(ids), body(text));
        expect([path(ids), reply.status, reply.text]).toEqual([
          path(ids),
          422,
          expect.stringContaining(`"pointer":"${pointer}"`),
        ]);
      }
      const whole = await admin.send(method, path(ids), body('Zoë 😀'));
      expect([path(ids), whole.status < 500]).toEqual([path(ids), true]);
    }
  });

  it('[house 5] in the query too', async () => {
    const reply = await lead.get('/api/sessions?text=%00');
    expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('"pointer":"?text"')]);
    const noYear = await lead.get('/api/sessions?from=0000-01-01');
    expect([noYear.status, noYear.text]).toEqual([422, expect.stringContaining('"pointer":"?from"')]);
    const cursor = (key: string, id: string = versionId) =>
      Buffer.from(JSON.stringify([key, id])).toString('base64url');
    for (const [sort, key] of [
      ['name', 'a\u0000'],
      ['created', 'never'],
      ['status', 'x'],
      ['due', '0'],
    ] as const) {
      const listed = await lead.get(`/api/sessions?sort=${sort}&cursor=${cursor(key)}`);
      expect([sort, listed.status]).toEqual([sort, 200]);
    }
  });
});

describe('text in documents', () => {
  it('[C5 C10 X1] comments and notes with NULs and halves of characters reach the record, and it verifies', async () => {
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId: versionId }, evaluators);
    await advance(lead, id, 'draft');
    for (const [index, person] of evaluators.entries()) {
      const room = openRoom(server.url, `sealed/${participantIds[index]}`, person.cookie);
      await until('the sheet is there', () => room.provider.synced);
      room.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 100 });
      room.doc.getMap(answersKey).set('q2', { kind: 'rubric', optionId: 'a\u0000' });
      room.doc.getText(commentKey('q1')).insert(0, 'a\u0000b \ud83d');
      await untilSaved(room);
      // What the device saw: the same reading of the same document.
      const seen = {
        q1: { answer: { kind: 'scale', valueHundredths: 100 }, comment: 'a\ufffdb \ufffd', evidence: [] },
      };
      const submitted = await person.send('POST', `/api/sessions/${id}/submission`, { sheet: seen });
      expect([submitted.status, submitted.text]).toEqual([200, expect.any(String)]);
      room.close();
    }
    expect((await advance(lead, id, 'scoring')).status).toBe(200);

    const meeting = openRoom(server.url, `meeting/${id}`, lead.cookie);
    await until('the notes are there', () => meeting.provider.synced);
    meeting.doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph('said \u0000')]);
    await untilSaved(meeting);
    meeting.close();
    const resolved = await advance(lead, id, 'review');
    expect([resolved.status, resolved.text.slice(0, 200)]).toEqual([200, expect.any(String)]);

    const record = JSON.parse((await lead.get(`/api/sessions/${id}/record.json`)).text) as CalibrationRecord;
    expect(record.questions[0]?.answers.map(({ comment }) => comment)).toEqual(
      evaluators.map(() => 'a\ufffdb \ufffd'),
    );
    expect(record.questions[0]?.note?.text).toBe('said \ufffd');
    expect(await verifyRecord(record, hashes)).toEqual({ differing: [], reach: 'whole', withheld: 0 });
  });

  it('[C6] a comment too long for the reveal is refused at submission, naming its question', async () => {
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId: versionId }, evaluators);
    await advance(lead, id, 'draft');
    const [person] = evaluators;
    const room = openRoom(server.url, `sealed/${participantIds[0]}`, person?.cookie ?? '');
    await until('the sheet is there', () => room.provider.synced);
    room.doc.getText(commentKey('q1')).insert(0, 'x'.repeat(20_001));
    await untilSaved(room);
    room.close();
    const reply = await person?.send('POST', `/api/sessions/${id}/submission`, {});
    expect([reply?.status, reply?.text]).toEqual([422, expect.stringContaining('comment-too-long')]);
  });
});
