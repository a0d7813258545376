// What a command leaves behind: the state that its events make is the state that is read from the rows afterwards.
import { type Actor, type Command, guestActor, type Session } from '@attune/domain';
import { expect } from 'vitest';
import {
  makeOrganisation,
  makeSession,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../../../test/support/people.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import { transact } from '../db/transact.ts';
import { createLog } from '../ops/log.ts';
import { actorOf } from '../people/actor.ts';
import { findMember } from '../people/store.ts';
import type { RunningServer } from '../start.ts';
import { type CommandDeps, execute } from './execute.ts';
import { readSession } from './read.ts';
import type { StoredSession } from './stored-session.ts';

let server: RunningServer;
let organisationId: string;
let people: Record<'ana' | 'ben' | 'cho' | 'dan', Person>;
let sessionId: string;

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  const home = await makeOrganisation(server);
  organisationId = home.id;
  people = {
    ana: await home.member('Ana', ['lead']),
    ben: await home.member('Ben', ['evaluator']),
    cho: await home.member('Cho', ['evaluator']),
    dan: await home.member('Dan', ['lead']),
  };
  const scorecardVersionId = await publishScorecard(people.ana, scaleDocument(3, 5, { required: false }));
  const { ana, ben, cho } = people;
  sessionId = (await makeSession(ana, { scorecardVersionId }, [ana, ben, cho])).id;
}, longestSetUpMs);

/** In no order that matters. */
const comparable = ({ session, answered, instants, number, detailRevision, ...rest }: StoredSession) => ({
  session: {
    ...session,
    ...('resolutions' in session && {
      resolutions: [...session.resolutions].sort((one, other) =>
        one.questionId < other.questionId ? -1 : 1,
      ),
    }),
    putOut: [...session.putOut].sort(),
  },
  answered: [...answered].filter(([, count]) => count > 0),
  instants,
  number,
  detailRevision,
  head: rest.auditHead,
  names: Object.fromEntries(rest.names),
  guests: Object.fromEntries(rest.guests),
});

