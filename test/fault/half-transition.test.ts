// The server is killed while sessions are being moved on (live.md 3): each stands wholly before its step or wholly after it, and
// the same command sent again gives one result.
import { createHash } from 'node:crypto';
import { noteKey } from '@attune/contract';
import { auditInput, firstAuditInput } from '@attune/domain';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { type AppProcess, startAppProcess, temporaryFolder } from '../support/app-process.ts';
import { type Person, visitor } from '../support/people.ts';
import { openRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { submit, type Team, teamTest } from '../support/team.ts';

const steps = ['draft', 'scoring', 'review', 'resolved'] as const;
type Step = (typeof steps)[number];
const after = { draft: 'scoring', scoring: 'review', review: 'resolved', resolved: 'closed' } as const;
const rounds = 12;
/** Each write of a step is drawn out by this, so that most kills fall into the middle of one. */
const drawnOutMs = 5;

const serverKey = new Uint8Array(32).fill(7);

/** The server that is killed. Another, the file's own, prepares the sessions and stays out of it. */
interface Killed {
  readonly app: AppProcess;
  restart(): Promise<void>;
}

const it = teamTest({ app: { config: { serverKey } } }).extend(
  'killed',
  async ({ database, team }, { onCleanup }): Promise<Killed> => {
    const folder = await temporaryFolder();
    const start = async () => {
      const started = await startAppProcess({
        dataDir: folder.path,
        environment: { DATABASE_URL: database.url, SERVER_KEY: Buffer.from(serverKey).toString('hex') },
      });
      // What it runs first takes longer than anything later: that would be the moment of every kill.
      for (let turn = 0; turn < 3; turn += 1)
        await Promise.all(steps.map(() => visitor(started.url, team.lead.cookie).get('/api/sessions')));
      return started;
    };
    let app = await start();
    onCleanup(async () => {
      await app.stop();
      await folder.remove();
    });
    return {
      get app() {
        return app;
      },
      async restart() {
        app = await start();
      },
    };
  },
);

const drawnOut = [
  'session',
  'session_change',
  'audit_entry',
  'answer',
  'submission',
  'document',
  'notification',
];

async function drawOut({ connection: { sql } }: RunningServer, isOn: boolean): Promise<void> {
  await sql.unsafe(`create or replace function draw_out() returns trigger language plpgsql as
    $$ begin perform pg_sleep(${drawnOutMs / 1000}); return null; end $$`);
  for (const table of drawnOut)
    await sql.unsafe(
      isOn
        ? `create trigger draw_out after insert or update or delete on ${table} execute function draw_out()`
        : `drop trigger draw_out on ${table}`,
    );
}

/** A session that stands where this step begins and may be moved on, with a note where it is in review or later. */
async function sessionAt(
  server: RunningServer,
  { lead, people, calibration }: Team,
  step: Step,
): Promise<string> {
  const { id } = await calibration(step, { discuss: (made) => note(server, lead, made.id) });
  if (step === 'scoring') for (const person of people) await submit(person, id);
  if (step === 'review') await note(server, lead, id);
  return id;
}

async function note(server: RunningServer, lead: Person, id: string): Promise<void> {
  const meeting = openRoom(server.url, `meeting/${id}`, lead.cookie);
  await until('the notes are open', () => meeting.provider.synced);
  meeting.doc.getXmlFragment(noteKey('q1')).push([paragraph('The standard.')]);
  await untilSaved(meeting);
  meeting.close();
}

const tables = [
  'session_change',
  'audit_entry',
  'answer',
  'submission',
  'document',
  'notification',
  'participant',
  'resolution',
  'session_board',
] as const;
type Table = (typeof tables)[number];
type Row = Readonly<Record<string, unknown>>;

interface Facts {
  readonly session: { status: string; number: number; auditHead: string };
  /** Every row of the session, by table, as text in an order of its own. */
  readonly rows: Readonly<Record<Table, readonly Row[]>>;
}

/** All that the database has of a session, once whatever is still under way with it has ended. */
function factsOf({ connection }: RunningServer, id: string): Promise<Facts> {
  return connection.sql.begin(async (sql) => {
    const [row] = await sql<{ row: string }[]>`
      select row_to_json(session)::text as row from session where id = ${id} for update`;
    const rows: Record<Table, Row[]> = {
      session_change: [],
      audit_entry: [],
      answer: [],
      submission: [],
      document: [],
      notification: [],
      participant: [],
      resolution: [],
      session_board: [],
    };
    for (const table of tables) {
      const found = await sql<{ row: string }[]>`
        select row_to_json(t)::text as row from ${sql(table)} as t where session_id = ${id} order by 1`;
      rows[table] = found.map((one) => JSON.parse(one.row));
    }
    const { audit_head, status, change_number } = JSON.parse(row?.row ?? '{}');
    return {
      session: { status, number: change_number, auditHead: audit_head },
      rows,
    };
  });
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** What must hold of a session at rest, whatever its status. */
function expectWhole(id: string, { session, rows }: Facts): void {
  const at = ['draft', 'scoring', 'review', 'resolved', 'closed'].indexOf(session.status);
  const isRevealed = at >= 2;
  const count = (table: Table, holds: (row: Row) => boolean) => rows[table].filter(holds).length;
  const numbers = rows.session_change.map(({ number }) => Number(number)).sort((one, other) => one - other);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(session.number).toBe(numbers.length);
  expect({
    board: rows.session_board.length === 1,
    sealed: count('document', ({ kind }) => kind === 'sealed'),
    notes: count('document', ({ kind }) => kind === 'notes'),
    salts: count('submission', ({ salt }) => salt !== null),
    answers: rows.answer.length,
    told: count('notification', ({ kind }) => kind === 'review-started'),
    toldOfStart: count('notification', ({ kind }) => kind === 'scoring-opened'),
    toldOfEnd: count('notification', ({ kind }) => kind === 'record-closed'),
    noted: count('resolution', ({ note_text }) => note_text !== null),
  }).toEqual({
    board: isRevealed,
    sealed: isRevealed ? 0 : 2,
    notes: 1,
    salts: isRevealed ? 2 : 0,
    answers: isRevealed ? 4 : 0,
    told: isRevealed ? 2 : 0,
    toldOfStart: at >= 1 ? 2 : 0,
    toldOfEnd: at >= 4 ? 2 : 0,
    noted: at >= 3 ? 1 : 0,
  });
  let head: Uint8Array = sha256(firstAuditInput(id));
  const log = rows.audit_entry.toSorted((one, other) => Number(one.sequence) - Number(other.sequence));
  for (const [index, entry] of log.entries()) {
    expect(entry.sequence).toBe(index + 1);
    head = sha256(
      auditInput(2, head, {
        sequence: index + 1,
        at: new Date(String(entry.at)).toISOString(),
        byMemberId: entry.by_member_id === null ? null : String(entry.by_member_id),
        byName: String(entry.by_name),
        event: entry.event,
      }),
    );
    expect(entry.hash).toBe(`\\x${Buffer.from(head).toString('hex')}`);
  }
  expect(session.auditHead).toBe(`\\x${Buffer.from(head).toString('hex')}`);
}

interface Moving {
  readonly step: Step;
  readonly id: string;
  readonly key: string;
  readonly facts: Facts;
}

/** One session before each of the steps. */
async function oneOfEach(server: RunningServer, team: Team): Promise<Moving[]> {
  const moving: Moving[] = [];
  for (const step of steps) {
    const id = await sessionAt(server, team, step);
    moving.push({ step, id, key: `press-${id}`, facts: await factsOf(server, id) });
  }
  for (const { id, facts } of moving) expectWhole(id, facts);
  return moving;
}

const press = (app: AppProcess, lead: Person, { step, id, key }: Moving) =>
  visitor(app.url, lead.cookie).send('POST', `/api/sessions/${id}/transition`, { from: step }, key);

/** How long the four steps take when nobody is killed, in milliseconds. */
async function measure(server: RunningServer, team: Team, app: AppProcess): Promise<number> {
  const moving = await oneOfEach(server, team);
  await drawOut(server, true);
  const from = performance.now();
  const replies = await Promise.all(moving.map((one) => press(app, team.lead, one)));
  const elapsedMs = performance.now() - from;
  await drawOut(server, false);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  return elapsedMs;
}

describe('killed while sessions are moved on', () => {
  it(`[live 3] each is wholly before or wholly after, and the same press again gives one result, ${rounds} times over`, async ({
    server,
    team,
    killed,
  }) => {
    const pressOn = (one: Moving) => press(killed.app, team.lead, one);
    const withinMs = await measure(server, team, killed.app);
    const ends = { before: 0, after: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const moving = await oneOfEach(server, team);
      await drawOut(server, true);
      const pressed = Promise.allSettled(moving.map(pressOn));
      const killAfterMs = Math.random() * withinMs;
      await new Promise((resolve) => setTimeout(resolve, killAfterMs));
      await killed.app.kill('SIGKILL');
      const told = await pressed;
      const stood = await Promise.all(moving.map(({ id }) => factsOf(server, id)));
      await drawOut(server, false);

      for (const [at, facts] of stood.entries()) {
        const { id, step, facts: before } = moving[at] ?? { id: '', step: 'draft', facts };
        const reply = told[at];
        const wasTold = reply?.status === 'fulfilled' && reply.value.status === 200;
        expectWhole(id, facts);
        expect([step, after[step]]).toContain(facts.session.status);
        if (facts.session.status === step) {
          // Who was told that it is done would be told a lie.
          expect([killAfterMs, step, wasTold]).toEqual([killAfterMs, step, false]);
          expect(facts).toEqual(before);
          ends.before += 1;
        } else {
          expect(facts.session.number).toBe(before.session.number + 1);
          ends.after += 1;
        }
      }

      await killed.restart();
      for (const [at, one] of moving.entries()) {
        const again = await pressOn(one);
        expect([one.step, again.status]).toEqual([one.step, 200]);
        const once = await factsOf(server, one.id);
        expectWhole(one.id, once);
        expect(once.session.status).toBe(after[one.step]);
        expect(once.session.number).toBe(one.facts.session.number + 1);
        // Done before the kill: done by that press alone.
        if (stood[at]?.session.status === after[one.step]) expect(once).toEqual(stood[at]);
        const reply = told[at];
        if (reply?.status === 'fulfilled') expect(again.text).toBe(reply.value.text);
        expect((await pressOn(one)).text).toBe(again.text);
        expect(await factsOf(server, one.id)).toEqual(once);
      }
    }
    process.stdout.write(`killed ${rounds} times: ${ends.before} before their step, ${ends.after} after\n`);
  }, 240_000);
});
