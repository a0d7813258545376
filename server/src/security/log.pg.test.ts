// The security log as it is written: a row with what it tells, and a line beside it once it is committed.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect } from '../db/client.ts';
import { securityEvent } from '../db/schema.ts';
import { transact } from '../db/transact.ts';
import { createLog } from '../ops/log.ts';
import { logSecurity, type SecurityEvent } from './log.ts';

let database: FreshDatabase;
let connection: Connection;
const lines: string[] = [];
const deps = {
  log: createLog('info', { write: (line) => lines.push(line) }),
  now: () => '2026-03-02T09:00:00.000Z',
  newId: randomUUID,
};

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url);
});
afterAll(async () => {
  await connection.close(1_000);
  await database.drop();
});

const event: SecurityEvent = {
  kind: 'roles-or-access-changed',
  organisationId: null,
  actorId: randomUUID(),
  memberId: randomUUID(),
  caller: { address: '192.0.2.7', device: 'Safari on iPhone' },
  detail: { before: ['lead'], after: ['admin'] },
};

describe('the security log', () => {
  it('[P6] is a row and a line of the process’s log, alike', async () => {
    await transact(connection.db, (unit) => logSecurity(deps, unit, event));
    const { caller, ...told } = event;
    const [row] = await connection.db.select().from(securityEvent);
    expect(row).toMatchObject({ ...told, ...caller });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 30, msg: 'security', security: { ...told, ...caller } },
    ]);
  });

  it('[P6] tells nothing of what is undone', async () => {
    const before = lines.length;
    const undone = transact(connection.db, async (unit) => {
      await logSecurity(deps, unit, event);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(lines).toHaveLength(before);
    expect(await connection.db.select().from(securityEvent)).toHaveLength(1);
  });
});
