// vitest's `test` with one server a file, and with a team on it whose calibrations stand in any status. What a file asks for is made
// when its first test wants it, and taken away after its last.
import type { SessionStatus } from '@attune/domain';
import { test } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { setUpAccounts } from './accounts.ts';
import { type AppOptions, startApp } from './app.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  publishScorecard,
  type Reply,
  scaleDocument,
} from './people.ts';
import { freshDatabase } from './postgres.ts';
import { type OpenRoom, openRoom, until } from './rooms.ts';

/** A calibration as tests speak of it: its id, and the ids of its participants in the order of its people. */
export interface Calibration {
  readonly id: string;
  readonly participantIds: readonly string[];
}

interface CalibrationOptions {
  /** Beside the name and the scorecard, which it has by itself. */
  readonly settings?: object;
  /** Who scores; the whole team if left out. */
  readonly people?: readonly Person[];
  /** What happens in scoring before the submissions, such as answering. */
  readonly answer?: (made: Calibration) => Promise<void>;
  /** What happens in review before it is resolved, such as writing a note. */
  readonly discuss?: (made: Calibration) => Promise<void>;
}

interface TeamOptions<More extends readonly string[]> {
  /** People who score, beside Ben and Chidi. */
  readonly more?: More;
  /** Import document of the scorecard: two questions that need no answer, if left out. */
  readonly scorecard?: object;
}

export interface Team<More extends readonly string[] = readonly string[]> {
  readonly organisation: Organisation;
  /** Ana, who facilitates. */
  readonly lead: Person;
  /** Ben, Chidi, and who else was asked for. */
  readonly people: readonly [Person, Person, ...{ readonly [At in keyof More]: Person }];
  readonly scorecardVersionId: string;
  /** A new calibration, taken to this status by the buttons people press. Sheets are submitted as they are: blank, unless answered. */
  calibration(status: SessionStatus, options?: CalibrationOptions): Promise<Calibration>;
}

/** For the hooks that make what a file's tests share: it may take longer than a test. */
export const longestSetUpMs = 60_000;
const steps = ['draft', 'scoring', 'review', 'resolved'] as const;

/** Fails with the reply's words unless it is a yes. */
export async function accepted(reply: Promise<Reply>): Promise<Reply> {
  const got = await reply;
  if (got.status !== 200) throw new Error(`${got.status}: ${got.text}`);
  return got;
}

export const submit = (person: Person, id: string): Promise<Reply> =>
  person.send('POST', `/api/sessions/${id}/submission`, {});

/** A team on a server that the test started itself; `teamTest` has one on a server of its own. */
export async function makeTeam<const More extends readonly string[]>(
  server: RunningServer,
  { more, scorecard }: TeamOptions<More>,
): Promise<Team<More>> {
  const organisation = await makeOrganisation(server);
  const lead = await organisation.member('Ana', ['lead']);
  const evaluator = (name: string) => organisation.member(name, ['evaluator']);
  const [ben, chidi] = [await evaluator('Ben'), await evaluator('Chidi')];
  const others: Person[] = [];
  for (const name of more ?? []) others.push(await evaluator(name));
  // As many as there are names; TypeScript does not count what a loop adds.
  const people = [ben, chidi, ...others] as unknown as Team<More>['people'];
  const document = scorecard ?? scaleDocument(2, 5, { required: false });
  const scorecardVersionId = await publishScorecard(lead, document);
  return {
    organisation,
    lead,
    people,
    scorecardVersionId,
    async calibration(status, { settings = {}, people: who = people, answer, discuss } = {}) {
      const made = await makeSession(lead, { scorecardVersionId, ...settings }, who);
      for (const step of steps) {
        if (step === status) break;
        if (step === 'scoring') {
          await answer?.(made);
          for (const person of who) await accepted(submit(person, made.id));
        }
        if (step === 'review') await discuss?.(made);
        await accepted(advance(lead, made.id, step));
      }
      return made;
    },
  };
}

interface ServerOptions extends Omit<AppOptions, 'databaseUrl'> {
  /** Fills the database before the server starts, which prunes from its first second on. */
  readonly fill?: (databaseUrl: string) => Promise<void>;
}

const onServer = ({ fill, ...options }: ServerOptions) =>
  test
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are wanted
    .extend('database', { scope: 'file' }, async ({}, { onCleanup }) => {
      const database = await freshDatabase();
      onCleanup(() => database.drop());
      await fill?.(database.url);
      return database;
    })
    .extend('server', { scope: 'file' }, async ({ database }, { onCleanup }) => {
      const server = await startApp({ demo: true, ...options, databaseUrl: database.url });
      onCleanup(() => server.stop());
      return server;
    });

/** `test` with `server`: the file's own, on a `database` of its own, where members of the demo's kind sign in. */
export function serverTest(options: ServerOptions = {}) {
  const it = onServer(options);
  // Made before the first test, whose time it would count for.
  it.beforeAll(({ server }) => void server, longestSetUpMs);
  return it;
}

/** `serverTest` on a database of one's own, with `accounts`: people who have passwords, the first administrator among them. */
export function accountsTest(options: Omit<AppOptions, 'databaseUrl' | 'demo'> = {}) {
  const it = onServer({ ...options, demo: false }).extend('accounts', { scope: 'file' }, ({ server }) =>
    setUpAccounts(server),
  );
  it.beforeAll(({ accounts }) => void accounts, longestSetUpMs);
  return it;
}

/**
 * `serverTest` with `team`, and with two ways into rooms that are left when the test ends: `open(room, person)`, and
 * `enter(room, ...people)`, which waits until everyone has the document.
 */
export function teamTest<const More extends readonly string[] = []>(
  team: TeamOptions<More> & { readonly app?: Omit<AppOptions, 'databaseUrl'> } = {},
) {
  const it = onServer(team.app ?? {})
    .extend('team', { scope: 'file' }, ({ server }) => makeTeam(server, team))
    .extend('open', ({ server }, { onCleanup }) => {
      const rooms: OpenRoom[] = [];
      onCleanup(() => {
        for (const room of rooms) room.close();
      });
      return (room: string, { cookie }: Pick<Person, 'cookie'>, options?: Parameters<typeof openRoom>[3]) => {
        const opened = openRoom(server.url, room, cookie, options);
        rooms.push(opened);
        return opened;
      };
    })
    .extend('enter', ({ open }) => async (room: string, ...people: readonly Pick<Person, 'cookie'>[]) => {
      const rooms = people.map((person) => open(room, person));
      await until('everyone is in', () => rooms.every(({ provider }) => provider.synced));
      return rooms;
    });
  it.beforeAll(({ team: made }) => void made, longestSetUpMs);
  return it;
}

/** How many updates the journals of all documents hold. */
export async function journalled(server: RunningServer): Promise<number> {
  const [row] = await server.connection.sql<
    { count: string }[]
  >`select count(*) as count from document_update`;
  return Number(row?.count);
}
