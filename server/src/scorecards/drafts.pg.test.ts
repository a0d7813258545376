// Drafts over HTTP: made blank, saved over the revision they were made from, discarded, and what publishing says it changes
// (S1, E11 to E13).
import type { PresentDraft, ScorecardDetail, ScorecardVersion } from '@attune/contract';
import { describe, expect } from 'vitest';
import {
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  publishScorecard,
  reviseScorecard,
  type SeenDraft,
  saveDraft,
  scaleDocument,
} from '../../../test/support/people.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';

let organisation: Organisation;
let ana: Person;
let ben: Person;
let evaluator: Person;

const it = serverTest();

it.beforeAll(async ({ server }) => {
  organisation = await makeOrganisation(server);
  ana = await organisation.member('Ana', ['lead']);
  ben = await organisation.member('Ben', ['lead']);
  evaluator = await organisation.member('Chidi', ['evaluator']);
}, longestSetUpMs);

const named = (name: string, more: object = {}) => ({ ...scaleDocument(2), name, ...more });

async function made(name: string, more: object = {}): Promise<string> {
  const reply = await ana.send('POST', '/api/scorecards', { name, ...more });
  if (reply.status !== 201) throw new Error(`not made: ${reply.text}`);
  return (reply.body as { id: string }).id;
}

const read = async (id: string, who = ana): Promise<ScorecardDetail> =>
  (await who.get(`/api/scorecards/${id}`)).body;

const versions = async (id: string, who = ana): Promise<ScorecardVersion[]> =>
  ((await who.get(`/api/scorecards/${id}/versions`)).body as { versions: ScorecardVersion[] }).versions;

const discard = (id: string, { versionId, revision }: SeenDraft, who = ana) =>
  who.send('DELETE', `/api/scorecards/${id}/draft?versionId=${versionId}&revision=${revision}`);

/** A published scorecard: its id, and its version's. */
async function published(name: string): Promise<{ id: string; versionId: string }> {
  const versionId = await publishScorecard(ana, named(name));
  const { scorecards } = (await ana.get('/api/scorecards')).body as {
    scorecards: { id: string; versionId: string }[];
  };
  return scorecards.find((one) => one.versionId === versionId) ?? { id: '', versionId };
}

describe('a new scorecard', () => {
  it('[E11] is a draft with one section and one question, still without words', async () => {
    const id = await made('  Chats ');
    expect(await read(id)).toMatchObject({
      name: 'Chats',
      status: 'draft',
      version: 1,
      revision: 1,
      lastChange: null,
      publishedVersion: null,
      mayChange: true,
      content: { sections: [{ title: '', questions: [{ type: 'binary', prompt: '' }] }] },
    });
    const refused = await ana.send('POST', `/api/scorecards/${id}/publish`);
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('prompt-missing')]);
    const nameless = await ana.send('POST', '/api/scorecards', { name: ' ' });
    expect([nameless.status, nameless.text]).toEqual([422, expect.stringContaining('name-missing')]);
  });

  it('[O4] changes its scope while nothing of it was published, and only to what the access includes', async () => {
    const { clientId, lobId } = organisation;
    const scope = { kind: 'lob', clientId, lobId } as const;
    const id = await made('Cards');
    const draft = await read(id);
    expect((await saveDraft(ana, id, draft, named('Cards', { scope }))).status).toBe(200);
    const saved = await read(id);
    expect(saved.scope).toEqual(scope);
    const limited = await organisation.member('Loa', ['lead'], {
      kind: 'grants',
      grants: [{ clientId, lobId }],
    });
    const wider = await saveDraft(limited, id, saved, named('Cards'));
    expect([wider.status, wider.text]).toEqual([422, expect.stringContaining('scope-not-covered')]);
    expect((await ana.send('POST', `/api/scorecards/${id}/publish`)).status).toBe(200);
    const begun = (await ana.send('POST', `/api/scorecards/${id}/draft`)).body as SeenDraft;
    const fixed = await saveDraft(ana, id, begun, named('Cards'));
    expect([fixed.status, fixed.text]).toEqual([422, expect.stringContaining('scope-fixed')]);
  });
});

