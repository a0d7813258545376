// What people read of one session: its view, its board, whom it may still invite. Each asks the permission table first; a
// session that is not the actor's to see is `null`, like one that does not exist.

import type { BoardView, SessionView } from '@attune/contract';
import { type Actor, type Commitment, mayRun, maySession, mayTakePart } from '@attune/domain';
import type { Database } from '../db/client.ts';
import { listMembers } from '../people/store.ts';
import type { CommandDeps } from './command.service.ts';
import { boardToView } from './stand-ins.ts';
import { loadSession } from './store.ts';
import { type StoredSession, sessionToSubject, sessionToView } from './stored-session.ts';
import { listCommitments } from './submission.store.ts';

/** The session if the actor may do this to it. */
export async function readAs(
  db: Database,
  actor: Actor,
  sessionId: string,
  action: Parameters<typeof maySession>[1],
): Promise<StoredSession | null> {
  // One snapshot for row and people: a reader takes no lock and must not see half a command.
  const stored = await db.transaction((tx) => loadSession(tx, actor.organisationId, sessionId), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
  return stored && maySession(actor, action, sessionToSubject(stored)) ? stored : null;
}

export async function readView(db: Database, actor: Actor, sessionId: string): Promise<SessionView | null> {
  const stored = await readAs(db, actor, sessionId, 'session.read');
  return stored && sessionToView(stored, actor);
}

/** The commitments of everyone who has submitted, for whoever may read the session: they say nothing without their salts. */
export async function readCommitments(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<Commitment[] | null> {
  const stored = await readAs(db, actor, sessionId, 'session.read');
  return stored && listCommitments(db, stored.organisationId, sessionId);
}

/** The frozen board with its people and re-votes, from review on; names as the viewer may see them. */
export async function readBoard(
  { db, serverKey }: Pick<CommandDeps, 'db' | 'serverKey'>,
  actor: Actor,
  sessionId: string,
): Promise<BoardView | null> {
  const stored = await readAs(db, actor, sessionId, 'board.read');
  return stored && boardToView(serverKey, stored, actor);
}

/** Leads the session can be handed to: active, allowed to facilitate, covering the scope; by name. */
export async function readFacilitators(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<{ memberId: string; name: string }[] | null> {
  const stored = await readAs(db, actor, sessionId, 'session.facilitate');
  if (!stored) return null;
  return (await listMembers(db, actor.organisationId))
    .filter(
      (member) => member.id !== stored.session.facilitatorId && mayRun(member, stored.session.settings.scope),
    )
    .map(({ id, name }) => ({ memberId: id, name }));
}

/** Members who may still be invited: active, taking part in calibrations, covering the scope, not yet in; by name. */
export async function readCandidates(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<{ memberId: string; name: string }[] | null> {
  const stored = await readAs(db, actor, sessionId, 'session.facilitate');
  if (!stored) return null;
  const taken = new Set(stored.session.participants.map(({ memberId }) => memberId));
  return (await listMembers(db, actor.organisationId))
    .filter((member) => !taken.has(member.id) && mayTakePart(member, stored.session.settings.scope))
    .map(({ id, name }) => ({ memberId: id, name }));
}
