// Members out of a table, on a real server: dry run, yes, and everything that is wrong with a file said at its place.
import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { describe, expect, vi } from 'vitest';
import { type Sender, sayYes, settled, upload } from '../../../test/support/imports.ts';
import { until } from '../../../test/support/rooms.ts';
import { accountsTest } from '../../../test/support/team.ts';
import { member, securityEvent } from '../db/schema.ts';

const it = accountsTest();
// Several files each, and each waits for threads of its own.
vi.setConfig({ testTimeout: 120_000 });

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly employeeNumber: string | null;
  readonly roles: readonly string[];
  readonly access: object;
  readonly active: boolean;
  readonly hasSignIn: boolean;
}

const find = async (admin: Sender, text: string) =>
  ((await admin.get(`/api/members?text=${encodeURIComponent(text)}`)).body as { members: Shown[] }).members;

async function client(admin: Sender, name: string, lobs: readonly string[]) {
  const reply = await admin.send('POST', '/api/clients', { name, lobs });
  if (reply.status !== 201) throw new Error(reply.text);
  return reply.body as { id: string; lobs: { id: string; name: string }[] };
}

const noOne = { make: 0, change: 0, leave: 0, bad: 0, namesKept: 0 };

describe('a table of members', () => {
  it('[E10] shows what it would make, writes nothing before the yes, and all of it after', async ({
    accounts: { admin },
    server,
  }) => {
    const mark = randomUUID().slice(0, 6);
    const { id, lobs } = await client(admin, `Bank ${mark}`, ['Cards', 'Loans / Mortgages']);
    const file = [
      'Name;E-mail;Employee number;Roles;Access;Active',
      `Maya ${mark};Maya.${mark}@Example.org;A-${mark};agent;Bank ${mark};yes`,
      `Noor ${mark};;B-${mark};agent, evaluator;Bank ${mark} / Cards\\; Bank;`,
    ].join('\r\n');
    const bad = await upload(server.url, admin, 'members', file);
    expect(bad.bad).toEqual([
      {
        line: 3,
        column: 'access',
        code: 'lob-unknown',
        found: `Bank ${mark} / Cards\\`,
        allowed: expect.any(Array),
      },
      { line: 3, column: 'active', code: 'active-unknown', found: 'Bank', allowed: ['yes', 'no'] },
    ]);
    const good = file.replace('Cards\\; Bank;', 'Loans \\/ Mortgages;no');
    const view = await upload(server.url, admin, 'members', good);
    expect([view.state, view.counts, view.bad]).toEqual(['ready', { ...noOne, make: 2 }, []]);
    expect(await find(admin, mark)).toEqual([]);
    expect((await sayYes(admin, view)).state).toBe('done');
    const lobId = lobs.find(({ name }) => name === 'Loans / Mortgages')?.id;
    expect(await find(admin, mark)).toEqual([
      expect.objectContaining({
        name: `Maya ${mark}`,
        email: `maya.${mark}@example.org`,
        employeeNumber: `A-${mark}`,
        roles: ['agent'],
        access: { kind: 'grants', grants: [{ clientId: id, lobId: null }] },
        active: true,
        hasSignIn: false,
      }),
      expect.objectContaining({
        name: `Noor ${mark}`,
        roles: ['evaluator', 'agent'],
        access: { kind: 'grants', grants: [{ clientId: id, lobId }] },
        active: false,
      }),
    ]);
    const again = await upload(server.url, admin, 'members', good);
    expect(again.counts).toEqual({ ...noOne, leave: 2 });
  });

  it('[E10] goes out and comes in again, and changes nothing, formulas and odd names included', async ({
    accounts: { admin },
    server,
  }) => {
    const mark = randomUUID().slice(0, 6);
    await client(admin, `=Odd; / \\ ${mark}`, [`-line; / ${mark}`]);
    const file = `name,employee number,access\n"=cmd() ${mark}",+${mark},"=Odd\\; \\/ \\\\ ${mark} / -line\\; \\/ ${mark}"\n"''@x ""q"" ${mark}",,organisation\n`;
    const first = await upload(server.url, admin, 'members', file);
    expect([first.bad, first.counts?.make]).toEqual([[], 2]);
    await sayYes(admin, first);
    const before = await find(admin, mark);
    expect(before.map(({ name }) => name).sort()).toEqual([`'@x "q" ${mark}`, `=cmd() ${mark}`].sort());
    const out = await admin.get('/api/members/export.csv');
    expect([out.status, out.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(out.text).toContain(`"'=cmd() ${mark}"`);
    const view = await upload(server.url, admin, 'members', out.text);
    expect([view.bad, view.counts]).toEqual([[], { ...noOne, leave: view.counts?.leave ?? 0 }]);
    expect(view.counts?.leave).toBeGreaterThanOrEqual(3);
    const told = await server.connection.db
      .select()
      .from(securityEvent)
      .where(eq(securityEvent.kind, 'members-exported'));
    expect(told).toHaveLength(1);
  });

  it('[E10] finds people by employee number, else e-mail, else a name that is one’s alone, and leaves what it does not say', async ({
    accounts,
    server,
  }) => {
    const { admin } = accounts;
    const mark = randomUUID().slice(0, 6);
    const made = await upload(
      server.url,
      admin,
      'members',
      `name\temployee number\te-mail\troles\n1 ${mark}\tK1-${mark}\t\tagent\n2 ${mark}\t\t2.${mark}@example.org\tagent\n3 ${mark}\t\t\tagent`,
    );
    await sayYes(admin, made);
    const before = await find(admin, mark);
    const ben = await accounts.member(['evaluator']);
    const file = [
      'employee number,name,e-mail,roles',
      `K1-${mark},One ${mark},one.${mark}@example.org,manager`,
      `K2-${mark},2 ${mark},2.${mark}@example.org,`,
      `,3 ${mark},,evaluator`,
      `K9-${mark},Somebody Else,${ben.email},lead`,
    ].join('\n');
    const view = await upload(server.url, admin, 'members', file);
    expect([view.bad, view.counts]).toEqual([[], { ...noOne, change: 4, namesKept: 1 }]);
    await sayYes(admin, view);
    const after = await find(admin, mark);
    expect(after.map(({ id }) => id).sort()).toEqual([...before.map(({ id }) => id), ben.memberId].sort());
    expect(after.find(({ employeeNumber }) => employeeNumber === `K1-${mark}`)).toMatchObject({
      name: `One ${mark}`,
      email: `one.${mark}@example.org`,
      roles: ['manager'],
    });
    expect(after.find(({ id }) => id === ben.memberId)).toMatchObject({
      name: 'Ben Whitfield',
      roles: ['lead'],
    });
    expect(after.find(({ email }) => email === `2.${mark}@example.org`)).toMatchObject({
      employeeNumber: `K2-${mark}`,
      roles: ['agent'],
    });
    // Whoever can sign in is told in the log, as when it is done by hand.
    const told = await server.connection.db
      .select()
      .from(securityEvent)
      .where(
        and(eq(securityEvent.kind, 'roles-or-access-changed'), eq(securityEvent.memberId, ben.memberId)),
      );
    expect(told).toHaveLength(1);
  });

  it('[E10] says of each bad cell its line, its column, what is wrong and what is allowed; all of them as a file', async ({
    accounts,
    server,
  }) => {
    const { admin } = accounts;
    const mark = randomUUID().slice(0, 6);
    const known = await client(admin, `Known ${mark}`, ['Cards']);
    expect(known.lobs).toHaveLength(1);
    const ben = await accounts.member();
    await sayYes(
      admin,
      await upload(
        server.url,
        admin,
        'members',
        `name,e-mail,employee number\nTwin ${mark},,T1-${mark}\nTwin ${mark},t.${mark}@example.org,T2-${mark}`,
      ),
    );
    const file = [
      'name,e-mail,employee number,roles,access,active',
      ',,,agent,,',
      `"Two\nlines ${mark}",not an address,,agent,,`,
      `Role ${mark},,,boss,,`,
      `Client ${mark},,,,Nobody,`,
      `Line ${mark},,,,Known ${mark} / Nothing,`,
      `Both ${mark},,,,whole organisation; Known ${mark},`,
      `Active ${mark},,,,,maybe`,
      `Twin ${mark},,,,,`,
      `Again ${mark},,X-${mark},,,`,
      `Again ${mark},,X-${mark},,,`,
      `Other ${mark},t.${mark}@example.org,T1-${mark},,,`,
      `Number ${mark},t.${mark}@example.org,T9-${mark},,,`,
      `Cells ${mark},,,,,,,surplus`,
    ].join('\n');
    const view = await upload(server.url, admin, 'members', file);
    expect(view.counts).toMatchObject({ bad: 12, make: 1 });
    expect(view.bad.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'name', 'missing'],
      [3, 'e-mail', 'email'],
      [5, 'roles', 'role-unknown'],
      [6, 'access', 'client-unknown'],
      [7, 'access', 'lob-unknown'],
      [8, 'access', 'access-mixed'],
      [9, 'active', 'active-unknown'],
      [10, 'name', 'name-ambiguous'],
      [12, 'employee number', 'repeated'],
      [13, 'e-mail', 'email-of-another'],
      [14, 'e-mail', 'repeated'],
      [14, 'employee number', 'number-of-another'],
      [15, '8', 'too-many-cells'],
    ]);
    expect(view.bad[2]).toMatchObject({
      found: 'boss',
      allowed: ['admin', 'lead', 'evaluator', 'manager', 'agent'],
    });
    expect(view.bad[4]?.allowed).toEqual([`Known ${mark} / Cards`]);
    const refused = await admin.send('POST', `/api/imports/${view.id}/yes`, { plan: view.plan });
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('stale')]);
    const out = await admin.get(`/api/imports/${view.id}/bad-rows.csv`);
    expect(out.text.split('\r\n')).toHaveLength(14);
    expect(out.text).toContain(
      `"""boss"" is not a role"`.replace('""boss""', 'roles: ""boss""').replace('"""', '"'),
    );
    await admin.send('PATCH', `/api/members/${ben.memberId}`, { employeeNumber: `BEN-${mark}` });
    const own = await upload(
      server.url,
      admin,
      'members',
      `name,e-mail,employee number\nBen,else.${mark}@example.org,BEN-${mark}`,
    );
    expect(own.bad).toMatchObject([{ column: 'e-mail', code: 'email-of-sign-in', allowed: [ben.email] }]);
  });

  it('[O2 E10] never takes the importing administrator’s own role, so that the last one stays', async ({
    accounts: { admin },
    server,
  }) => {
    const view = await upload(
      server.url,
      admin,
      'members',
      'name,e-mail,roles,active\nSofia,sofia@example.org,lead,\n',
    );
    expect(view.bad).toMatchObject([{ line: 2, column: 'roles', code: 'own-admin', allowed: ['admin'] }]);
    const off = await upload(
      server.url,
      admin,
      'members',
      'name,e-mail,active\nSofia,sofia@example.org,no\n',
    );
    expect(off.bad).toMatchObject([{ column: 'active', code: 'own-admin' }]);
  });

  it('[E10] that would do something else by the time of the yes writes nothing, and shows what it would do now', async ({
    accounts: { admin },
    server,
  }) => {
    const mark = randomUUID().slice(0, 6);
    const file = `name,employee number\nFirst ${mark},S1-${mark}\nSecond ${mark},S2-${mark}`;
    const view = await upload(server.url, admin, 'members', file);
    const added = {
      name: `First ${mark}`,
      employeeNumber: `S1-${mark}`,
      roles: ['agent'],
      access: { kind: 'organisation' },
    };
    await admin.send('POST', '/api/members', added);
    const stale = await sayYes(admin, view);
    expect([stale.state, stale.changedSince, stale.counts]).toEqual([
      'ready',
      true,
      { ...noOne, make: 1, leave: 1 },
    ]);
    expect(await find(admin, `Second ${mark}`)).toEqual([]);
    const old = await admin.send('POST', `/api/imports/${view.id}/yes`, { plan: view.plan });
    expect([old.status, old.text]).toEqual([409, expect.stringContaining('stale')]);
    const done = await sayYes(admin, stale);
    expect([done.state, (await find(admin, mark)).length]).toEqual(['done', 2]);
    // Pressed again, by a page that did not hear of it.
    const twice = await admin.send('POST', `/api/imports/${view.id}/yes`, { plan: stale.plan });
    expect([twice.status, (await find(admin, mark)).length]).toEqual([200, 2]);
  });

  it('[E10] is brought in whole or not at all: what fails in the middle leaves nothing', async ({
    accounts: { admin },
    server,
  }) => {
    const mark = randomUUID().slice(0, 6);
    const rows = Array.from({ length: 700 }, (_, number) => `Row ${number} ${mark},R${number}-${mark}`);
    const view = await upload(server.url, admin, 'members', ['name,employee number', ...rows].join('\n'));
    expect(view.counts).toEqual({ ...noOne, make: 700 });
    const { sql, db } = server.connection;
    await sql`create function fail_late() returns trigger language plpgsql as $$ begin
      if new.name like 'Row 650 %' then raise exception 'planted'; end if; return new; end $$`;
    await sql`create trigger fail_late before insert on member for each row execute function fail_late()`;
    const reply = await admin.send('POST', `/api/imports/${view.id}/yes`, { plan: view.plan });
    expect(reply.status).toBe(200);
    await until(
      'the try has failed',
      async () => (await sql`select 1 from job where last_error is not null`).length > 0,
    );
    expect(
      await db
        .select()
        .from(member)
        .where(eq(member.employeeNumber, `R1-${mark}`)),
    ).toEqual([]);
    await sql`drop trigger fail_late on member`;
    await sql`update job set due_at = now() - interval '1 minute' where last_error is not null`;
    expect((await settled(admin, view.id)).state).toBe('done');
    expect(await db.$count(member, eq(member.name, `Row 650 ${mark}`))).toBe(1);
  });
});
