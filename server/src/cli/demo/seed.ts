// Fills the demo organisation through the product's own services: sealed documents, submissions, reveals and records are as
// real as anyone's, only their instants lie in the past.
import { randomUUID } from 'node:crypto';
import { answersKey, commentKey, evidenceKey, noteKey, scorecardOfDocument, textKey } from '@attune/contract';
import {
  type Access,
  type Actor,
  type Answer,
  type Board,
  type Cause,
  type Command,
  causes,
  questionsOf,
  type Scope,
  type Scorecard,
  type Settings,
  stepFrom,
} from '@attune/domain';
import { eq, lt, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import * as Y from 'yjs';
import type { Bus } from '../../bus/bus.ts';
import type { Database } from '../../db/client.ts';
import { notification, organisation } from '../../db/schema.ts';
import { transact } from '../../db/transact.ts';
import { findDocument, insertFirstUpdate } from '../../documents/store.ts';
import { createLog } from '../../ops/log.ts';
import { actorOf } from '../../people/actor.ts';
import { insertClient } from '../../people/clients.store.ts';
import { insertMember, insertOrganisation } from '../../people/store.ts';
import { insertScorecard, insertVersion, publishVersion } from '../../scorecards/store.ts';
import { createSession } from '../../sessions/create.ts';
import { findBoard } from '../../sessions/detail.store.ts';
import { type CommandDeps, execute } from '../../sessions/execute.ts';
import { tellProgress } from '../../sessions/progress.service.ts';
import { readSession } from '../../sessions/read.ts';
import { entryOf, seeded } from './answers.ts';
import { findHolding } from './holding.store.ts';
import { clients, type DemoMember, emailDomain, members, organisationName } from './people.ts';
import { voteAgain } from './revotes.ts';
import { draftScorecard, publishedScorecards, type ScorecardKey } from './scorecards.ts';
import { type DemoSession, demoSessions, notes } from './sessions.ts';
import { transcripts } from './transcripts.ts';

export interface DemoDeps {
  readonly db: Database;
  readonly serverKey: Uint8Array;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Notifications of the demo's last days are still unread. */
const unreadDays = 4;
const silent: Bus = { publish: () => {}, subscribe: () => () => {} };

/**
 * Fills an empty database. A fill that was cut short before is thrown away first; one that is complete is left alone.
 * @throws {Error} where the database is anyone's own: nothing of it is touched
 */
export async function seedDemo(deps: DemoDeps, now: Date): Promise<void> {
  const holds = await findHolding(deps.db);
  if (holds === 'demo') return;
  if (holds === 'own') throw new Error('the database is not the demo’s to fill');
  await deps.db.execute(sql`truncate table organisation, "user", link cascade`);
  const world = await makeWorld(deps, now);
  for (const [index, planned] of demoSessions.entries()) await makeSession(deps, world, planned, index, now);
  // What is older than some days was read long ago.
  const lately = new Date(now.getTime() - unreadDays * dayMs).toISOString();
  await deps.db.update(notification).set({ readAt: now.toISOString() }).where(lt(notification.at, lately));
  // Only now is it the demo: whoever starts before this begins again.
  await deps.db.update(organisation).set({ demo: true }).where(eq(organisation.id, world.organisationId));
}

interface World {
  readonly organisationId: string;
  readonly scopes: ReadonlyMap<string, Scope>;
  readonly people: ReadonlyMap<string, { person: DemoMember; actor: Actor }>;
  readonly versions: ReadonlyMap<ScorecardKey, { id: string; content: Scorecard }>;
}

async function makeWorld({ db }: DemoDeps, now: Date): Promise<World> {
  const organisationId = uuidv7();
  const scopes = new Map<string, Scope>();
  const people = new Map<string, { person: DemoMember; actor: Actor }>();
  const versions = new Map<ScorecardKey, { id: string; content: Scorecard }>();
  await db.transaction(async (tx) => {
    // Whoever looks at the demo looks at it where it runs.
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    await insertOrganisation(tx, { id: organisationId, name: organisationName, demo: false, timeZone });
    for (const { name, lobs } of clients) {
      const clientId = uuidv7();
      const rows = lobs.map((lob) => ({ id: uuidv7(), name: lob }));
      await insertClient(tx, organisationId, { id: clientId, name, lobs: rows });
      scopes.set(name, { kind: 'client', clientId });
      for (const row of rows) scopes.set(`${name}/${row.name}`, { kind: 'lob', clientId, lobId: row.id });
    }
    for (const person of members) {
      const memberId = uuidv7();
      const access = accessOf(person, scopes);
      await insertMember(tx, organisationId, {
        id: memberId,
        userId: uuidv7(),
        accountId: uuidv7(),
        newGrantId: () => uuidv7(),
        name: person.name,
        email: `${person.key}@${emailDomain}`,
        roles: person.roles,
        access,
        password: null,
        about: person.about,
      });
      const actor = actorOf({ id: memberId, organisationId, roles: person.roles, access }, []);
      people.set(person.key, { person, actor });
    }
    const madeAt = new Date(now.getTime() - 200 * dayMs).toISOString();
    for (const [key, document] of Object.entries(publishedScorecards)) {
      const [id, versionId] = [uuidv7(), uuidv7()];
      const content = scorecardOfDocument(document);
      await insertScorecard(tx, organisationId, { id, scope: document.scope, now: madeAt });
      await insertVersion(tx, organisationId, {
        id: versionId,
        scorecardId: id,
        version: 1,
        content,
        now: madeAt,
      });
      await publishVersion(tx, organisationId, versionId, madeAt);
      versions.set(key as ScorecardKey, { id: versionId, content });
    }
    const draftId = uuidv7();
    await insertScorecard(tx, organisationId, {
      id: draftId,
      scope: draftScorecard.scope,
      now: now.toISOString(),
    });
    const content = scorecardOfDocument(draftScorecard);
    await insertVersion(tx, organisationId, {
      id: uuidv7(),
      scorecardId: draftId,
      version: 1,
      content,
      now: now.toISOString(),
    });
  });
  return { organisationId, scopes, people, versions };
}

function accessOf({ access }: DemoMember, scopes: ReadonlyMap<string, Scope>): Access {
  if (access === null) return { kind: 'organisation' };
  return {
    kind: 'grants',
    grants: access.flatMap((name) => {
      const scope = scopes.get(name);
      if (!scope || scope.kind === 'organisation') return [];
      return [{ clientId: scope.clientId, lobId: scope.kind === 'lob' ? scope.lobId : null }];
    }),
  };
}

function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`the demo names an unknown ${what}`);
  return value;
}