it('[house 2] of a whole calibration, what each command’s events make is what its rows say', async () => {
  const deps: CommandDeps = {
    db: server.connection.db,
    bus: { publish: () => {}, subscribe: () => () => {} },
    serverKey: new Uint8Array(32).fill(7),
    log: createLog('silent'),
    now: () => new Date().toISOString(),
    newId: () => crypto.randomUUID(),
  };
  const load = async (): Promise<StoredSession> => {
    const stored = await readSession(deps.db, organisationId, sessionId);
    if (!stored) throw new Error('the session is gone');
    return stored;
  };
  const as = async (who: keyof typeof people) => {
    const member = await findMember(deps.db, organisationId, people[who].memberId);
    if (!member) throw new Error('nobody of this name');
    return actorOf(member, []);
  };
  const give = async (who: keyof typeof people | Actor, command: Command) => {
    const actor = typeof who === 'string' ? await as(who) : who;
    const giver = { actor, sessionId, signedInAt: deps.now() };
    const letIn = command.type === 'join' || command.type === 'knock' ? { letIn: async () => true } : {};
    const outcome = await transact(deps.db, (unit) => execute(unit, deps, { ...giver, ...letIn }, command));
    if (outcome.kind !== 'done') throw new Error(`${command.type} was not done: ${JSON.stringify(outcome)}`);
    expect(comparable(await load()), command.type).toEqual(comparable(outcome.value.stored));
  };
  const idOf = async (who: keyof typeof people): Promise<string> => {
    const { session } = await load();
    return session.participants.find(({ memberId }) => memberId === people[who].memberId)?.id ?? '';
  };
  /** A guest asks to be let in. @returns their member id, and the id under which they wait */
  const knock = async (name: string) => {
    const memberId = deps.newId();
    await give(guestActor(organisationId, memberId, sessionId), { type: 'knock', name, from: null });
    const { lobby } = (await load()).session;
    return { memberId, entryId: lobby.find((entry) => entry.memberId === memberId)?.id ?? '' };
  };
  const revoteIdOf = (session: Session) => ('revotes' in session ? (session.revotes.at(-1)?.id ?? '') : '');
  const { ana, ben, cho, dan } = people;
  const { transcriptLines: _, ...settings } = (await load()).session.settings;
  const transcript = [{ speaker: 'Agent', second: 0, text: 'Hello' }];
  const vote = { kind: 'scale', valueHundredths: 300 } as const;

  await give('ana', { type: 'edit-settings', settings: { ...settings, transcript, name: 'Another name' } });
  await give('ana', { type: 'remove-participant', participantId: await idOf('cho') });
  await give('ana', { type: 'add-participant', memberId: cho.memberId });
  const { entryId } = await knock('Hal');
  await give('ana', { type: 'turn-away', entryId });
  await knock('Ida');
  await knock('Jon');
  await give('ana', { type: 'empty-lobby' });
  await give('ana', { type: 'start-scoring' });
  const gus = await knock('Gus');
  await give('ana', { type: 'rename-guest', memberId: gus.memberId, to: 'Gus G.' });
  await give('ana', { type: 'admit', entryId: gus.entryId });
  await give('ana', { type: 'rename-guest', memberId: gus.memberId, to: 'Gus Gast' });
  await give('ana', { type: 'put-out', memberId: gus.memberId, reason: 'nobody knows them' });
  await give('dan', { type: 'join', memberId: dan.memberId });
  await give('ben', { type: 'submit', memberId: ben.memberId, seen: null });
  await give('ben', { type: 'take-back', memberId: ben.memberId });
  await give('ben', { type: 'start-afresh', memberId: ben.memberId });
  for (const who of ['ana', 'ben', 'cho'] as const)
    await give(who, { type: 'submit', memberId: people[who].memberId, seen: null });
  await give('ana', { type: 'excuse', participantId: await idOf('dan'), reason: 'ill' });
  await give('ana', { type: 'readmit', participantId: await idOf('dan') });
  await give('ana', { type: 'put-out', memberId: dan.memberId, reason: 'only looked in' });
  await give('ana', { type: 'set-names', names: 'hidden-on-screen' });
  await give('ana', { type: 'reveal' });

  const [question = ''] = (await load()).session.scorecard.sections.flatMap((section) =>
    section.questions.map(({ id }) => id),
  );
  await give('ana', { type: 'focus', questionId: question });
  const start = { kind: 'start', durationMs: 60_000 } as const;
  await give('ana', { type: 'timer', questionId: question, action: start });
  await give('ana', { type: 'focus', questionId: null });
  await give('ana', { type: 'undo', kind: 'focus' });
  await give('ana', { type: 'set-speak-first', on: false });
  await give('ana', { type: 'open-revote', questionId: question });
  const revoteId = revoteIdOf((await load()).session);
  for (const who of ['ana', 'ben', 'cho'] as const)
    await give(who, { type: 'vote', memberId: people[who].memberId, revoteId, answer: vote });
  await give('ana', { type: 'reveal-revote', revoteId, without: [] });
  await give('ana', { type: 'open-revote', questionId: question });
  await give('ben', {
    type: 'vote',
    memberId: ben.memberId,
    revoteId: revoteIdOf((await load()).session),
    answer: vote,
  });
  await give('ana', { type: 'cancel-revote', revoteId: revoteIdOf((await load()).session) });
  await give('ana', { type: 'agree', questionId: question, agreed: vote, cause: 'wording' });
  await give('ana', { type: 'put-out', memberId: cho.memberId, reason: 'left the team' });
  await give('ana', { type: 'let-back-in', memberId: cho.memberId });
  await give('dan', { type: 'take-over', memberId: dan.memberId });
  await give('dan', { type: 'hand-over', memberId: ana.memberId });
  await give('ana', { type: 'resolve' });
  await give('ana', { type: 'close' });
}, 60_000);
