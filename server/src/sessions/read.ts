// What people read of one session: its view, its board, whom it may still invite. Each asks the permission table first; a
// session that is not the actor's to see is `null`, like one that does not exist.

import type { CandidateList, OwnExcuse, SessionView } from '@attune/contract';
import {
  type Actor,
  type Commitment,
  type Hindrance,
  maySession,
  whyNotFacilitate,
  whyNotTakePart,
} from '@attune/domain';
import type { Database } from '../db/client.ts';
import { inSnapshot } from '../db/transact.ts';
import { listSignedUp, type Member } from '../people/store.ts';
import { loadDetail } from './detail.store.ts';
import { loadSession } from './store.ts';
import type { StoredSession } from './stored-session.ts';
import { listCommitments } from './submission.store.ts';
import { sessionToSubject, sessionToView } from './views.ts';

export const readSession = (
  db: Database,
  organisationId: string,
  sessionId: string,
): Promise<StoredSession | null> => inSnapshot(db, (tx) => loadSession(tx, organisationId, sessionId));

/** The session if the actor may do this to it. */
export async function readAs(
  db: Database,
  actor: Actor,
  sessionId: string,
  action: Parameters<typeof maySession>[1],
): Promise<StoredSession | null> {
  const stored = await readSession(db, actor.organisationId, sessionId);
  return stored && maySession(actor, action, sessionToSubject(stored)) ? stored : null;
}

export const readView = (db: Database, actor: Actor, sessionId: string): Promise<SessionView | null> =>
  inSnapshot(db, async (tx) => {
    const stored = await loadSession(tx, actor.organisationId, sessionId);
    if (!stored || !maySession(actor, 'session.read', sessionToSubject(stored))) return null;
    return sessionToView(stored, await loadDetail(tx, stored), actor);
  });

/** The commitments of everyone who has submitted, for whoever may read the session: they say nothing without their salts. */
export async function readCommitments(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<Commitment[] | null> {
  const stored = await readAs(db, actor, sessionId, 'session.read');
  return stored && listCommitments(db, stored.organisationId, sessionId);
}

/** Leads the session can be handed to, and those it cannot be, with the reason; by name. */
export async function readFacilitators(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<CandidateList | null> {
  const stored = await readAs(db, actor, sessionId, 'session.facilitate');
  if (!stored) return null;
  const { facilitatorId, settings } = stored.session;
  const members = (await listSignedUp(db, actor.organisationId)).filter(({ id }) => id !== facilitatorId);
  return candidatesAmong(members, (member) => whyNotFacilitate(member, settings.scope));
}

/** Members with a sign-in who may still be invited, and those who may not, with the reason; by name. */
export async function readCandidates(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<CandidateList | null> {
  const stored = await readAs(db, actor, sessionId, 'session.facilitate');
  if (!stored) return null;
  const { participants, settings } = stored.session;
  const taken = new Set(participants.map(({ memberId }) => memberId));
  const members = (await listSignedUp(db, actor.organisationId)).filter(({ id }) => !taken.has(id));
  return candidatesAmong(members, (member) => whyNotTakePart(member, settings.scope));
}

function candidatesAmong(
  members: readonly Member[],
  hindranceOf: (member: Member) => Hindrance | null,
): CandidateList {
  const list: CandidateList = { candidates: [], others: [] };
  for (const member of members) {
    const { id: memberId, name } = member;
    const hindrance = hindranceOf(member);
    if (hindrance) list.others.push({ memberId, name, hindrance });
    else list.candidates.push({ memberId, name });
  }
  return list;
}

/** That one is excused, by whom and why: all that an excused participant still reads. */
export async function readOwnExcuse(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<OwnExcuse | null> {
  const stored = await readAs(db, actor, sessionId, 'excuse.read');
  const own = stored?.session.participants.find(({ memberId }) => memberId === actor.memberId);
  if (!stored || own?.state !== 'excused') return null;
  const { settings, facilitatorId } = stored.session;
  return {
    sessionName: settings.name,
    facilitator: stored.names.get(facilitatorId) ?? '',
    reason: own.reason,
    excusedAt: own.excusedAt,
    mayReturn: stored.session.status === 'scoring',
  };
}
