// A sign-in that is used goes on; one that is not ends after a week. Renewing moves its end and nothing else.
import { beforeEach, describe, expect } from 'vitest';
import { makeOrganisation, type Organisation, type Person, visitor } from '../../../test/support/people.ts';
import { openRoom, until } from '../../../test/support/rooms.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import type { RunningServer } from '../start.ts';

let server: RunningServer;
let organisation: Organisation;
let person: Person;

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  organisation = await makeOrganisation(server);
}, longestSetUpMs);

beforeEach(async () => {
  person = await organisation.member('Ben', ['evaluator']);
});

/** As if it had been renewed so many days ago. */
async function age(days: number): Promise<void> {
  await server.connection.sql`
    update sign_in set expires_at = now() + make_interval(days => 7) - make_interval(hours => ${days * 24})
    where user_id = (select user_id from member where id = ${person.memberId})`;
}

async function daysLeft(): Promise<number> {
  const [row] = await server.connection.sql<{ days: number }[]>`
    select extract(epoch from expires_at - now())::float8 / 86400 as days from sign_in
    where user_id = (select user_id from member where id = ${person.memberId})`;
  return row?.days ?? 0;
}

describe('a sign-in', () => {
  it('[O5] used again after a day is good for another week, under the same cookie; sockets stay', async () => {
    const feed = openRoom(server.url, `feed/${person.memberId}`, person.cookie);
    await until('the feed is open', () => feed.provider.wsconnected);
    await age(2);
    const reply = await person.get('/api/me');
    const [renewed = '', ...more] = reply.headers.getSetCookie();
    expect([reply.status, more]).toEqual([200, []]);
    // Beside the browser's own, which stays as it is.
    const cookies = person.cookie.split('; ').map(decodeURIComponent);
    expect(cookies).toContain(decodeURIComponent(renewed.split(';', 1)[0] ?? ''));
    expect(renewed).toMatch(/Max-Age=604800;.*HttpOnly.*SameSite=Lax/i);
    expect(await daysLeft()).toBeGreaterThan(6.9);

    const again = await person.get('/api/me');
    expect(again.headers.getSetCookie()).toEqual([]);
    expect([feed.closes, feed.provider.wsconnected]).toEqual([[], true]);
    feed.close();
  });

  it('[O5] used within the day is left as it is, and so is one that only a socket uses', async () => {
    await age(0.5);
    expect((await person.get('/api/me')).headers.getSetCookie()).toEqual([]);
    await age(3);
    const feed = openRoom(server.url, `feed/${person.memberId}`, person.cookie);
    await until('the feed is open', () => feed.provider.wsconnected);
    feed.close();
    expect(await daysLeft()).toBeLessThan(4.1);
  });

  it('[O5] renewed by a command carries the cookie with the reply, and not with its repeat', async () => {
    await age(2);
    const send = () => person.send('POST', '/api/clients', { name: 'x' }, 'the-same-key-again');
    const [first, repeat] = [await send(), await send()];
    expect([first, repeat].map(({ headers }) => headers.getSetCookie().length)).toEqual([1, 0]);
    expect([first.status, repeat.text]).toEqual([403, first.text]);
  });

  it('[O5] left alone for a week is over', async () => {
    await age(8);
    const reply = await person.get('/api/me');
    expect([reply.status, reply.headers.getSetCookie()]).toEqual([401, []]);
  });

  it('[O6] of the demo has its token in the cookie and nowhere else, by either of its routes', async () => {
    for (const path of ['/api/demo/sign-in', '/api/auth/demo/sign-in']) {
      const reply = await visitor(server.url).send('POST', path, { memberId: person.memberId });
      const [cookie = ''] = reply.headers.getSetCookie();
      const token = decodeURIComponent(cookie).split('=')[1]?.split('.')[0] ?? '';
      expect([path, reply.status, token.length > 20]).toEqual([path, 200, true]);
      expect(reply.text).not.toContain(token);
    }
  });
});
