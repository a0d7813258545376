// The life of a scorecard over HTTP: import, dry run, publishing, a new version under a new name, archiving, and who sees which
// (S1, S3, S7, O1 to O4).
import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import {
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  type Reply,
  reviseScorecard,
  scaleDocument,
} from '../../../test/support/people.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import type { RunningServer } from '../start.ts';

interface Summary {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly version: number;
  readonly versionId: string;
}

let server: RunningServer;
let organisation: Organisation;
let lead: Person;
let evaluator: Person;
let stranger: Person;

const named = (name: string, more: object = {}) => ({ ...scaleDocument(2), name, ...more });

async function imported(document: object, by = lead): Promise<{ id: string; versionId: string }> {
  const reply = await by.send('POST', '/api/scorecards/import', document);
  if (reply.status !== 201) throw new Error(`not imported: ${reply.text}`);
  return reply.body;
}

async function published(document: object): Promise<{ id: string; versionId: string }> {
  const made = await imported(document);
  const reply = await lead.send('POST', `/api/scorecards/${made.id}/publish`);
  if (reply.status !== 200) throw new Error(`not published: ${reply.text}`);
  return made;
}

async function listed(person: Person, id: string, query = ''): Promise<Summary[]> {
  const reply = await person.get(`/api/scorecards${query}`);
  return (reply.body as { scorecards: Summary[] }).scorecards.filter((scorecard) => scorecard.id === id);
}

const read = (person: Person, id: string, query = '') => person.get(`/api/scorecards/${id}${query}`);
/** As it was answered, key by key. */
const contentOf = ({ body }: Reply) => JSON.stringify((body as { content: object }).content);
const revise = (id: string, document: object) => reviseScorecard(lead, id, document);
const publish = (id: string, by = lead) => by.send('POST', `/api/scorecards/${id}/publish`);

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  evaluator = await organisation.member('Ben', ['evaluator']);
  stranger = await (await makeOrganisation(server, 'Elsewhere')).member('Eve', ['admin']);
}, longestSetUpMs);

