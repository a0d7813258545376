// Guests of the version before: who let each in is read out of the log, and whoever was turned away has nothing left to come by.
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { databaseBefore } from '../../../test/support/upgrade.ts';
import { migrate } from './migrate.ts';

it('[J1] guests are told apart from the upgrade on, and those who were turned away or taken out cannot come back', async () => {
  const database = await databaseBefore('0006_device_words');
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    const organisation = randomUUID();
    const [scorecard, version, session] = [randomUUID(), randomUUID(), randomUUID()];
    await sql`insert into organisation (id, name) values (${organisation}, 'Northwind')`;
    const add = async (name: string, isGuest: boolean) => {
      const ids = {
        member: randomUUID(),
        user: randomUUID(),
        entry: randomUUID(),
        participant: randomUUID(),
      };
      await sql`insert into "user" (id, name, email) values (${ids.user}, ${name}, ${`${name}@example.org`})`;
      await sql`insert into member (id, organisation_id, user_id, name, roles, guest)
        values (${ids.member}, ${organisation}, ${ids.user}, ${name}, '{}', ${isGuest})`;
      await sql`insert into sign_in (id, token, user_id, expires_at)
        values (${randomUUID()}, ${name}, ${ids.user}, now() + interval '7 days')`;
      return ids;
    };
    const lead = await add('Ana', false);
    await sql`insert into scorecard (id, organisation_id) values (${scorecard}, ${organisation})`;
    await sql`insert into scorecard_version (id, organisation_id, scorecard_id, version, name, content, published_at)
      values (${version}, ${organisation}, ${scorecard}, 1, 'Calls', '{}'::jsonb, now())`;
    await sql`insert into session (id, organisation_id, status, facilitator_id, name, scorecard_version_id, threshold_hundredths,
        transcript, wrapped_key, audit_head, created_by, status_at)
      values (${session}, ${organisation}, 'draft', ${lead.member}, 'March', ${version}, 1000,
        '[]'::jsonb, '\\x00', '\\x00', ${lead.member}, now())`;
    const states = { in: 'admitted', away: 'turned-away', waits: 'waiting', removed: 'admitted' } as const;
    for (const [at, [name, state]] of Object.entries(states).entries()) {
      const guest = await add(name, true);
      await sql`insert into lobby_entry (id, organisation_id, session_id, member_id, state, asked_at)
        values (${guest.entry}, ${organisation}, ${session}, ${guest.member}, ${state}, now())`;
      const event = sql.json({ type: state, entryId: guest.entry, memberId: guest.member });
      await sql`insert into audit_entry (session_id, sequence, organisation_id, at, by_member_id, by_name, event, hash)
        values (${session}, ${at + 1}, ${organisation}, now(), ${lead.member}, 'Ana', ${event}, '\\x00')`;
      if (name === 'in')
        await sql`insert into participant (id, organisation_id, session_id, member_id, place)
          values (${guest.participant}, ${organisation}, ${session}, ${guest.member}, 1)`;
    }
    expect(await migrate(database.url)).toBeGreaterThan(0);

    const guests = await sql<{ name: string; active: boolean; by: string | null; signIns: number }[]>`
      select guest.name, guest.active, host.name as by,
        (select count(*)::int from sign_in where user_id = guest.user_id) as "signIns"
      from member guest
      left join lobby_entry on lobby_entry.member_id = guest.id
      left join member host on host.id = lobby_entry.answered_by
      where guest.guest order by guest.name`;
    expect([...guests]).toEqual([
      { name: 'in', active: true, by: 'Ana', signIns: 1 },
      { name: 'removed', active: false, by: 'Ana', signIns: 0 },
      { name: 'waits', active: true, by: null, signIns: 1 },
    ]);
    expect(await sql`select 1 from "user" where name = 'away'`).toHaveLength(0);
    expect(await sql`select 1 from sign_in where token in ('Ana', 'away')`).toHaveLength(1);
  } finally {
    await sql.end();
    await database.drop();
  }
});