describe('two people on one draft', () => {
  it('[E11] the later save is refused with what stands there and by whom; it is never overwritten', async () => {
    const id = await made('Two people');
    const seen = await read(id);
    expect((await saveDraft(ben, id, seen, named('Ben’s'))).status).toBe(200);
    const late = await saveDraft(ana, id, seen, named('Ana’s'));
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('draft-changed')]);
    const { present } = late.body as { present: PresentDraft };
    expect(present).toMatchObject({
      revision: seen.revision + 1,
      content: { name: 'Ben’s' },
      lastChange: { by: 'Ben' },
    });
    expect((await read(id)).name).toBe('Ben’s');
    expect((await saveDraft(ana, id, present, named('Ana’s'))).status).toBe(200);
    expect(await read(id)).toMatchObject({ name: 'Ana’s', lastChange: { by: 'Ana' } });
  });

  it('[E11] of saves at once over one revision, one is taken', async () => {
    const id = await made('At once');
    const seen = await read(id);
    const replies = await Promise.all(
      [1, 2, 3, 4].map((n) => saveDraft(n % 2 ? ana : ben, id, seen, named(`At once ${n}`))),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await read(id)).revision).toBe(seen.revision + 1);
  });

  it('[E11] what was changed meanwhile is neither published nor discarded unseen', async () => {
    const id = await made('Unseen');
    const seen = await read(id);
    await saveDraft(ben, id, seen, named('Seen by Ben'));
    const publish = (revision: number) =>
      ana.send('POST', `/api/scorecards/${id}/publish?revision=${revision}`);
    for (const reply of [await publish(seen.revision), await discard(id, seen)]) {
      expect([reply.status, reply.text]).toEqual([409, expect.stringContaining('draft-changed')]);
    }
    expect((await publish(seen.revision + 1)).status).toBe(200);
    const tooLate = await saveDraft(ben, id, { ...seen, revision: seen.revision + 1 }, named('Later'));
    expect([tooLate.status, tooLate.text]).toEqual([409, expect.stringContaining('no-draft')]);
    expect((await read(id)).name).toBe('Seen by Ben');
  });

  it('[E11 E12] a draft begun anew is not published for the one that was looked at, whatever its revision', async () => {
    const id = await made('First of two');
    await saveDraft(ana, id, await read(id), named('First of two'));
    expect((await ana.send('POST', `/api/scorecards/${id}/publish`)).status).toBe(200);
    await ana.send('POST', `/api/scorecards/${id}/draft`);
    const seen = await read(id);
    await discard(id, seen);
    await ben.send('POST', `/api/scorecards/${id}/draft`);
    const anew = await read(id);
    const publish = ({ versionId, revision }: typeof seen) =>
      ana.send('POST', `/api/scorecards/${id}/publish?versionId=${versionId}&revision=${revision}`);
    const unseen = await publish({ ...seen, revision: anew.revision });
    expect([unseen.status, unseen.text]).toEqual([409, expect.stringContaining('no-draft')]);
    expect((await publish(anew)).status).toBe(200);
  });
});

describe('discarding', () => {
  it('[S1] a draft never published goes wholly', async () => {
    const id = await made('Never');
    expect((await discard(id, await read(id))).status).toBe(204);
    expect((await ana.get(`/api/scorecards/${id}`)).status).toBe(404);
    expect((await ana.get('/api/scorecards')).text).not.toContain(id);
  });

  it('[S1] of a published scorecard only the draft goes, and the next one begins anew', async () => {
    const { id, versionId } = await published('Kept');
    await reviseScorecard(ana, id, named('Kept, changed'));
    expect((await discard(id, await read(id), evaluator)).status).toBe(403);
    expect((await discard(id, await read(id))).status).toBe(204);
    expect(await read(id)).toMatchObject({ name: 'Kept', versionId, status: 'published' });
    const nothing = await discard(id, { versionId, revision: 1 });
    expect([nothing.status, nothing.text]).toEqual([409, expect.stringContaining('no-draft')]);
    await ana.send('POST', `/api/scorecards/${id}/draft`);
    expect(await read(id)).toMatchObject({ name: 'Kept', version: 2, status: 'draft', publishedVersion: 1 });
  });

  it('[S1] an archived scorecard’s draft neither changes nor goes', async () => {
    const { id } = await published('Put away');
    await reviseScorecard(ana, id, named('Put away, changed'));
    const draft = await read(id);
    expect((await ana.send('POST', `/api/scorecards/${id}/archive`)).status).toBe(200);
    const replies = [
      await saveDraft(ana, id, draft, named('More')),
      await discard(id, draft),
      await ana.send('POST', `/api/scorecards/${id}/draft`),
    ];
    for (const reply of replies) {
      expect([reply.status, reply.text]).toEqual([409, expect.stringContaining('scorecard-archived')]);
    }
  });
});

describe('versions', () => {
  it('[E13] stay readable, and who may not change them learns neither drafts nor who changed them', async () => {
    const { id } = await published('History');
    const first = (await ana.get(`/api/scorecards/${id}?version=1`)).text;
    await reviseScorecard(ana, id, named('History, second'));
    expect((await versions(id)).map(({ version, lastChange }) => [version, lastChange?.by])).toEqual([
      [2, 'Ana'],
      [1, undefined],
    ]);
    expect((await versions(id, evaluator)).map(({ version }) => version)).toEqual([1]);
    await ana.send('POST', `/api/scorecards/${id}/publish`);
    expect((await versions(id, evaluator)).map(({ version, lastChange }) => [version, lastChange])).toEqual([
      [2, null],
      [1, null],
    ]);
    const { content } = JSON.parse(first) as ScorecardDetail;
    expect(
      (JSON.parse((await ana.get(`/api/scorecards/${id}?version=1`)).text) as ScorecardDetail).content,
    ).toEqual(content);
  });

  it('[E12] publishing says which version it replaces, and how many calibrations in draft are on older ones', async () => {
    const { id, versionId } = await published('Announced');
    for (const name of ['One', 'Two']) await makeSession(ana, { name, scorecardVersionId: versionId }, []);
    await reviseScorecard(ana, id, named('Announced, again'));
    const reply = await ana.get(`/api/scorecards/${id}/publishing`);
    expect([reply.status, reply.body]).toEqual([200, { version: 2, replaces: 1, draftCalibrations: 2 }]);
    await ana.send('POST', `/api/scorecards/${id}/publish`);
    expect((await ana.get(`/api/scorecards/${id}/publishing`)).status).toBe(409);
  });
});