async function makeSession(
  deps: DemoDeps,
  world: World,
  planned: DemoSession,
  index: number,
  now: Date,
): Promise<void> {
  const chance = seeded(1_000 + index);
  let at = now.getTime() - planned.daysAgo * dayMs - 3 * 60 * 60 * 1000;
  const commands: CommandDeps = {
    ...deps,
    bus: silent,
    // What the demo tells of its past is no news of today.
    log: createLog('silent'),
    newId: () => uuidv7(),
    // Each command some minutes after the one before, never in the future.
    now: () => {
      at += 4 * 60 * 1000;
      return new Date(Math.min(at, now.getTime() - 1_000)).toISOString();
    },
  };
  const lead = must(world.people.get(planned.facilitator), 'member').actor;
  const version = must(world.versions.get(planned.scorecard), 'scorecard');
  const settings = settingsOf(planned, world, version.id, now);
  const created = await transact(commands.db, (unit) => createSession(unit, commands, lead, settings));
  if (created.kind !== 'done') throw new Error(`the demo session “${planned.name}” was refused`);
  const { id: sessionId } = created.value;
  const give = async (command: Command) => {
    const outcome = await transact(commands.db, (unit) =>
      execute(unit, commands, { actor: lead, sessionId }, command),
    );
    if (outcome.kind !== 'done') throw new Error(`a step of the demo session “${planned.name}” was refused`);
  };
  for (const key of planned.participants) {
    const { memberId } = must(world.people.get(key), 'member').actor;
    await give({ type: 'add-participant', memberId });
  }
  if (planned.status === 'draft') return;
  await give(stepFrom('draft'));
  await score(deps, commands, world, planned, sessionId, version.content, chance);
  if (planned.status === 'scoring') return;
  await give(stepFrom('scoring'));
  const voters = planned.participants.map((key) => must(world.people.get(key), 'member').actor);
  await discuss(deps, commands, lead, planned, sessionId, chance, voters);
  if (planned.status === 'review') return;
  await give(stepFrom('review'));
  if (planned.status === 'closed') await give(stepFrom('resolved'));
}

function settingsOf(planned: DemoSession, world: World, scorecardVersionId: string, now: Date): Settings {
  const day = (days: number) => new Date(now.getTime() + days * dayMs);
  const inDays = (days: number) => new Date(day(days).setUTCMinutes(0, 0, 0)).toISOString();
  return {
    name: planned.name,
    scorecardVersionId,
    thresholdHundredths: (planned.threshold ?? 10) * 100,
    scope: planned.scope === null ? { kind: 'organisation' } : must(world.scopes.get(planned.scope), 'scope'),
    interactionReference: planned.reference || null,
    interactionDate: day(-planned.daysAgo - 4)
      .toISOString()
      .slice(0, 10),
    recordingUrl: null,
    transcript: transcripts[planned.transcript],
    meetingAt:
      planned.status === 'review' || planned.dueInDays !== undefined
        ? inDays((planned.dueInDays ?? 0) + 1)
        : null,
    dueAt: planned.dueInDays === undefined ? null : inDays(planned.dueInDays + 0.3),
    questionIds: null,
    agentName: null,
    agentNameHidden: false,
  };
}

