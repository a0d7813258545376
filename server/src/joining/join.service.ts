// Coming in by the join link (J1): members at once, people without an account through the lobby. A link is looked at under the
// session's lock, so that one ended a moment ago lets nobody in.

import type { JoinPeek, JoinState, LikeName } from '@attune/contract';
import {
  type Actor,
  admitsGuests,
  type Command,
  guestActor,
  type MemberSubject,
  type Refusal,
  type Scope,
  whyNotTakePart,
} from '@attune/domain';
import type { Caller, SignedIn } from '../caller.ts';
import type { Database } from '../db/client.ts';
import { inSnapshot, transact } from '../db/transact.ts';
import type { Outcome } from '../outcome.ts';
import { actorOf } from '../people/actor.ts';
import { findMember, findOrganisation, listSignedUp, type Member } from '../people/store.ts';
import { logOpening } from '../security/log.ts';
import { type Executed, execute, type Giver } from '../sessions/execute.ts';
import { readAs, readSession } from '../sessions/read.ts';
import { loadSession } from '../sessions/store.ts';
import type { StoredSession } from '../sessions/stored-session.ts';
import { likeNames } from './likeness.ts';
import type { JoiningDeps } from './links.service.ts';
import { placeHashOf } from './place.ts';
import { findLivingLink, insertLimit } from './store.ts';
import { hashOfToken } from './token.ts';

type LetIn = NonNullable<Giver['letIn']>;

export interface JoinDeps extends JoiningDeps {
  /** Signs an account in; the caller limits it. */
  readonly signIn: (userId: string) => Promise<{ signInId: string; cookies: string[] }>;
}

/** A link is looked up by its hash alone: whether it is unknown, expired or ended takes the same way. */
const findJoinLink = (deps: JoinDeps, token: string) =>
  findLivingLink(deps.db, 'join', hashOfToken(token), deps.now());

const isOver = ({ session }: StoredSession) => session.status === 'resolved' || session.status === 'closed';

/** What the link leads to; `null` alike for every link that does not work. Consumes nothing. */
export async function peekJoin(
  deps: JoinDeps,
  token: string,
  who: SignedIn | null,
  caller: Caller,
): Promise<JoinPeek | null> {
  const link = await findJoinLink(deps, token);
  const stored = link && (await readSession(deps.db, link.organisationId, link.sessionId));
  const host = link && (await findOrganisation(deps.db, link.organisationId));
  if (!stored || !host) return null;
  const { session } = stored;
  const isOwn = who?.organisationId === stored.organisationId && isMember(who, session.id);
  const member = isOwn ? await findMember(deps.db, stored.organisationId, who.memberId) : null;
  const told = {
    kind: 'join-link-opened',
    organisationId: stored.organisationId,
    actorId: isOwn ? who.memberId : null,
    sessionId: session.id,
    linkId: link.id,
    caller,
  } as const;
  await transact(deps.db, (unit) => logOpening(deps, unit, told));
  return {
    sessionName: session.settings.name,
    organisation: host.name,
    facilitator: stored.names.get(session.facilitatorId) ?? '',
    status: session.status,
    guests: admitsGuests(session.settings.scope) && host.guestsAllowed && !isOver(stored),
    member: member && {
      name: member.name,
      whyNot: member.guest ? null : whyNotJoin(member, session.settings.scope),
    },
  };
}

function whyNotJoin(member: MemberSubject, scope: Scope): 'role' | 'elsewhere' | null {
  const hindrance = whyNotTakePart(member, scope);
  return hindrance && (hindrance.why === 'elsewhere' ? 'elsewhere' : 'role');
}

/** Whether the sign-in counts here: one's own, or one limited to this very session. */
const isMember = ({ limit }: SignedIn, sessionId: string) => limit === null || limit.sessionId === sessionId;

export type JoinOutcome =
  | { readonly ok: true; readonly state: JoinState; readonly cookies: readonly string[] }
  | { readonly ok: false; readonly slug: 'link-not-valid' | 'name-needed' | 'guests-not-allowed' }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Joins: a signed-in member of the organisation takes a place at once, anyone else asks under the name given.
 *
 * @param who the caller's sign-in, `null` for nobody
 * @param address where they ask from, as far as it is known
 */
export async function join(
  deps: JoinDeps,
  token: string,
  name: string | undefined,
  who: SignedIn | null,
  address: string | undefined,
): Promise<JoinOutcome> {
  const link = await findJoinLink(deps, token);
  if (!link) return { ok: false, slug: 'link-not-valid' };
  const { organisationId, sessionId } = link;
  const letIn: LetIn = async (tx) =>
    (await findLivingLink(tx, 'join', hashOfToken(token), deps.now())) !== null;
  if (who?.organisationId === organisationId && isMember(who, sessionId)) {
    const member = await findMember(deps.db, organisationId, who.memberId);
    if (member?.guest) return stateAs(deps, who.memberId, organisationId, sessionId);
    if (member) return joinAsMember(deps, member, sessionId, letIn);
  }
  if (name === undefined) return { ok: false, slug: 'name-needed' };
  const from = placeHashOf(deps.serverKey, sessionId, address);
  return knock(deps, { type: 'knock', name, from }, organisationId, sessionId, letIn);
}

