// A new password by a one-time link, for whoever forgot theirs: made by an administrator, or by the operator at the terminal. Whoever
// makes one could open it, too; so using it ends every sign-in of the account and is told on it for good (`passwordResetAt`, `By`),
// and a sheet begun before stays shut to whoever comes in by it (J2).

import { type Actor, mayDo } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Tx } from '../db/client.ts';
import { transact, type Unit } from '../db/transact.ts';
import { conflict, denied, done, type Outcome } from '../outcome.ts';
import { logOpening, logSecurity } from '../security/log.ts';
import { type AccountDeps, publishEnded } from './account.service.ts';
import { findAccount, findPassword, markReset, replacePassword, revokeResetLinks } from './account.store.ts';
import { hashOf, isOfAnAdministrator, later, newToken } from './one-time-link.ts';
import { faultOfPassword } from './password.ts';
import { faulty } from './password-problem.ts';
import { consumeLink, deleteSignIns, insertLink, lockLink } from './store.ts';

export interface ResetDeps extends AccountDeps {
  readonly publicUrl: string;
}

/** What making a link takes. */
type LinkDeps = Pick<ResetDeps, 'db' | 'log' | 'now' | 'newId' | 'publicUrl'>;

const resetDays = 1;

export interface ResetLink {
  readonly link: string;
  readonly expiresAt: string;
}

type Account = NonNullable<Awaited<ReturnType<typeof findAccount>>>;

/** A reset link for a member, shown this once; the one before it ends. */
export async function makeResetLink(
  deps: ResetDeps,
  unit: Unit,
  actor: Actor,
  memberId: string,
  caller: Caller,
): Promise<Outcome<ResetLink>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const found = await findAccount(unit.tx, { memberId });
  if (found?.organisationId !== actor.organisationId) return denied('not-found');
  return make(deps, unit, found, { createdBy: actor.memberId, caller });
}

/** The same at the terminal, for an administrator who has none left to ask. */
export function makeOperatorResetLink(deps: LinkDeps, email: string): Promise<Outcome<ResetLink>> {
  return transact(deps.db, async (unit) => {
    const found = await findAccount(unit.tx, { email });
    return found ? make(deps, unit, found, { createdBy: null, caller: null }) : denied('not-found');
  });
}

async function make(
  deps: LinkDeps,
  unit: Unit,
  { userId, memberId, organisationId, active }: Account,
  { createdBy, caller }: { createdBy: string | null; caller: Caller | null },
): Promise<Outcome<ResetLink>> {
  const { tx } = unit;
  if (!active) return conflict('member-not-active');
  if ((await findPassword(tx, userId)) === null) return conflict('no-password');
  const [token, now, id] = [newToken(), deps.now(), deps.newId()];
  const expiresAt = later(now, resetDays);
  await revokeResetLinks(tx, userId, now);
  await insertLink(tx, {
    id,
    kind: 'password-reset',
    tokenHash: hashOf(token),
    organisationId,
    userId,
    createdBy,
    expiresAt,
  });
  const told = { kind: 'reset-link-made', organisationId, actorId: createdBy, memberId, linkId: id } as const;
  await logSecurity(deps, unit, { ...told, caller, detail: createdBy === null ? { by: 'operator' } : {} });
  return done({ link: `${deps.publicUrl}/new-password#${token}`, expiresAt });
}

/** The link with the account it is for, its row locked; `null` alike for every one that does not work. */
async function open(tx: Tx, token: string, now: string) {
  const found = await lockLink(tx, 'password-reset', hashOf(token), now);
  const of = found?.userId ? await findAccount(tx, { userId: found.userId }) : null;
  if (!found || !of?.active) return null;
  const isGood = await isOfAnAdministrator(tx, of.organisationId, found.createdBy);
  return isGood ? { link: found, of } : null;
}

/** Whose password a link sets. Consumes nothing. */
export function peekReset(
  deps: ResetDeps,
  token: string,
  caller: Caller,
): Promise<Outcome<{ email: string; organisation: string }>> {
  return transact(deps.db, async (unit) => {
    const opened = await open(unit.tx, token, deps.now());
    if (!opened) return denied('link-not-valid');
    const { organisationId, memberId, email, organisation } = opened.of;
    const told = { kind: 'reset-link-opened', organisationId, actorId: null, memberId } as const;
    await logOpening(deps, unit, { ...told, linkId: opened.link.id, caller });
    return done({ email, organisation });
  });
}

/**
 * Sets the password and ends every sign-in of the account. The caller signs in whoever came, once this has happened.
 * @returns whose account it is
 */
export async function useResetLink(
  deps: ResetDeps,
  body: { token: string; password: string },
  caller: Caller,
): Promise<Outcome<{ userId: string }>> {
  // Hashed before the link is looked at, so that one that does not work takes as long to refuse.
  const now = deps.now();
  const password = await deps.auth.hashPassword(body.password);
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const opened = await open(tx, body.token, now);
    if (!opened) return denied('link-not-valid');
    const { link, of } = opened;
    const fault = await faultOfPassword(body.password, of);
    if (fault) return faulty(fault);
    await consumeLink(tx, link.id, now);
    await revokeResetLinks(tx, of.userId, now);
    if (!(await replacePassword(tx, of.userId, password))) return denied('link-not-valid');
    const ended = await deleteSignIns(tx, of.userId);
    // The instant is taken when the old sign-ins are gone, so that each of them counts as made before it.
    await markReset(tx, of, deps.now(), link.createdBy);
    await logSecurity(deps, unit, {
      kind: 'reset-link-used',
      organisationId: of.organisationId,
      actorId: null,
      memberId: of.memberId,
      linkId: link.id,
      caller,
      detail: { signInsEnded: ended.length },
    });
    publishEnded(deps, unit, ended);
    return done({ userId: of.userId });
  });
}
