// A person's place (J2): which sign-ins opened it, kept in the session's log; what its owner says of the others; and an empty sheet
// for someone it is shut to. The facilitator, an administrator and every other colleague have no part in any of it.

import type { PlaceAnswerBody, PlaceView } from '@attune/contract';
import { type Actor, entriesToAskAbout, maySession, type Participant } from '@attune/domain';
import type { SignedIn } from '../caller.ts';
import type { Database, Tx } from '../db/client.ts';
import { inSnapshot, transact, type Unit } from '../db/transact.ts';
import { denied, done, type Outcome } from '../outcome.ts';
import { findMember } from '../people/store.ts';
import { logSecurity } from '../security/log.ts';
import { saveAuditHead } from './audit.store.ts';
import { type AuditEvent, appendAudit } from './audit.ts';
import { announce, tellChange } from './changes.ts';
import { type CommandDeps, type Executed, execute } from './execute.ts';
import {
  endSignIns,
  hasEntered,
  hasPlace,
  insertAnswer,
  insertEntry,
  isSignedIn,
  listAnswers,
  listEntries,
  type PlaceOf,
  type StoredAnswer,
  type StoredEntry,
} from './place.store.ts';
import { readAs } from './read.ts';
import { lockSession } from './store.ts';
import type { StoredSession } from './stored-session.ts';
import { sessionToSubject } from './views.ts';

type Reader = Database | Tx;

const placeOf = ({ organisationId, memberId }: SignedIn, sessionId: string): PlaceOf => ({
  organisationId,
  sessionId,
  memberId,
});

const ownIn = ({ session }: StoredSession, memberId: string): Participant | undefined =>
  session.participants.find((participant) => participant.memberId === memberId);

/**
 * Keeps that this sign-in opens the person's own place, before anything of it is read or written: once a sign-in, in the permanent
 * log, and told to the place's other browsers where it came with one they do not know. Does nothing for whoever has no place, or
 * finds it shut.
 *
 * @returns whether the entry stands: then there is no need to ask again for this sign-in
 */
export async function enterPlace(
  deps: CommandDeps,
  actor: Actor,
  who: SignedIn,
  sessionId: string,
): Promise<boolean> {
  const of = placeOf(who, sessionId);
  if (await hasEntered(deps.db, of, who.signInId)) return true;
  // Asked without the session's lock, which every word of its notes would wait for: most who come have no place.
  if (!(await hasPlace(deps.db, of))) return false;
  const now = deps.now();
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const stored = await lockSession(tx, of.organisationId, sessionId);
    const own = stored && ownIn(stored, of.memberId);
    // Not in a place that is shut, excused or ended: nothing of it will be opened.
    if (!stored || !own || !maySession(actor, 'sheet.submit', sessionToSubject(stored))) return false;
    if (await hasEntered(tx, of, who.signInId)) return true;
    const { browser, device, signInId } = who;
    const before = await listEntries(tx, of);
    await insertEntry(tx, of, { id: deps.newId(), signInId, browser, device, enteredAt: now });
    const isFurther = before.length > 0 && !before.some((entry) => entry.browser === browser);
    const event = {
      type: 'place-entered',
      participantId: own.id,
      device,
      further: isFurther,
      ...(await resetSince(tx, who, stored.instants.createdAt)),
    } as const;
    if (isFurther)
      await logSecurity(deps, unit, {
        kind: 'place-opened',
        organisationId: of.organisationId,
        actorId: of.memberId,
        sessionId,
        signInId,
        caller: { address: null, device },
      });
    const told = await keep(tx, stored, own, event, { by: of.memberId, now, isTold: isFurther });
    if (told) unit.whenCommitted(() => announce(deps.bus, told));
    return true;
  });
}

/**
 * Somebody else's reset of the account that this sign-in came after, where it fell into the session's time: whoever made it may be who
 * comes in, and the record says so. One from before the session is its person's everyday password.
 */
async function resetSince(tx: Tx, who: SignedIn, createdAt: string): Promise<{ reset?: AccountResetBy }> {
  const found = await findMember(tx, who.organisationId, who.memberId);
  const reset = found?.reset;
  if (!reset || reset.at < createdAt || reset.at > who.signedInAt) return {};
  return { reset: { at: reset.at, by: reset.byName } };
}

interface AccountResetBy {
  readonly at: string;
  readonly by: string;
}

/** An entry of the log, and where it concerns the place's other browsers, a change that has them look. */
async function keep(
  tx: Tx,
  stored: StoredSession,
  own: Participant,
  event: Extract<AuditEvent, { type: 'place-entered' | 'place-disowned' }>,
  { by, now, isTold }: { readonly by: string; readonly now: string; readonly isTold: boolean },
): Promise<StoredSession | null> {
  // Nothing after closing enters the chain (C12).
  const logged =
    stored.session.status === 'closed' ? stored : await appendAudit(tx, stored, [event], by, now);
  await saveAuditHead(tx, logged);
  if (!isTold) return null;
  return tellChange(tx, logged, [{ type: event.type, byMemberId: by, participantId: own.id }], now);
}

/** Whether this sign-in has spent its one start afresh in this session. */
const hasStartedAfresh = (answers: readonly StoredAnswer[], signInId: string) =>
  answers.some(({ bySignInId, afresh }) => bySignInId === signInId && afresh);