async function joinAsMember(
  deps: JoinDeps,
  member: Member,
  sessionId: string,
  letIn: LetIn,
): Promise<JoinOutcome> {
  const { id: memberId, organisationId } = member;
  const giver = { actor: actorOf(member, []), sessionId, letIn };
  const outcome = await transact(deps.db, (unit) => execute(unit, deps, giver, { type: 'join', memberId }));
  return outcomeOf(deps, outcome, memberId, organisationId, sessionId);
}

async function knock(
  deps: JoinDeps,
  command: Command<'knock'>,
  organisationId: string,
  sessionId: string,
  letIn: LetIn,
): Promise<JoinOutcome> {
  if (!(await findOrganisation(deps.db, organisationId))?.guestsAllowed)
    return { ok: false, slug: 'guests-not-allowed' };
  const memberId = deps.newId();
  const actor = guestActor(organisationId, memberId, sessionId);
  const giver = { actor, sessionId, letIn };
  const outcome = await transact(deps.db, (unit) => execute(unit, deps, giver, command));
  const joined = await outcomeOf(deps, outcome, memberId, organisationId, sessionId);
  if (!joined.ok) return joined;
  const knocked = outcome.kind === 'done' && outcome.value.events.find((event) => event.type === 'knocked');
  if (!knocked) throw new Error('a guest waits without having knocked');
  const signedIn = await deps.signIn(knocked.userId).catch(async (error: unknown) => {
    // Turned away already, by whoever empties the lobby at this moment.
    if ((await findMember(deps.db, organisationId, memberId)) === null) return null;
    throw error;
  });
  if (!signedIn) return { ok: false, slug: 'link-not-valid' };
  const { signInId, cookies } = signedIn;
  await insertLimit(deps.db, organisationId, { signInId, sessionId });
  return { ...joined, cookies };
}

async function outcomeOf(
  deps: JoinDeps,
  outcome: Outcome<Executed>,
  memberId: string,
  organisationId: string,
  sessionId: string,
): Promise<JoinOutcome> {
  if (outcome.kind === 'done') return stateAs(deps, memberId, organisationId, sessionId);
  if (outcome.kind !== 'refusal') return { ok: false, slug: 'link-not-valid' };
  return { ok: false, refusal: outcome.refusal };
}

async function stateAs(
  deps: JoinDeps,
  memberId: string,
  organisationId: string,
  sessionId: string,
): Promise<JoinOutcome> {
  const state = await readJoinState(deps.db, organisationId, sessionId, memberId);
  return state ? { ok: true, state, cookies: [] } : { ok: false, slug: 'link-not-valid' };
}

/** Where someone stands who came by a link; `null` where there is no such session. */
export async function readJoinState(
  db: Database,
  organisationId: string,
  sessionId: string,
  memberId: string,
): Promise<JoinState | null> {
  // One snapshot: between two reads someone who is let in would be neither in the lobby nor among the participants.
  const found = await inSnapshot(db, async (tx) => ({
    stored: await loadSession(tx, organisationId, sessionId),
    member: await findMember(tx, organisationId, memberId),
  }));
  const { stored, member } = found;
  if (!stored || !member) return null;
  const { session } = stored;
  const isOut = session.putOut.includes(memberId);
  const own = session.participants.find((participant) => participant.memberId === memberId && !isOut);
  const isWaiting = session.lobby.some((entry) => entry.memberId === memberId);
  const watches = session.observers.includes(memberId) || session.facilitatorId === memberId;
  const placeOf = () => {
    if (own) return own.state === 'excused' && !watches ? 'excused' : 'participant';
    return watches ? 'observer' : isWaiting ? 'waiting' : 'turned-away';
  };
  return {
    sessionId,
    sessionName: session.settings.name,
    memberId,
    name: member.name,
    status: session.status,
    place: placeOf(),
    participantId: own?.id ?? null,
  };
}

/** Who waits, each with the names theirs is like: of members of the organisation, of who is here, of other guests who wait. */
export async function readLobby(
  deps: Pick<JoiningDeps, 'db'>,
  actor: Actor,
  sessionId: string,
): Promise<{ id: string; like: LikeName[] }[] | null> {
  const stored = await readAs(deps.db, actor, sessionId, 'session.facilitate');
  if (!stored) return null;
  const { session, names, guests } = stored;
  const nameOf = (memberId: string) => names.get(memberId) ?? '';
  const members = (await listSignedUp(deps.db, actor.organisationId)).filter(({ active }) => active);
  const inside = new Set([
    session.facilitatorId,
    ...session.observers,
    ...session.participants.map(({ memberId }) => memberId),
  ]);
  return session.lobby.map((entry) => {
    const others: LikeName[] = [
      ...[...inside].map((id) => ({
        name: nameOf(id),
        is: guests.has(id) ? ('guest' as const) : ('here' as const),
      })),
      ...members.filter(({ id }) => !inside.has(id)).map(({ name }) => ({ name, is: 'member' as const })),
      ...session.lobby
        .filter(({ id }) => id !== entry.id)
        .map(({ memberId }) => ({ name: nameOf(memberId), is: 'guest' as const })),
    ];
    return { id: entry.id, like: likeNames(nameOf(entry.memberId), others) };
  });
}
