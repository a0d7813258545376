// The one place where a command becomes rows: lock the session, ask who may, look up the facts, decide, write what happened,
// number and log it, commit, and only then tell everyone. A session's status, people and decisions change no other way.
import {
  type Actor,
  type Command,
  decide,
  maySession,
  passingEvents,
  type Refusal,
  rightTo,
  type SessionEvent,
  whyNot,
} from '@attune/domain';
import type { Bus } from '../bus/bus.ts';
import type { Database, Tx } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import { announceTo, tell } from '../notify/service.ts';
import { denied, done, type Outcome, refused } from '../outcome.ts';
import type { SecurityDeps } from '../security/log.ts';
import { appendAudit } from './audit.ts';
import { announce, eventToView, writeChange } from './changes.ts';
import { BadInput, lookUp } from './facts.ts';
import { type Columns, persist } from './persist.ts';
import { logWhoCameAndWent } from './security-events.ts';
import { lockSession, memberNames, saveColumns } from './store.ts';
import { evolveStored, type StoredSession } from './stored-session.ts';
import { sessionToPresent, sessionToSubject } from './views.ts';

export interface CommandDeps extends SecurityDeps {
  readonly db: Database;
  readonly bus: Bus;
  /** The server's key, which wraps the sessions' data keys. */
  readonly serverKey: Uint8Array;
}

/** What a command did: the session as it stands then, and what happened. Without events nothing has changed. */
export interface Executed {
  readonly stored: StoredSession;
  readonly events: readonly SessionEvent[];
}

/** Who gives a command, to which session. */
export interface Giver {
  readonly actor: Actor;
  readonly sessionId: string;
  /** When the sign-in was made that gives it, ISO 8601 UTC; only what a person seals asks for it. */
  readonly signedInAt?: string;
  /** Whether a link lets in, for the commands that no right within the session is for; asked under the lock. */
  readonly letIn?: (tx: Tx) => Promise<boolean>;
}

/**
 * Runs one command under the session's lock, which is held until the transaction ends; everyone is told of it afterwards. A denial
 * does not tell an absent session from one that is not the actor's to see.
 */
export async function execute(
  { tx, whenCommitted }: Unit,
  deps: CommandDeps,
  giver: Giver,
  command: Command,
): Promise<Outcome<Executed>> {
  const { actor, sessionId, signedInAt = '' } = giver;
  const { organisationId, memberId: by } = actor;
  const now = deps.now();
  const stored = await lockSession(tx, organisationId, sessionId);
  if (!stored) return denied('not-found');
  const denial = await whyDenied(tx, giver, command, stored);
  if (denial) return denied(denial);
  const refuse = (refusal: Refusal) => refused(refusal, sessionToPresent(stored, actor));
  // Before facts are looked up: nothing is unsealed for a command that cannot be.
  const no = whyNot(stored.session, command);
  if (no) return refuse(no);
  const facts = await lookUp({ tx, deps, actor, stored, signedInAt, now }, command);
  if (facts instanceof BadInput) return { kind: 'bad-input', slug: 'invalid-input', errors: facts.problems };
  const decision = decide(stored.session, command, facts, now);
  if (!decision.ok) return refuse(decision.refusal);
  const { events } = decision;
  if (events.length === 0) return done({ stored, events });

  let after = stored;
  let columns: Columns = {};
  const endedSignIns: string[] = [];
  for (const event of events) {
    const before = after;
    after = evolveStored(before, event, by, now);
    const written = await persist({ tx, newId: deps.newId, by, now }, { before, event, after });
    columns = { ...columns, ...written.columns };
    endedSignIns.push(...written.endedSignIns);
  }
  after = { ...after, ...(await namesOf(tx, after)), number: stored.number + 1 };
  await logWhoCameAndWent(deps, { tx, whenCommitted }, after, events, actor);
  let told: readonly string[] = [];
  if (!after.deleted) {
    const lasting = events.filter(({ type }) => !passingEvents.includes(type));
    after = await appendAudit(tx, after, lasting, by, now);
    await saveColumns(tx, after, columns);
    const views = events.map((event) => eventToView(event, by));
    await writeChange(tx, stored, after, views, now);
    told = await tell(tx, deps.newId, after, events, by, now);
  }
  const committed = after;
  whenCommitted(() => {
    announce(deps.bus, committed);
    for (const signInId of endedSignIns) deps.bus.publish({ type: 'sign-in-ended', signInId });
    announceTo(deps.bus, organisationId, told);
  });
  return done({ stored: committed, events });
}

async function whyDenied(
  tx: Tx,
  { actor, letIn }: Giver,
  command: Command,
  stored: StoredSession,
): Promise<'not-found' | 'not-allowed' | null> {
  const right = rightTo[command.type];
  if (letIn || right === null) return (await letIn?.(tx)) ? null : 'not-found';
  const subject = sessionToSubject(stored);
  if (!maySession(actor, 'session.read', subject)) return 'not-found';
  return maySession(actor, right, subject) ? null : 'not-allowed';
}

/** The names of everyone of the session, those who are new in it looked up. */
async function namesOf(tx: Tx, { organisationId, session, names, guests }: StoredSession) {
  const people = [...session.participants, ...session.lobby].map(({ memberId }) => memberId);
  const unknown = [session.facilitatorId, ...session.observers, ...people].filter((id) => !names.has(id));
  if (unknown.length === 0) return { names, guests };
  const read = await memberNames(tx, organisationId, unknown);
  return { names: new Map([...names, ...read.names]), guests: new Map([...read.guests, ...guests]) };
}