describe('import', () => {
  it('[S7] a dry run tells every problem and writes nothing', async () => {
    const document = named('Dry', { scope: { kind: 'client', clientId: randomUUID() } });
    document.sections.push({ id: 'conduct', title: 'Twice', questions: [] as never[] });
    const malformed = await lead.send('POST', '/api/scorecards/import?dryRun=true', {
      ...document,
      passMark: 120,
    });
    expect(malformed.status).toBe(422);
    expect(malformed.text).toContain('/passMark');
    const unfinished = await lead.send('POST', '/api/scorecards/import?dryRun=true', document);
    expect(unfinished.text).toContain('{"pointer":"/sections/1/questions","code":"no-questions"}');
    document.sections[1] = {
      ...scaleDocument(1).sections[0],
      title: 'Twice',
    } as (typeof document.sections)[number];
    const reply = await lead.send('POST', '/api/scorecards/import?dryRun=true', document);
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        dryRun: true,
        problems: expect.arrayContaining([
          { pointer: '/scope', code: 'scope-unknown' },
          { pointer: '/sections/1/id', code: 'id-repeated' },
          { pointer: '/sections/1/questions/0/id', code: 'id-repeated' },
        ]),
      },
    ]);
    expect((await lead.get('/api/scorecards')).text).not.toContain('"Dry"');
  });

  it('[S7] what is exported can be imported and is the same', async () => {
    const question = (id: string, more: object) => ({
      id,
      prompt: `About ${id}`,
      guidance: 'Listen.',
      ...more,
    });
    const document = named('Round trip', {
      passMark: 82.5,
      scope: { kind: 'lob', clientId: organisation.clientId, lobId: organisation.lobId },
      sections: [
        {
          id: 's1',
          title: 'All kinds',
          weight: 0.29,
          questions: [
            question('a', {
              type: 'binary',
              critical: 'section',
              weight: 1.15,
              tolerance: 12.5,
              examples: [{ id: 'e', of: { kind: 'binary', pass: true }, text: 'Says who calls.' }],
            }),
            question('b', {
              type: 'scale',
              min: 0,
              max: 1,
              step: 0.07,
              anchors: [{ value: 0.07, label: 'Low' }],
              examples: [
                {
                  id: 'e',
                  of: { kind: 'scale', value: 0.07 },
                  lines: [{ speaker: 'Agent', second: 12, text: 'Hold on.' }],
                },
              ],
            }),
            question('c', {
              type: 'rubric',
              options: [
                { id: 'x', label: 'None', points: 0 },
                { id: 'y', label: 'All', points: 4.35 },
              ],
              examples: [{ id: 'e', of: { kind: 'option', option: 'y' }, text: 'Both.', lines: [] }],
            }),
            question('d', {
              type: 'checklist',
              required: false,
              options: [
                { id: 'x', label: 'One' },
                { id: 'y', label: 'Two' },
              ],
            }),
            question('e', { type: 'text', comment: 'offered' }),
          ],
        },
      ],
    });
    const first = await imported(document);
    const exported = await lead.get(`/api/scorecards/${first.id}/export`);
    expect(exported.status).toBe(200);
    expect(exported.headers.get('content-disposition')).toContain('attachment');
    expect(exported.body).toMatchObject(document);
    const second = await imported(exported.body);
    const contents = await Promise.all(
      [first, second].map(async ({ id }) => ((await read(lead, id)).body as { content: object }).content),
    );
    expect(contents[1]).toEqual(contents[0]);
    const written = (exported.body as typeof document).sections[0]?.questions.map((one) => [
      'tolerance' in one,
      'examples' in one,
    ]);
    expect(written).toEqual([
      [true, true],
      [false, true],
      [false, true],
      [false, false],
      [false, false],
    ]);
  });

  it('[E14] a tolerance is a percentage with at most two decimals, and what says none has none', async () => {
    const tolerant = (tolerance: unknown) => {
      const [section] = scaleDocument(2).sections;
      const questions = section?.questions.map((question, at) =>
        at === 1 ? { ...question, tolerance } : question,
      );
      return named('Tolerant', { sections: [{ ...section, questions }] });
    };
    for (const wrong of [100.5, -1, 3.333, '10']) {
      const reply = await lead.send('POST', '/api/scorecards/import?dryRun=true', tolerant(wrong));
      expect([wrong, reply.status, reply.text]).toEqual([
        wrong,
        422,
        expect.stringContaining('/sections/0/questions/1/tolerance'),
      ]);
    }
    const { id } = await imported(tolerant(null));
    expect(contentOf(await read(lead, id))).not.toContain('tolerance');
    const kept = await imported(tolerant(0));
    expect(contentOf(await read(lead, kept.id))).toContain('"toleranceHundredths":0');
  });

  it('[E14] what is more than is taken is told with how much that is, and an example of nothing keeps from publishing', async () => {
    const example = (at: number, more: object = {}) => ({
      id: `e${at}`,
      of: { kind: 'scale', value: 1 },
      text: 'Such as this.',
      ...more,
    });
    const exampled = (...examples: object[]) => {
      const [section] = scaleDocument(1).sections;
      const questions = section?.questions.map((question) => ({ ...question, examples }));
      return named('Exampled', { sections: [{ ...section, questions }] });
    };
    const at = '/sections/0/questions/0/examples';
    const lines = Array.from({ length: 21 }, () => ({ speaker: null, second: null, text: 'Yes.' }));
    for (const [examples, error] of [
      [
        Array.from({ length: 31 }, (_, place) => example(place)),
        { pointer: at, code: 'too-many-examples', most: 30 },
      ],
      [[example(0, { text: 'x'.repeat(2_001) })], { pointer: `${at}/0/text`, code: 'too-long', most: 2_000 }],
      [[example(0, { lines })], { pointer: `${at}/0/lines`, code: 'too-many-lines', most: 20 }],
    ] as const) {
      const reply = await lead.send('POST', '/api/scorecards/import?dryRun=true', exampled(...examples));
      expect([reply.status, (reply.body as { errors: object[] }).errors]).toMatchObject([422, [error]]);
    }
    const { id } = await imported(exampled(example(0, { of: { kind: 'scale', value: 9 } }), example(1)));
    const refused = await lead.send('POST', `/api/scorecards/${id}/publish`);
    expect((refused.body as { errors: object[] }).errors).toMatchObject([
      { pointer: `${at}/0/of`, code: 'example-of-nothing' },
    ]);
    const none = await imported(exampled());
    expect(contentOf(await read(lead, none.id))).not.toContain('examples');
  });

  it('[S7] a draft that is not finished goes out and comes in again, too', async () => {
    const made = await lead.send('POST', '/api/scorecards', { name: 'Unfinished' });
    const { id } = made.body as { id: string };
    const exported = await lead.get(`/api/scorecards/${id}/export`);
    const again = await imported(exported.body);
    expect(contentOf(await read(lead, again.id))).toBe(contentOf(await read(lead, id)));
  });

  it('[O4] a scope that the access does not include whole is refused', async () => {
    const access = {
      kind: 'grants',
      grants: [{ clientId: organisation.clientId, lobId: organisation.lobId }],
    } as const;
    const cards = await organisation.member('Marcus', ['lead'], access);
    for (const scope of [{ kind: 'organisation' }, { kind: 'client', clientId: organisation.clientId }]) {
      const reply = await cards.send('POST', '/api/scorecards/import', named('Wide', { scope }));
      expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('/scope')]);
    }
    const scope = { kind: 'lob', clientId: organisation.clientId, lobId: organisation.lobId };
    expect((await cards.send('POST', '/api/scorecards/import', named('Cards', { scope }))).status).toBe(201);
  });
});