/** The caller's own place; `null` where they have none. Asked about others is only who has opened it themselves. */
export async function readPlace(
  deps: CommandDeps,
  actor: Actor,
  who: SignedIn,
  sessionId: string,
): Promise<PlaceView | null> {
  const stored = await readAs(deps.db, actor, sessionId, 'session.read');
  const own = stored && ownIn(stored, actor.memberId);
  if (!stored || !own) return null;
  const of = placeOf(who, sessionId);
  const { entries, answers } = await inSnapshot(deps.db, async (tx) => ({
    entries: await entriesFor(tx, who, of),
    answers: await listAnswers(tx, of),
  }));
  const asks = isAsked(actor, who, own, entries) ? entriesToAskAbout(who.browser, entries, answers) : [];
  return {
    asks: asks.map(({ id, device, enteredAt }) => ({ id, device, enteredAt })),
    shut: actor.shutPlaces.includes(own.id) ? await readReset(deps, actor) : null,
    mayStartAfresh: !hasStartedAfresh(answers, who.signInId),
  };
}

/** What this sign-in may speak of: after a reset by someone else, nothing from before it, whose sign-ins that has ended. */
async function entriesFor(db: Reader, who: SignedIn, of: PlaceOf): Promise<StoredEntry[]> {
  const entries = await listEntries(db, of);
  const reset = (await findMember(db, who.organisationId, who.memberId))?.reset;
  if (!reset || who.signedInAt < reset.at) return entries;
  return entries.filter(({ enteredAt }) => enteredAt >= reset.at);
}

/** Guests are not asked: their further devices were let in by the first. Nor is a sign-in that the place is shut to. */
const isAsked = (actor: Actor, who: SignedIn, own: Participant, entries: readonly StoredEntry[]): boolean =>
  actor.limit === null &&
  !actor.shutPlaces.includes(own.id) &&
  entries.some(({ signInId }) => signInId === who.signInId);

async function readReset(deps: CommandDeps, actor: Actor): Promise<{ resetAt: string; by: string }> {
  const member = await findMember(deps.db, actor.organisationId, actor.memberId);
  return { resetAt: member?.reset?.at ?? '', by: member?.reset?.byName ?? '' };
}

/** What the owner says of another browser that opened their place: all of what that brings, or nothing. */
export async function answerPlace(
  unit: Unit,
  deps: CommandDeps,
  actor: Actor,
  who: SignedIn,
  sessionId: string,
  said: { readonly entryId: string } & PlaceAnswerBody,
): Promise<Outcome<null>> {
  const { tx, whenCommitted } = unit;
  const of = placeOf(who, sessionId);
  /** The session under its lock, with what is asked about; `null` where nothing is, or not of this browser. */
  const look = async () => {
    const stored = await lockSession(tx, of.organisationId, sessionId);
    const own = stored && ownIn(stored, of.memberId);
    const entries = await entriesFor(tx, who, of);
    const answers = await listAnswers(tx, of);
    const asked = entriesToAskAbout(who.browser, entries, answers).find(({ id }) => id === said.entryId);
    const mayRead = stored && maySession(actor, 'session.read', sessionToSubject(stored));
    if (!stored || !own || !mayRead || !asked || !isAsked(actor, who, own, entries)) return null;
    // Disowned itself while this waited for the lock: then it has no word here any more.
    if (!(await isSignedIn(tx, who.signInId))) return null;
    return { stored, own, entries, answers, asked };
  };
  const before = await look();
  if (!before) return denied('not-found');
  // After the reveal only the record is marked.
  const hasSheet = before.stored.session.status === 'scoring' && before.own.state !== 'excused';
  const isAfresh = said.answer === 'not-me' && said.afresh && hasSheet;
  if (isAfresh) {
    if (hasStartedAfresh(before.answers, who.signInId))
      return denied('not-allowed', 'This sign-in has started afresh once already.');
    // First: what the record says of it must have happened.
    const { memberId } = actor;
    const restarted = await execute(unit, deps, { actor, sessionId }, { type: 'start-afresh', memberId });
    if (restarted.kind !== 'done') return restarted;
  }
  const found = isAfresh ? await look() : before;
  if (!found) return denied('not-found');
  const { stored, own, entries, asked } = found;
  const now = deps.now();
  await insertAnswer(tx, of, {
    id: deps.newId(),
    bySignInId: who.signInId,
    by: who.browser,
    about: asked.browser,
    answer: said.answer,
    afresh: isAfresh,
    answeredAt: now,
  });
  if (said.answer === 'me') return done(null);
  const theirs = entries.filter(({ browser }) => browser === asked.browser).map((entry) => entry.signInId);
  await logSecurity(deps, unit, {
    kind: 'sign-in-ended',
    organisationId: of.organisationId,
    actorId: of.memberId,
    memberId: of.memberId,
    sessionId,
    caller: { address: null, device: who.device },
    detail: { signInsEnded: theirs.length },
  });
  const event = {
    type: 'place-disowned',
    participantId: own.id,
    device: asked.device,
    enteredAt: asked.enteredAt,
    afresh: isAfresh,
  } as const;
  const ended = await endSignIns(tx, who.userId, theirs);
  const told = await keep(tx, stored, own, event, { by: of.memberId, now, isTold: true });
  whenCommitted(() => {
    for (const signInId of ended) deps.bus.publish({ type: 'sign-in-ended', signInId });
    if (told) announce(deps.bus, told);
  });
  return done(null);
}

/** An empty sheet for someone whose place is shut to them after a reset; the old one is discarded unread, and the log says so. */
export async function restartPlace(
  unit: Unit,
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
): Promise<Outcome<Executed>> {
  const { organisationId, memberId } = actor;
  const outcome = await execute(unit, deps, { actor, sessionId }, { type: 'restart-place', memberId });
  // What is open of this person elsewhere reads its rights again.
  if (outcome.kind === 'done')
    unit.whenCommitted(() => deps.bus.publish({ type: 'member-changed', organisationId, memberId }));
  return outcome;
}
