// Named people for tests: an organisation with a client and two lines of business, members in every role and kind of access,
// each with a signed-in browser of their own that speaks HTTP and sockets to the real server.

import { randomUUID } from 'node:crypto';
import { type SessionView, scorecardDocument, scorecardOfDocument } from '@attune/contract';
import type { Access, Role } from '@attune/domain';
import { insertClient } from '../../server/src/people/clients.store.ts';
import { insertMember, insertOrganisation } from '../../server/src/people/store.ts';
import type { RunningServer } from '../../server/src/start.ts';

/** What a request answered. `body` is JSON where there was any. */
export interface Reply {
  readonly status: number;
  readonly body: never;
  readonly text: string;
  readonly headers: Headers;
}

/** The cookies a reply gives, as a browser sends them back. */
export const cookieOf = (reply: Reply) =>
  reply.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');

/** One signed-in browser. */
export interface Person {
  readonly memberId: string;
  readonly name: string;
  readonly cookie: string;
  get(path: string): Promise<Reply>;
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<Reply>;
}

export interface Organisation {
  readonly id: string;
  readonly clientId: string;
  readonly lobId: string;
  readonly otherLobId: string;
  /** Adds a member and signs them in. */
  member(name: string, roles: readonly Role[], access?: Access): Promise<Person>;
}

/** A browser nobody is signed in with. */
export function visitor(url: string, cookie = ''): Omit<Person, 'memberId' | 'name'> {
  const request = async (method: string, path: string, body?: unknown, key?: string): Promise<Reply> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        Origin: url,
        ...(cookie ? { Cookie: cookie } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : undefined) as never,
      text,
      headers: response.headers,
    };
  };
  return { cookie, get: (path) => request('GET', path), send: request };
}

/** Makes an organisation; the server must have been started with `demo: true`, so that its members may sign in. */
export async function makeOrganisation(server: RunningServer, name = 'Northwind'): Promise<Organisation> {
  const { db } = server.connection;
  const id = randomUUID();
  const clientId = randomUUID();
  const lobId = randomUUID();
  const otherLobId = randomUUID();
  await db.transaction(async (tx) => {
    await insertOrganisation(tx, { id, name, demo: true });
    await insertClient(tx, id, {
      id: clientId,
      name: 'Kestrel Bank',
      lobs: [
        { id: lobId, name: 'Cards' },
        { id: otherLobId, name: 'Loans' },
      ],
    });
  });
  return {
    id,
    clientId,
    lobId,
    otherLobId,
    async member(memberName, roles, access = { kind: 'organisation' }) {
      const memberId = randomUUID();
      await db.transaction((tx) =>
        insertMember(tx, id, {
          id: memberId,
          userId: randomUUID(),
          accountId: randomUUID(),
          newGrantId: () => randomUUID(),
          name: memberName,
          email: `${memberId}@example.org`,
          roles,
          access,
          password: null,
        }),
      );
      const reply = await visitor(server.url).send('POST', '/api/demo/sign-in', { memberId });
      if (reply.status !== 200) throw new Error(`${memberName} could not sign in: ${reply.text}`);
      const cookie = cookieOf(reply);
      return { ...visitor(server.url, cookie), memberId, name: memberName };
    },
  };
}

/** An import document of scale questions 1 to `max`, N/A-eligible, `q1` to `qn`, weights 1. */
export function scaleDocument(questions: number, max = 5, more: object = {}) {
  return {
    format: 'attune-scorecard/1',
    name: 'Voice quality',
    sections: [
      {
        id: 'conduct',
        title: 'Conduct',
        questions: Array.from({ length: questions }, (_, index) => ({
          id: `q${index + 1}`,
          type: 'scale',
          prompt: `Question ${index + 1}`,
          min: 1,
          max,
          naEligible: true,
          ...more,
        })),
      },
    ],
  };
}

/** Imports and publishes a scorecard; returns its version's id. */
export async function publishScorecard(lead: Person, document: object): Promise<string> {
  const imported = await lead.send('POST', '/api/scorecards/import', document);
  if (imported.status !== 201) throw new Error(`not imported: ${imported.text}`);
  const { id, versionId } = imported.body as { id: string; versionId: string };
  const published = await lead.send('POST', `/api/scorecards/${id}/publish`);
  if (published.status !== 200) throw new Error(`not published: ${published.text}`);
  return versionId;
}

/** A draft as it was last seen. */
export interface SeenDraft {
  readonly versionId: string;
  readonly revision: number;
}

/** Saves an import document over the draft last seen. */
export const saveDraft = (
  lead: Pick<Person, 'send'>,
  id: string,
  { versionId, revision }: SeenDraft,
  document: unknown,
): Promise<Reply> => {
  const parsed = scorecardDocument.parse(document);
  const { scope } = parsed;
  const content = scorecardOfDocument(parsed);
  return lead.send('PUT', `/api/scorecards/${id}/draft`, { versionId, revision, scope, content });
};

/** Makes the draft of a scorecard, its next version where it is published, hold what the import document says. */
export async function reviseScorecard(
  lead: Pick<Person, 'send'>,
  id: string,
  document: unknown,
): Promise<Reply> {
  const begun = await lead.send('POST', `/api/scorecards/${id}/draft`);
  return begun.status === 200 ? saveDraft(lead, id, begun.body, document) : begun;
}

/** A draft made by the lead with these participants; returns its id and the participants' ids in order. */
export async function makeSession(
  lead: Person,
  settings: object,
  people: readonly Person[],
): Promise<{ id: string; participantIds: string[] }> {
  const created = await lead.send('POST', '/api/sessions', { name: 'Calibration', ...settings });
  if (created.status !== 201) throw new Error(`not created: ${created.text}`);
  const { id } = created.body as { id: string };
  for (const { memberId } of people) {
    const added = await lead.send('POST', `/api/sessions/${id}/participants`, { memberId });
    if (added.status !== 200) throw new Error(`not added: ${added.text}`);
  }
  const { shared } = await viewOf(lead, id);
  const participantIds = people.map(
    ({ memberId }) => shared.participants.find((participant) => participant.memberId === memberId)?.id ?? '',
  );
  return { id, participantIds };
}

/** The calibration as this person sees it. */
export const viewOf = async (who: Pick<Person, 'get'>, id: string): Promise<SessionView> =>
  (await who.get(`/api/sessions/${id}`)).body as SessionView;

/** Opens a re-vote on the question; returns its id. */
export async function openRevote(lead: Person, id: string, questionId: string): Promise<string> {
  const opened = await lead.send('POST', `/api/sessions/${id}/revotes`, { questionId });
  if (opened.status !== 200) throw new Error(`not opened: ${opened.text}`);
  return (await viewOf(lead, id)).shared.revotes.at(-1)?.id ?? '';
}

/** Presses the button that moves the session on. */
export async function advance(lead: Person, id: string, from: string): Promise<Reply> {
  return lead.send('POST', `/api/sessions/${id}/transition`, { from });
}