describe('publishing', () => {
  it('[S3] tells everything that keeps a draft from being published', async () => {
    const bad = scaleDocument(2, 5, { max: 1 });
    const { id } = await imported(bad);
    const reply = await publish(id);
    expect(reply.status).toBe(422);
    const { type, errors } = reply.body as { type: string; errors: { pointer: string }[] };
    expect(type).toBe('/problems/scorecard-not-publishable');
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('/sections/0/questions/0'),
        expect.stringContaining('/sections/0/questions/1'),
      ]),
    );
    expect(await listed(lead, id)).toMatchObject([{ status: 'draft' }]);
  });

  it('[S1] a draft is for who manages scorecards; published, for who works with them', async () => {
    const { id } = await imported(named('Hidden at first'));
    expect((await read(evaluator, id)).status).toBe(404);
    expect(await listed(evaluator, id)).toEqual([]);
    expect((await publish(id, evaluator)).status).toBe(404);
    expect((await publish(id)).status).toBe(200);
    expect((await read(evaluator, id)).status).toBe(200);
    expect((await publish(id, evaluator)).status).toBe(403);
    expect((await publish(id, stranger)).status).toBe(404);
    expect(await listed(stranger, id)).toEqual([]);
  });

  it('[S1] only drafts change; a new version, under whatever name, replaces the old one when published', async () => {
    for (const [from, to] of [
      ['Alpha', 'Zulu'],
      ['Zulu', 'Alpha'],
    ] as const) {
      const { id, versionId } = await published(named(from));
      const before = contentOf(await read(lead, id));
      const revised = await revise(id, named(to));
      expect(revised.status).toBe(200);
      const draftId = (revised.body as Summary).versionId;
      expect(draftId).not.toBe(versionId);
      expect(((await revise(id, named(to, { description: 'More' }))).body as Summary).versionId).toBe(
        draftId,
      );
      expect(await listed(lead, id)).toMatchObject([{ name: to, version: 2, status: 'draft' }]);
      expect(await listed(evaluator, id)).toMatchObject([{ name: from, version: 1, status: 'published' }]);
      expect((await read(evaluator, id, '?version=2')).status).toBe(404);
      expect((await publish(id)).status).toBe(200);
      expect(await listed(evaluator, id)).toMatchObject([{ name: to, version: 2, status: 'published' }]);
      expect(contentOf(await read(evaluator, id, '?version=1'))).toBe(before);
    }
  });

  it('[C2] a scorecard whose next version is a draft is still offered for calibrations, as published', async () => {
    const { id, versionId } = await published(named('In use'));
    await revise(id, named('In use, revised'));
    const offered = await listed(lead, id, '?status=published');
    expect(offered).toMatchObject([{ name: 'In use', status: 'published', versionId }]);
    expect(await listed(lead, id, '?status=draft')).toMatchObject([{ version: 2 }]);
    expect(await listed(lead, id, '?status=archived')).toEqual([]);
    await makeSession(lead, { scorecardVersionId: versionId }, []);
    expect((await lead.get('/api/scorecards?status=other')).status).toBe(422);
  });

  it('[S1] begun by two at once, there is one draft', async () => {
    const { id } = await published(named('Two hands'));
    const both = await Promise.all([1, 2, 3, 4].map(() => lead.send('POST', `/api/scorecards/${id}/draft`)));
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(both.map(({ body }) => (body as Summary).versionId)).size).toBe(1);
  });

  it('[S1] archived, it stays readable, changes no more and is offered no more', async () => {
    const { id, versionId } = await published(named('Old'));
    expect((await lead.send('POST', `/api/scorecards/${id}/archive`)).status).toBe(200);
    expect(await listed(lead, id)).toMatchObject([{ status: 'archived' }]);
    expect(await listed(lead, id, '?status=published')).toEqual([]);
    expect((await read(evaluator, id)).status).toBe(200);
    for (const reply of [await revise(id, named('Older')), await publish(id)]) {
      expect([reply.status, reply.text]).toEqual([409, expect.stringContaining('scorecard-archived')]);
    }
    const session = { name: 'x', scorecardVersionId: versionId };
    expect((await lead.send('POST', '/api/sessions', session)).status).toBe(422);
  });
});
