// People of the demo organisation, as whoever opens its server's page meets them.
import { type Person, visitor } from './people.ts';

/** The first demo member whose name begins so, with a sign-in of their own. */
export async function demoPerson(url: string, name: string): Promise<Person> {
  const { demo } = (await visitor(url).get('/api/welcome')).body as {
    demo: { members: { id: string; name: string }[] };
  };
  const member = demo.members.find((one) => one.name.startsWith(name));
  const reply = await visitor(url).send('POST', '/api/demo/sign-in', { memberId: member?.id });
  const cookie = reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return { ...visitor(url, cookie), memberId: member?.id ?? '', name: member?.name ?? '' };
}

/** Signs the first demo member in whose name begins so; returns the cookie. */
export async function demoSignIn(url: string, name: string): Promise<string> {
  return (await demoPerson(url, name)).cookie;
}

/** The demo's session in scoring, and the participants who have not submitted there. */
export const inScoring = { session: 'Early settlement', people: ['Dmitri', 'Ben', 'Chloé'] } as const;

/** The caller's own sealed room in that session. */
export async function demoSealedRoom(url: string, cookie: string): Promise<string> {
  const { sessions } = (
    await visitor(url, cookie).get(`/api/sessions?text=${encodeURIComponent(inScoring.session)}`)
  ).body as { sessions: { own: { participantId: string } }[] };
  return `sealed/${sessions[0]?.own.participantId}`;
}
