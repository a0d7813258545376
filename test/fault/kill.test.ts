// The server is killed while people type: whatever showed "Saved" is there afterwards (X3, live.md 3).
import { answersKey, commentKey } from '@attune/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type AppProcess, startAppProcess, temporaryFolder } from '../support/app-process.ts';
import { visitor } from '../support/people.ts';
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: AppProcess;

beforeAll(async () => {
  folder = await temporaryFolder();
  app = await startAppProcess({ dataDir: folder.path });
}, 60_000);

afterAll(async () => {
  await app?.stop();
  await folder?.remove();
});

async function signIn(name: string): Promise<string> {
  const { demo } = (await visitor(app.url).get('/api/welcome')).body as {
    demo: { members: { id: string; name: string }[] };
  };
  const member = demo.members.find((one) => one.name.startsWith(name));
  const reply = await visitor(app.url).send('POST', '/api/demo/sign-in', { memberId: member?.id });
  return reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

interface Typist {
  readonly room: string;
  readonly cookie: string;
  readonly doc: Y.Doc;
  open: OpenRoom;
  /** Words typed when the server last said that everything was stored. */
  saved: number;
  typed: number;
}

/** Types a word whenever the one before is stored or a moment has passed, and remembers what was told to be stored. */
function type(typist: Typist): void {
  typist.typed += 1;
  typist.doc.getText(commentKey('empathy')).insert(0, `w${typist.typed} `);
  typist.doc
    .getMap(answersKey)
    .set('empathy', { kind: 'scale', valueHundredths: 100 + (typist.typed % 5) * 100 });
}

describe('killed while people type', () => {
  it('[X3] nothing that showed “Saved” is missing after kill -9 and restart, ten times over', async () => {
    const list = await Promise.all(
      ['Dmitri', 'Ben', 'Chloé'].map(async (name) => {
        const cookie = await signIn(name);
        const { sessions } = (await visitor(app.url, cookie).get('/api/sessions?text=Early%20settlement'))
          .body as {
          sessions: { own: { participantId: string } }[];
        };
        return { cookie, room: `sealed/${sessions[0]?.own.participantId}` };
      }),
    );
    const port = new URL(app.url).port;
    const typists: Typist[] = list.map(({ cookie, room }) => {
      const doc = new Y.Doc();
      return { cookie, room, doc, open: openRoom(app.url, room, cookie, { doc }), saved: 0, typed: 0 };
    });
    for (let round = 0; round < 10; round += 1) {
      await until('all are in', () => typists.every(({ open }) => open.provider.synced));
      for (let word = 0; word < 8 + round; word += 1) {
        for (const typist of typists) {
          type(typist);
          if (typist.open.stored === typist.open.sent) typist.saved = typist.typed - 1;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      await until('at least one word is stored', () => typists.some(({ open }) => open.stored > 0));
      for (const typist of typists) if (typist.open.stored === typist.open.sent) typist.saved = typist.typed;
      await app.kill('SIGKILL');
      for (const { open } of typists) open.close();
      app = await startAppProcess({ dataDir: folder.path, environment: { PORT: port } });

      // A fresh device has what was saved; the old one brings what was not.
      for (const typist of typists) {
        const fresh = openRoom(app.url, typist.room, typist.cookie);
        await until('the fresh device is in', () => fresh.provider.synced);
        const words = fresh.doc.getText(commentKey('empathy')).toString();
        for (let word = 1; word <= typist.saved; word += 1) expect(words).toContain(`w${word} `);
        fresh.close();
        typist.open = openRoom(app.url, typist.room, typist.cookie, { doc: typist.doc });
      }
    }
    for (const typist of typists) {
      await until(
        'all is stored',
        () => typist.open.provider.synced && typist.open.stored === typist.open.sent,
      );
      const fresh = openRoom(app.url, typist.room, typist.cookie);
      await until('the fresh device is in', () => fresh.provider.synced);
      const words = fresh.doc.getText(commentKey('empathy')).toString();
      expect(words).toBe(typist.doc.getText(commentKey('empathy')).toString());
      expect(words.split(' ').filter((word) => word === 'w1')).toHaveLength(1);
      fresh.close();
      typist.open.close();
    }
  }, 180_000);
});
