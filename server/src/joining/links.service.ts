// The links of a session: made, shown again, ended by the facilitator. A screen that came by a link ends with it.

import type { SessionLinks, SessionLinkView } from '@attune/contract';
import { type Actor, admitsGuests, maySession } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { unitOf } from '../db/unit.ts';
import { findOrganisation } from '../people/store.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import { type CommandDeps, executeIn } from '../sessions/execute.ts';
import { readAs } from '../sessions/read.ts';
import { lockSession } from '../sessions/store.ts';
import { type StoredSession, sessionToSubject } from '../sessions/stored-session.ts';
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

export type LinkOutcome<T> = T | 'not-found' | 'not-allowed';

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
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
  kind: 'join' | 'display',
  days: number,
  caller: Caller,
): Promise<LinkOutcome<SessionLinks>> {
  return changeLink(deps, actor, sessionId, kind, (tx, of) =>
    replaceLink(tx, deps, actor, of, { days, caller }),
  );
}

/** Ends a link for good. */
export function endLink(
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
  kind: 'join' | 'display',
  caller: Caller,
): Promise<LinkOutcome<SessionLinks>> {
  return changeLink(deps, actor, sessionId, kind, (tx, of) => revokeAndTell(tx, deps, actor, of, caller));
}

/** Makes or ends a link. A new join link, or the end of one, empties the lobby: strangers who had the old link would fill it for good. */
async function changeLink(
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
  kind: 'join' | 'display',
  change: (tx: Tx, of: LinkOf) => Promise<readonly string[]>,
): Promise<LinkOutcome<SessionLinks>> {
  const of: LinkOf = { sessionId, kind };
  if (kind === 'display')
    return asFacilitator(deps, actor, sessionId, async (tx, stored) => {
      const ended = await change(tx, of);
      return { reply: await linksOf(deps, tx, stored), ended };
    });
  const { outcome, tellAll, ended } = await deps.db.transaction(async (tx) => {
    const executed = await executeIn(tx, deps, { actor, sessionId }, { type: 'empty-lobby' });
    return { ...executed, ended: executed.outcome.ok ? await change(tx, of) : [] };
  });
  if (!outcome.ok) {
    if ('denied' in outcome) return outcome.denied;
    throw new Error('a lobby could not be emptied');
  }
  tellAll();
  tellEnded(deps, ended);
  return linksOf(deps, deps.db, outcome.stored);
}

/** Tells that a link of a session was made, or ended. */
function tellLink(
  deps: JoiningDeps,
  tx: Tx,
  { organisationId, memberId: actorId }: Actor,
  what: { of: LinkOf; kind: 'made' | 'ended'; linkId: string; caller: Caller },
): Promise<void> {
  const { of, linkId, caller } = what;
  const kind =
    of.kind === 'display' ? (`display-link-${what.kind}` as const) : (`join-link-${what.kind}` as const);
  return logSecurity(deps, unitOf(tx), {
    kind,
    organisationId,
    actorId,
    sessionId: of.sessionId,
    linkId,
    caller,
  });
}

async function revokeAndTell(
  tx: Tx,
  deps: JoiningDeps,
  actor: Actor,
  of: LinkOf,
  caller: Caller,
): Promise<string[]> {
  const ended = await revokeLinks(tx, actor.organisationId, of, deps.now());
  for (const linkId of ended) await tellLink(deps, tx, actor, { of, kind: 'ended', linkId, caller });
  return ended;
}

async function replaceLink(
  tx: Tx,
  deps: JoiningDeps,
  actor: Actor,
  of: LinkOf,
  { days, caller }: { days: number; caller: Caller },
): Promise<string[]> {
  const now = deps.now();
  const ended = await revokeAndTell(tx, deps, actor, of, caller);
  const id = deps.newId();
  await insertSessionLink(tx, actor.organisationId, {
    ...of,
    id,
    tokenHash: hashOfToken(tokenOf(deps.serverKey, id)),
    createdBy: actor.memberId,
    createdAt: now,
    expiresAt: later(now, days),
  });
  await tellLink(deps, tx, actor, { of, kind: 'made', linkId: id, caller });
  return ended;
}

/** Runs under the session's lock, as the facilitator alone; what ended is told after the commit. */
async function asFacilitator<T>(
  deps: JoiningDeps,
  actor: Actor,
  sessionId: string,
  work: (tx: Tx, stored: StoredSession) => Promise<{ reply: T; ended: readonly string[] }>,
): Promise<LinkOutcome<T>> {
  const outcome = await deps.db.transaction(async (tx) => {
    const stored = await lockSession(tx, actor.organisationId, sessionId);
    const subject = stored && sessionToSubject(stored);
    if (!subject || !maySession(actor, 'session.read', subject)) return 'not-found' as const;
    if (!maySession(actor, 'session.facilitate', subject)) return 'not-allowed' as const;
    return work(tx, stored);
  });
  if (typeof outcome === 'string') return outcome;
  tellEnded(deps, outcome.ended);
  return outcome.reply;
}

/** A display's socket goes by its link's id. */
function tellEnded({ bus }: JoiningDeps, linkIds: readonly string[]): void {
  for (const signInId of linkIds) bus.publish({ type: 'sign-in-ended', signInId });
}
