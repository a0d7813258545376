// How a command becomes a fact: lock the row, ask who may, ask the domain, write, number the change, log it, commit, and
// only then tell everyone. Nothing is published inside a transaction; a session's status, people and decisions change no other way.

import { patchBetween, type SessionEventView } from '@attune/contract';
import {
  type Actor,
  type Command,
  decide,
  maySession,
  type Participant,
  passingEvents,
  type Refusal,
  type SessionAction,
  type SessionEvent,
} from '@attune/domain';
import type { Bus } from '../bus/bus.ts';
import type { Database, Tx } from '../db/client.ts';
import { announceTo, tell } from '../notify/service.ts';
import { deleteGuests, endGuests, renameGuestRow } from '../people/guest.store.ts';
import type { SecurityDeps } from '../security/log.ts';
import { appendAudit } from './audit.ts';
import { insertChange } from './change.store.ts';
import {
  admitLobbyEntry,
  deleteObserver,
  insertLobbyEntry,
  insertObserver,
  savePutOut,
} from './joining.store.ts';
import { forgetReplies, restartParticipant } from './place.store.ts';
import { deleteVote } from './revote.store.ts';
import { logWhoCameAndWent } from './security-events.ts';
import {
  deleteParticipant,
  deleteSession,
  insertDocument,
  insertParticipant,
  lockSession,
  memberNames,
  saveParticipant,
  saveResolution,
  saveSession,
} from './store.ts';
import { isSealed, type StoredSession, sessionToShared, sessionToSubject } from './stored-session.ts';
import { discardSheet } from './submission.store.ts';

export interface CommandDeps extends SecurityDeps {
  readonly db: Database;
  readonly bus: Bus;
  /** The server's key, which wraps the sessions' data keys. */
  readonly serverKey: Uint8Array;
}

/** What came of a command. `denied` does not tell an absent session from one that is not the actor's to see. */
export type Outcome<T = unknown> =
  | { readonly ok: true; readonly stored: StoredSession; readonly extra: T }
  | { readonly ok: false; readonly denied: 'not-found' | 'not-allowed' }
  | { readonly ok: false; readonly refusal: Refusal; readonly stored: StoredSession };

/** What a step may do once the domain has agreed, beyond the writes every event brings: returns the state to save. */
export interface Step<T> {
  readonly command: Command;
  /** Writes of its own, after the domain said yes and before the session row is saved. */
  readonly write?: (after: StoredSession) => Promise<{ after: StoredSession; extra: T }>;
}

type Prepare<T> = (tx: Tx, stored: StoredSession, now: string) => Promise<Step<T> | { refusal: Refusal }>;

/** What must be true for the command to be tried: a rule of the table, or what a link's own service knows. */
export type Right = SessionAction | ((tx: Tx, stored: StoredSession) => Promise<boolean>);

async function isDenied(
  tx: Tx,
  actor: Actor,
  right: Right,
  stored: StoredSession,
): Promise<'not-found' | 'not-allowed' | null> {
  if (typeof right === 'function') return (await right(tx, stored)) ? null : 'not-found';
  const subject = sessionToSubject(stored);
  if (!maySession(actor, 'session.read', subject)) return 'not-found';
  return maySession(actor, right, subject) ? null : 'not-allowed';
}

/**
 * Runs one command under the session's lock.
 *
 * @param right what must hold; asked under the lock, before the command is prepared
 * @param prepare builds the command from the locked state; may refuse by itself
 */
export async function runCommand<T = null>(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  right: Right,
  prepare: Prepare<T>,
): Promise<Outcome<T | null>> {
  const now = deps.now();
  const endedSignIns: string[] = [];
  let told: readonly string[] = [];
  const outcome = await deps.db.transaction(async (tx): Promise<Outcome<T | null>> => {
    const stored = await lockSession(tx, actor.organisationId, sessionId);
    if (!stored) return { ok: false, denied: 'not-found' };
    const denied = await isDenied(tx, actor, right, stored);
    if (denied) return { ok: false, denied };
    const step = await prepare(tx, stored, now);
    if ('refusal' in step) return { ok: false, refusal: step.refusal, stored };
    const decision = decide(stored.session, step.command, now);
    if (!decision.ok) return { ok: false, refusal: decision.refusal, stored };

    let after: StoredSession = {
      ...stored,
      session: decision.session,
      ...(await namesAfter(tx, stored, decision.session)),
    };
    if (decision.events.length === 0) return { ok: true, stored, extra: null };
    const writing = { tx, deps, now, byMemberId: actor.memberId, endedSignIns };
    for (const event of decision.events) after = await writeEvent(writing, after, event);
    let extra: T | null = null;
    if (step.write) ({ after, extra } = await step.write(after));
    const saved = await saveChange(tx, stored, after, decision.events, actor, now);
    await logWhoCameAndWent(deps, tx, saved, decision.events, actor);
    if (!saved.deleted) told = await tell(tx, deps.newId, saved, decision.events, actor.memberId, now);
    return { ok: true, stored: saved, extra };
  });
  if (outcome.ok) {
    announce(deps.bus, outcome.stored);
    for (const signInId of endedSignIns) deps.bus.publish({ type: 'sign-in-ended', signInId });
    announceTo(deps.bus, actor.organisationId, told);
  }
  return outcome;
}

