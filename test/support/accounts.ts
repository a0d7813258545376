// Accounts with passwords on a database of one's own: its first administrator, and whoever accepts an invitation.
import { randomUUID } from 'node:crypto';
import type { RunningServer } from '../../server/src/start.ts';
import { cookieOf, type Reply, visitor } from './people.ts';

export const password = 'correct horse battery';

/** What stands behind the # of a link. */
export const tokenOf = (address: string) => new URL(address).hash.slice(1);

export type Browser = ReturnType<typeof visitor>;

export interface Account extends Browser {
  readonly email: string;
  readonly memberId: string;
}

export interface Accounts {
  readonly admin: Account;
  nobody(): Browser;
  tryIn(email: string, secret: string): Promise<Reply>;
  /** A new browser of the account's. */
  signIn(email: string, secret?: string): Promise<Browser>;
  member(roles?: readonly string[]): Promise<Account>;
}

/** Uses the set-up link of a server started on an empty database. */
export async function setUpAccounts(server: Pick<RunningServer, 'url' | 'setUpLink'>): Promise<Accounts> {
  const nobody = () => visitor(server.url);
  const tryIn = (email: string, secret: string) =>
    nobody().send('POST', '/api/auth/sign-in/email', { email, password: secret });
  const signIn = async (email: string, secret = password) => {
    const reply = await tryIn(email, secret);
    if (reply.status !== 200) throw new Error(`${email} could not sign in: ${reply.text}`);
    return visitor(server.url, cookieOf(reply));
  };
  const signedIn = async (email: string): Promise<Account> => {
    const browser = await signIn(email);
    const me = (await browser.get('/api/me')).body as { member: { id: string } };
    return { ...browser, email, memberId: me.member.id };
  };
  const token = tokenOf(server.setUpLink ?? '');
  const first = { organisation: 'Northwind', name: 'Sofia Lind', email: 'sofia@example.org', password };
  const made = await nobody().send('POST', '/api/set-up', { ...first, token });
  if (made.status !== 204) throw new Error(`not set up: ${made.text}`);
  const admin = await signedIn(first.email);
  return {
    admin,
    nobody,
    tryIn,
    signIn,
    async member(roles = ['evaluator']) {
      const email = `${randomUUID()}@example.org`;
      const body = { email, roles, access: { kind: 'organisation' } };
      const invited = await admin.send('POST', '/api/invitations', body);
      const link = (invited.body as { link: string }).link;
      const accepted = await nobody().send('POST', '/api/invitations/accept', {
        token: tokenOf(link),
        name: 'Ben Whitfield',
        password,
      });
      if (accepted.status !== 204) throw new Error(`not accepted: ${accepted.text}`);
      return signedIn(email);
    },
  };
}
