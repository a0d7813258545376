// What a database is taken for decides whether it may be emptied for the demo: a mistake here would lose somebody's work.
import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/postgres.ts';
import { type Connection, connect } from '../../db/client.ts';
import { insertLink, insertMember, insertOrganisation } from '../../people/store.ts';
import { findHolding } from './holding.store.ts';
import { seedDemo } from './seed.ts';

let database: FreshDatabase;
let connection: Connection;

beforeEach(async () => {
  database = await freshDatabase();
  connection = connect(database.url);
});

afterEach(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

const holding = () => findHolding(connection.db);

async function organisation(demo: boolean): Promise<string> {
  const id = randomUUID();
  await connection.db.transaction((tx) => insertOrganisation(tx, { id, name: 'Somewhere', demo }));
  return id;
}

const member = (organisationId: string, email: string, password: string | null) =>
  connection.db.transaction((tx) =>
    insertMember(tx, organisationId, {
      id: randomUUID(),
      userId: randomUUID(),
      accountId: randomUUID(),
      newGrantId: randomUUID,
      name: 'Ana',
      email,
      password,
      roles: ['admin'],
      access: { kind: 'organisation' },
    }),
  );

const setUpLink = () =>
  connection.db.transaction((tx) =>
    insertLink(tx, {
      id: randomUUID(),
      kind: 'set-up',
      tokenHash: createHash('sha256').update('one').digest(),
      expiresAt: new Date().toISOString(),
    }),
  );

const refusesToFill = async () => {
  const serverKey = new Uint8Array(32).fill(7);
  await expect(seedDemo({ db: connection.db, serverKey }, new Date())).rejects.toThrow(/not the demo/);
  expect(await holding()).toBe('own');
};

describe('findHolding', () => {
  it('[O6] nothing, a filling cut short, and a whole one', async () => {
    expect(await holding()).toBe('nothing');
    const id = await organisation(false);
    await member(id, 'ana@harbourline.example', null);
    expect(await holding()).toBe('part');
    await organisation(true);
    expect(await holding()).toBe('demo');
  });

  it('[O6] a printed set-up link is a beginning for real, which the demo never fills', async () => {
    await setUpLink();
    await refusesToFill();
  });

  it.each([
    ['a password', 'ana@harbourline.example', 'scrypt:…'],
    ['an address of their own', 'ana@example.org', null],
  ])(
    '[O6] someone with %s makes it somebody’s own, which the demo never fills',
    async (_, email, password) => {
      await member(await organisation(false), email, password);
      await refusesToFill();
    },
  );
});
