// An organisation that was begun for real, with the link that its start printed: nobody signs in by a click there.
import type { AppProcess } from './app-process.ts';
import { cookieOf, type Person, visitor } from './people.ts';

const password = 'five kites over a quiet harbour';

/** Signs an account in whose password is the one that everybody here has. */
export async function signedIn(url: string, email: string): Promise<Person> {
  const reply = await visitor(url).send('POST', '/api/auth/sign-in/email', { email, password });
  if (reply.status !== 200) throw new Error(`${email} could not sign in: ${reply.text}`);
  const cookie = cookieOf(reply);
  const { member } = (await visitor(url, cookie).get('/api/me')).body as {
    member: { id: string; name: string };
  };
  return { ...visitor(url, cookie), memberId: member.id, name: member.name };
}

async function done(reply: Promise<{ status: number; text: string; body: never }>): Promise<never> {
  const { status, text, body } = await reply;
  if (status >= 300) throw new Error(text);
  return body;
}

/** The first administrator, who also leads, and an evaluator who came by an invitation. */
export async function begin(app: AppProcess): Promise<{ lead: Person; evaluator: Person }> {
  const token = /set-up#([\w-]{43})/.exec(app.output())?.[1];
  const sofia = { name: 'Sofia', email: 'sofia@example.org', password };
  await done(visitor(app.url).send('POST', '/api/set-up', { token, organisation: 'Northwind', ...sofia }));
  const admin = await signedIn(app.url, sofia.email);
  const roles = ['admin', 'lead', 'evaluator'];
  await done(admin.send('PATCH', `/api/members/${admin.memberId}`, { roles }));
  const invited = { email: 'emil@example.org', roles: ['evaluator'], access: { kind: 'organisation' } };
  const { link } = (await done(admin.send('POST', '/api/invitations', invited))) as { link: string };
  const accepted = { token: link.split('#')[1], name: 'Emil', password };
  await done(visitor(app.url).send('POST', '/api/invitations/accept', accepted));
  return { lead: admin, evaluator: await signedIn(app.url, invited.email) };
}
