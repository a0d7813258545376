// Guests for tests: the join link, who knocks by it, and whom the facilitator lets in.
import { tokenOf } from './accounts.ts';
import { cookieOf, type Person, visitor } from './people.ts';

type Lead = Pick<Person, 'get' | 'send'>;

/** A guest's browser, and the member that was made for them. */
export interface Guest extends ReturnType<typeof visitor> {
  readonly memberId: string;
}

/** The token of the session's join link, made anew. */
export async function joinTokenOf(lead: Lead, sessionId: string): Promise<string> {
  const made = await lead.send('POST', `/api/sessions/${sessionId}/links/join`, {});
  if (made.status !== 200) throw new Error(`no join link: ${made.text}`);
  return tokenOf((made.body as { join: { url: string } }).join.url);
}

/** Asks to be let in, and waits. */
export async function knock(url: string, token: string, name: string): Promise<Guest> {
  const reply = await visitor(url).send('POST', '/api/join', { token, name });
  const { place, memberId } = (reply.body ?? {}) as { place?: string; memberId?: string };
  if (reply.status !== 200 || place !== 'waiting' || !memberId)
    throw new Error(`${name} does not wait at the door: ${reply.text}`);
  return { ...visitor(url, cookieOf(reply)), memberId };
}

/** Lets in whoever has waited longest. */
export async function admitNext(lead: Lead, sessionId: string): Promise<void> {
  const path = `/api/sessions/${sessionId}`;
  const { shared } = (await lead.get(path)).body as { shared: { lobby: { id: string }[] } };
  const admitted = await lead.send('POST', `${path}/lobby/${shared.lobby[0]?.id}/admit`);
  if (admitted.status !== 200) throw new Error(`nobody was let in: ${admitted.text}`);
}

/** A guest who was let in. */
export async function guestIn(url: string, lead: Lead, sessionId: string, name: string): Promise<Guest> {
  const guest = await knock(url, await joinTokenOf(lead, sessionId), name);
  await admitNext(lead, sessionId);
  return guest;
}