/** Fills the sealed documents and submits them, as far as the plan goes. */
async function score(
  deps: DemoDeps,
  commands: CommandDeps,
  world: World,
  planned: DemoSession,
  sessionId: string,
  scorecard: Scorecard,
  chance: () => number,
): Promise<void> {
  const stored = must(await readSession(deps.db, world.organisationId, sessionId), 'session');
  const truths = new Map(
    questionsOf(scorecard).map(({ id }) => [
      id,
      Math.min(1, Math.max(0, planned.truth + (chance() - 0.45) * 0.6)),
    ]),
  );
  const submitting = planned.submitted ?? planned.participants.length;
  for (const [place, key] of planned.participants.entries()) {
    const { person, actor } = must(world.people.get(key), 'member');
    const participant = must(
      stored.session.participants.find(({ memberId }) => memberId === actor.memberId),
      'participant',
    );
    if (place > submitting) continue;
    const doc = new Y.Doc();
    let answered = 0;
    for (const question of questionsOf(scorecard)) {
      // Who comes after the last submission has begun and not finished.
      if (place === submitting && answered >= 4) break;
      const entry = entryOf(
        question,
        truths.get(question.id) ?? 0.5,
        person,
        chance,
        stored.session.settings.transcriptLines,
      );
      if (entry.answer) writeAnswer(doc, question.id, entry.answer);
      if (entry.comment) doc.getText(commentKey(question.id)).insert(0, entry.comment);
      if (entry.evidence.length > 0)
        doc.getArray(evidenceKey(question.id)).push(entry.evidence.map((cited) => ({ ...cited })));
      answered += 1;
    }
    await writeDocument(deps, stored.organisationId, { participantId: participant.id }, doc);
    if (place === submitting) {
      const progress = { answered, questions: questionsOf(scorecard).length };
      await tellProgress(commands, world.organisationId, sessionId, new Map([[participant.id, progress]]));
      continue;
    }
    const giver = { actor, sessionId, signedInAt: commands.now() };
    const outcome = await transact(commands.db, (unit) =>
      execute(unit, commands, giver, { type: 'submit', memberId: actor.memberId, seen: null }),
    );
    if (outcome.kind !== 'done') throw new Error('a demo submission was refused');
  }
}

function writeAnswer(doc: Y.Doc, questionId: string, answer: Answer): void {
  if (answer.kind === 'text') doc.getText(textKey(questionId)).insert(0, answer.text);
  else doc.getMap(answersKey).set(questionId, { ...answer });
}

/** Notes and agreed answers on the flagged questions; in a session still in review, on the first few. */
async function discuss(
  deps: DemoDeps,
  commands: CommandDeps,
  lead: Actor,
  planned: DemoSession,
  sessionId: string,
  chance: () => number,
  voters: readonly Actor[],
): Promise<void> {
  const stored = must(await readSession(deps.db, lead.organisationId, sessionId), 'session');
  const flagged = 'flaggedQuestionIds' in stored.session ? stored.session.flaggedQuestionIds : [];
  const settled = flagged.slice(0, planned.settled ?? flagged.length);
  const board = await findBoard(deps.db, lead.organisationId, sessionId);
  const doc = new Y.Doc();
  for (const [index, questionId] of settled.entries()) {
    if (index % 3 === 2) continue;
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(notes[Math.floor(chance() * notes.length)] ?? '')]);
    doc.getXmlFragment(noteKey(questionId)).insert(0, [paragraph]);
  }
  if (settled.length > 0) await writeDocument(deps, stored.organisationId, { notesOf: sessionId }, doc);
  for (const questionId of settled) {
    const cause: Cause = causes[Math.floor(chance() * causes.length)] ?? 'other';
    const agreed = likelyAnswer(board, questionId);
    // One question of every second meeting was voted on again before the group agreed.
    if (agreed && questionId === settled[0] && planned.daysAgo % 2 === 1)
      await voteAgain(commands, lead, sessionId, questionId, agreed, voters, chance);
    const command = { type: 'agree', questionId, agreed, cause } as const;
    const outcome = await transact(commands.db, (unit) =>
      execute(unit, commands, { actor: lead, sessionId }, command),
    );
    if (outcome.kind !== 'done') throw new Error('a demo agreement was refused');
  }
}

/** The answer in the middle, or the one given most where nothing is scored: where groups mostly end. */
function likelyAnswer(board: Board | null, questionId: string): Answer | null {
  const question = board?.questions.find((one) => one.questionId === questionId);
  if (!question) return null;
  const ranked = question.answers
    .filter(({ q }) => q !== null)
    .sort((one, other) => (one.q ?? 0) - (other.q ?? 0));
  const most = [...question.distribution].sort(
    (one, other) => other.participantIds.length - one.participantIds.length,
  )[0];
  return (ranked[Math.floor(ranked.length / 2)] ?? most)?.answer ?? null;
}

async function writeDocument(
  { db, serverKey }: DemoDeps,
  organisationId: string,
  wanted: { participantId: string } | { notesOf: string },
  doc: Y.Doc,
): Promise<void> {
  const handle = must(await findDocument(db, organisationId, serverKey, wanted), 'document');
  await db.transaction((tx) => insertFirstUpdate(tx, handle, randomUUID(), Y.encodeStateAsUpdate(doc)));
  doc.destroy();
}
