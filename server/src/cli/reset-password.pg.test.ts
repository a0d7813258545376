// `npm run reset-password`: the way back in for the last administrator, beside a running server.
import { expect } from 'vitest';
import { type Accounts, tokenOf } from '../../../test/support/accounts.ts';
import type { FreshDatabase } from '../../../test/support/postgres.ts';
import { accountsTest } from '../../../test/support/team.ts';
import type { RunningServer } from '../start.ts';
import { main } from './reset-password.ts';

let database: FreshDatabase;
let server: RunningServer;
let accounts: Accounts;

const it = accountsTest();

it.beforeAll(({ database: own, server: started, accounts: made }) => {
  [database, server, accounts] = [own, started, made];
});

async function command(...args: string[]) {
  const told: string[] = [];
  const errors: string[] = [];
  const environment = {
    DATABASE_URL: database.url,
    PUBLIC_URL: 'https://attune.example',
    LOG_LEVEL: 'silent',
  };
  const code = await main(
    args,
    environment,
    { write: (text) => told.push(text) },
    { write: (text) => errors.push(text) },
  );
  return { code, told: told.join(''), errors: errors.join('') };
}

it('[O5] prints a link that lets the last administrator back in, told as nobody’s of the organisation', async () => {
  const { code, told } = await command('Sofia@example.org');
  const [address = ''] = /https:\S+/.exec(told) ?? [];
  expect([code, address.startsWith('https://attune.example/new-password#')]).toEqual([0, true]);
  const body = { token: tokenOf(address), password: 'three plain words' };
  expect((await accounts.nobody().send('POST', '/api/password-reset', body)).status).toBe(204);
  const admin = await accounts.signIn('sofia@example.org', 'three plain words');
  const [row] = await server.connection.sql<{ at: Date | null; by: string | null }[]>`
    select password_reset_at as at, password_reset_by as by from "user" where email = 'sofia@example.org'`;
  expect([row?.at === null, row?.by]).toEqual([false, null]);
  const log = await admin.get('/api/security-log?kind=reset-link-made');
  expect(log.body).toMatchObject({ entries: [{ actor: null, detail: { by: 'operator' } }] });
});

it('[O5] says in a sentence what is wrong', async () => {
  expect(await command('nobody@example.org')).toEqual({
    code: 1,
    told: '',
    errors: 'Nobody has this e-mail address.\n',
  });
  expect((await command()).code).toBe(2);
});
