// The links of a session: made, shown again, ended by the facilitator. A screen that came by a link ends with it.

import type { SessionLinks, SessionLinkView } from '@attune/contract';
import { type Actor, admitsGuests, maySession } from '@attune/domain';
import type { Caller } from '../caller.ts';
import { toIso } from '../db/instant.ts';
import type { Unit } from '../db/transact.ts';
import { denied, done, mapDone, type Outcome } from '../outcome.ts';
import { findOrganisation } from '../people/store.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import { type CommandDeps, execute } from '../sessions/execute.ts';
import { readAs } from '../sessions/read.ts';
import { lockSession } from '../sessions/store.ts';
import type { StoredSession } from '../sessions/stored-session.ts';
import { sessionToSubject } from '../sessions/views.ts';
import {
  findLinkOf,
  insertSessionLink,
  type LinkKind,
  type LinkOf,
  type LinkRow,
  revokeLinks,
} from './store.ts';
import { hashOfToken, tokenOf } from './token.ts';

export interface JoiningDeps extends CommandDeps, SecurityDeps {
  readonly publicUrl: string;
}

const pages: Record<LinkKind, string> = { join: 'join', display: 'display' };
const dayMs = 24 * 60 * 60 * 1000;
const later = (now: string, days: number) => new Date(new Date(now).getTime() + days * dayMs).toISOString();

/** The whole address of a link. */
export const urlOf = (
  { publicUrl, serverKey }: Pick<JoiningDeps, 'publicUrl' | 'serverKey'>,
  link: LinkRow,
) => `${publicUrl}/${pages[link.kind]}#${tokenOf(serverKey, link.id)}`;

const linkToView = (deps: JoiningDeps, link: LinkRow | null): SessionLinkView | null =>
  link && {
    url: urlOf(deps, link),
    createdAt: toIso(link.createdAt),
    expiresAt: toIso(link.expiresAt),
  };

/** The join and display links as they stand; `null` for whoever does not facilitate. */
export async function readLinks(
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
): Promise<SessionLinks | null> {
  const stored = await readAs(deps.db, actor, sessionId, 'session.facilitate');
  return stored && linksOf(deps, deps.db, stored);
}

async function linksOf(
  deps: JoiningDeps,
  db: Parameters<typeof findLinkOf>[0],
  { organisationId, session }: StoredSession,
): Promise<SessionLinks> {
  const now = deps.now();
  const find = (kind: 'join' | 'display') =>
    findLinkOf(db, organisationId, { sessionId: session.id, kind }, now);
  const [join, display, host] = [
    await find('join'),
    await find('display'),
    await findOrganisation(db, organisationId),
  ];
  return {
    join: linkToView(deps, join),
    display: linkToView(deps, display),
    guests: admitsGuests(session.settings.scope) && (host?.guestsAllowed ?? false),
  };
}

/** Makes a link, ending the one before it. */
export function makeLink(
  unit: Unit,
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
  kind: 'join' | 'display',
  days: number,
  caller: Caller,
): Promise<Outcome<SessionLinks>> {
  return changeLink(unit, deps, actor, sessionId, kind, (of) =>
    replaceLink(unit, deps, actor, of, { days, caller }),
  );
}

/** Ends a link for good. */
export function endLink(
  unit: Unit,
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
  kind: 'join' | 'display',
  caller: Caller,
): Promise<Outcome<SessionLinks>> {
  return changeLink(unit, deps, actor, sessionId, kind, (of) => revokeAndTell(unit, deps, actor, of, caller));
}

/** Makes or ends a link. A new join link, or the end of one, empties the lobby: strangers who had the old link would fill it for good. */
async function changeLink(
  unit: Unit,
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
  kind: 'join' | 'display',
  change: (of: LinkOf) => Promise<readonly string[]>,
): Promise<Outcome<SessionLinks>> {
  const held = kind === 'display' ? holdAsFacilitator : emptyLobby;
  const outcome = await held(unit, deps, actor, sessionId);
  if (outcome.kind !== 'done') return outcome;
  const ended = await change({ sessionId, kind });
  // A display's socket goes by its link's id.
  unit.whenCommitted(() => {
    for (const signInId of ended) deps.bus.publish({ type: 'sign-in-ended', signInId });
  });
  return done(await linksOf(deps, unit.tx, outcome.value));
}

async function emptyLobby(
  unit: Unit,
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
): Promise<Outcome<StoredSession>> {
  const outcome = await execute(unit, deps, { actor, sessionId }, { type: 'empty-lobby' });
  return mapDone(outcome, ({ stored }) => stored);
}

/** The session under its lock, for its facilitator alone. */
async function holdAsFacilitator(
  { tx }: Unit,
  _deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
): Promise<Outcome<StoredSession>> {
  const stored = await lockSession(tx, actor.organisationId, sessionId);
  const subject = stored && sessionToSubject(stored);
  if (!subject || !maySession(actor, 'session.read', subject)) return denied('not-found');
  return maySession(actor, 'session.facilitate', subject) ? done(stored) : denied('not-allowed');
}

/** Tells that a link of a session was made, or ended. */
function tellLink(
  deps: JoiningDeps,
  unit: Unit,
  { organisationId, memberId: actorId }: Actor,
  what: { of: LinkOf; kind: 'made' | 'ended'; linkId: string; caller: Caller },
): Promise<void> {
  const { of, linkId, caller } = what;
  const kind =
    of.kind === 'display' ? (`display-link-${what.kind}` as const) : (`join-link-${what.kind}` as const);
  return logSecurity(deps, unit, {
    kind,
    organisationId,
    actorId,
    sessionId: of.sessionId,
    linkId,
    caller,
  });
}

async function revokeAndTell(
  unit: Unit,
  deps: JoiningDeps,
  actor: Actor,
  of: LinkOf,
  caller: Caller,
): Promise<string[]> {
  const ended = await revokeLinks(unit.tx, actor.organisationId, of, deps.now());
  for (const linkId of ended) await tellLink(deps, unit, actor, { of, kind: 'ended', linkId, caller });
  return ended;
}

async function replaceLink(
  unit: Unit,
  deps: JoiningDeps,
  actor: Actor,
  of: LinkOf,
  { days, caller }: { days: number; caller: Caller },
): Promise<string[]> {
  const now = deps.now();
  const ended = await revokeAndTell(unit, deps, actor, of, caller);
  const id = deps.newId();
  await insertSessionLink(unit.tx, actor.organisationId, {
    ...of,
    id,
    tokenHash: hashOfToken(tokenOf(deps.serverKey, id)),
    createdBy: actor.memberId,
    createdAt: now,
    expiresAt: later(now, days),
  });
  await tellLink(deps, unit, actor, { of, kind: 'made', linkId: id, caller });
  return ended;
}