/** Tells everyone that a committed change is there to be read. */
export function announce(bus: Bus, { organisationId, session, number }: StoredSession): void {
  bus.publish({ type: 'session-changed', organisationId, sessionId: session.id, number });
}

async function namesAfter(tx: Tx, stored: StoredSession, next: StoredSession['session']) {
  const people = [...next.participants, ...next.lobby].map(({ memberId }) => memberId);
  const unknown = [next.facilitatorId, ...next.observers, ...people].filter((id) => !stored.names.has(id));
  const { names, guests } = stored;
  if (unknown.length === 0) return { names, guests };
  const read = await memberNames(tx, stored.organisationId, unknown);
  return { names: new Map([...names, ...read.names]), guests: new Map([...guests, ...read.guests]) };
}

interface Writing {
  readonly tx: Tx;
  readonly deps: CommandDeps;
  readonly now: string;
  readonly byMemberId: string;
  /** Takes the sign-ins that ended, whose sockets are closed after the commit. */
  readonly endedSignIns: string[];
}

/** The rows an event brings with it. Submissions, the reveal and the notes are their own services' to write. */
async function writeEvent(
  { tx, deps, now, byMemberId, endedSignIns }: Writing,
  after: StoredSession,
  event: SessionEvent,
): Promise<StoredSession> {
  const { organisationId, session } = after;
  const participantOf = (id: string): Participant => {
    const found = session.participants.find((participant) => participant.id === id);
    if (!found) throw new Error('an event names a participant the session does not have');
    return found;
  };
  switch (event.type) {
    case 'settings-edited':
      return { ...after, detailRevision: after.detailRevision + 1 };
    case 'participant-added': {
      const added = participantOf(event.participantId);
      await insertParticipant(tx, organisationId, session.id, {
        id: added.id,
        memberId: added.memberId,
        late: added.late,
      });
      await insertDocument(tx, organisationId, {
        id: deps.newId(),
        sessionId: session.id,
        participantId: added.id,
      });
      return after;
    }
    case 'participant-removed':
      await forgetReplies(tx, organisationId, event.memberId);
      await deleteParticipant(tx, organisationId, event.participantId);
      endedSignIns.push(...(await endGuests(tx, organisationId, [event.memberId])));
      return after;
    case 'put-out':
      await forgetReplies(tx, organisationId, event.memberId);
      if (event.participantId === null) await deleteObserver(tx, organisationId, session.id, event.memberId);
      else if (isSealed(after)) {
        await discardSheet(tx, organisationId, event.participantId);
        await deleteParticipant(tx, organisationId, event.participantId);
      } else if (event.revoteId !== null)
        await deleteVote(tx, organisationId, event.revoteId, event.participantId);
      endedSignIns.push(...(await endGuests(tx, organisationId, [event.memberId])));
      return after;
    case 'guest-renamed':
      await renameGuestRow(tx, organisationId, event.memberId, event.to);
      return { ...after, names: new Map([...after.names, [event.memberId, event.to]]) };
    case 'excused':
      await forgetReplies(tx, organisationId, participantOf(event.participantId).memberId);
      await saveParticipant(tx, organisationId, participantOf(event.participantId));
      return after;
    case 'submitted':
    case 'taken-back':
    case 'readmitted':
      await saveParticipant(tx, organisationId, participantOf(event.participantId));
      return after;
    case 'place-restarted': {
      const { participantId, newParticipantId } = event;
      await discardSheet(tx, organisationId, participantId);
      await restartParticipant(tx, organisationId, participantId, newParticipantId);
      await insertDocument(tx, organisationId, {
        id: deps.newId(),
        sessionId: session.id,
        participantId: newParticipantId,
      });
      const answered = new Map(after.answered);
      answered.delete(participantId);
      return { ...after, answered };
    }
    case 'agreed':
      await saveResolution(tx, organisationId, session.id, event, now);
      return after;
    case 'scoring-started':
      return { ...after, instants: { ...after.instants, scoringAt: now } };
    case 'revealed':
      return { ...after, instants: { ...after.instants, reviewAt: now } };
    case 'resolved':
      return { ...after, instants: { ...after.instants, resolvedAt: now } };
    case 'closed':
      return { ...after, instants: { ...after.instants, closedAt: now } };
    case 'swept':
    case 'sweep-undone':
      for (const questionId of event.questionIds)
        await saveResolution(tx, organisationId, session.id, resolutionOf(session, questionId), now);
      return after;
    case 'knocked':
      await insertLobbyEntry(tx, organisationId, session.id, {
        id: event.entryId,
        memberId: event.memberId,
        askedAt: now,
        from: session.lobby.find(({ id }) => id === event.entryId)?.from ?? null,
      });
      return after;
    case 'admitted': {
      await admitLobbyEntry(tx, organisationId, event.entryId, byMemberId);
      const host = after.names.get(byMemberId) ?? null;
      return { ...after, guests: new Map([...after.guests, [event.memberId, host]]) };
    }
    case 'turned-away':
      endedSignIns.push(...(await deleteGuests(tx, organisationId, [event.memberId])));
      return after;
    case 'lobby-emptied':
      endedSignIns.push(...(await deleteGuests(tx, organisationId, event.memberIds)));
      return after;
    case 'observer-added':
      await insertObserver(tx, organisationId, {
        sessionId: session.id,
        memberId: event.memberId,
        addedAt: now,
      });
      return after;
    // The session's own row holds these; a re-vote's rows are its service's to write.
    case 'taken-over':
    case 'handed-over':
    case 'focused':
    case 'timer-changed':
    case 'speak-first-set':
    case 'names-set':
    case 'revote-opened':
    case 'voted':
    case 'revote-revealed':
    case 'revote-cancelled':
    case 'let-back-in':
      return after;
    case 'deleted':
      return { ...after, deleted: true };
  }
}

function resolutionOf(session: StoredSession['session'], questionId: string) {
  const found =
    'resolutions' in session
      ? session.resolutions.find((resolution) => resolution.questionId === questionId)
      : undefined;
  if (!found) throw new Error('an event names a question without a resolution');
  return found;
}

/** Saves the session's row, its numbered change and its log entries; returns the state as committed. */
async function saveChange(
  tx: Tx,
  before: StoredSession,
  after: StoredSession,
  events: readonly SessionEvent[],
  actor: Actor,
  now: string,
): Promise<StoredSession> {
  const { organisationId, session } = after;
  if (after.deleted) {
    await deleteSession(tx, organisationId, session.id);
    return { ...after, number: before.number + 1 };
  }
  await savePutOut(tx, organisationId, session.id, before.session.putOut, session.putOut, now);
  const lasting = events.filter(({ type }) => !passingEvents.includes(type));
  const audited = await appendAudit(tx, after, lasting, actor.memberId, now);
  const saved: StoredSession = { ...audited, number: before.number + 1 };
  await saveSession(tx, saved, before.session.status === session.status ? null : now);
  await writeChange(
    tx,
    before,
    saved,
    events.map((event) => eventToView(event, actor.memberId)),
    now,
  );
  return saved;
}

/** A numbered change that moves nothing everyone sees: it tells screens that something beside the session is to be read again. */
export async function tellChange(
  tx: Tx,
  stored: StoredSession,
  events: readonly SessionEventView[],
  now: string,
): Promise<StoredSession> {
  const told: StoredSession = { ...stored, number: stored.number + 1 };
  await saveSession(tx, told, null);
  await writeChange(tx, stored, told, events, now);
  return told;
}

/** Writes change `after.number` for the clients. */
export async function writeChange(
  tx: Tx,
  before: StoredSession,
  after: StoredSession,
  events: readonly SessionEventView[],
  now: string,
): Promise<void> {
  await insertChange(tx, after.organisationId, {
    sessionId: after.session.id,
    number: after.number,
    at: now,
    byMemberId: events[0]?.byMemberId ?? null,
    events,
    patch: patchBetween(sessionToShared(before), sessionToShared(after)),
  });
}

function eventToView(event: SessionEvent, byMemberId: string): SessionEventView {
  return {
    type: event.type,
    byMemberId,
    ...('participantId' in event && event.participantId !== null
      ? { participantId: event.participantId }
      : {}),
    ...('questionId' in event && event.questionId !== null ? { questionId: event.questionId } : {}),
  };
}
