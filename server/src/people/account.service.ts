// One's own account: its password, and the browsers that are signed in to it. Only a sign-in of the person's own gets here.

import { type Actor, mayDo } from '@attune/domain';
import type { Bus } from '../bus/bus.ts';
import type { Caller, SignedIn } from '../caller.ts';
import type { Database } from '../db/client.ts';
import { transact, type Unit } from '../db/transact.ts';
import { badInput, conflict, denied, done, type Outcome } from '../outcome.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import {
  deleteOtherSignIns,
  deleteSignIn,
  findAccount,
  findPassword,
  listSignIns,
  replacePassword,
  revokeResetLinks,
} from './account.store.ts';
import type { Auth } from './auth.ts';
import { faultOfPassword } from './password.ts';
import { faulty } from './password-problem.ts';
import { deleteSignIns } from './store.ts';

export interface AccountDeps extends SecurityDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly auth: Pick<Auth, 'hashPassword' | 'verifyPassword'>;
}

/** Whose account, by which sign-in, from where. */
export interface AccountOwner {
  readonly actor: Actor;
  readonly signedIn: SignedIn;
  readonly caller: Caller;
}

const mayManage = ({ actor }: AccountOwner) => mayDo(actor, 'account.manage');

/** Whether there is a password, and every browser signed in now. */
export async function readAccount(db: Database, owner: AccountOwner) {
  if (!mayManage(owner)) return denied('not-allowed');
  const { userId } = owner.signedIn;
  const hasPassword = (await findPassword(db, userId)) !== null;
  return done({ hasPassword, signIns: await listSignIns(db, userId) });
}

const wrongPresent = badInput('/present', 'password-wrong');

/** Whether the present password was wrong: whoever found a browser signed in could try them all. `null` where none was tried. */
export function knewPassword(outcome: Outcome<null>): boolean | null {
  if (outcome.kind === 'done' || outcome.kind === 'bad-input') return outcome !== wrongPresent;
  return null;
}

/** Sets a new password for whoever knows the present one; ends every other sign-in unless they are to stay. */
export async function changePassword(
  deps: AccountDeps,
  owner: AccountOwner,
  change: { present: string; password: string; keepOthers: boolean },
): Promise<Outcome<null>> {
  const { actor, signedIn, caller } = owner;
  const { userId, signInId } = signedIn;
  if (!mayManage(owner)) return denied('not-allowed');
  const before = await findPassword(deps.db, userId);
  const found = await findAccount(deps.db, { userId });
  if (before === null || !found) return conflict('no-password');
  if (!(await deps.auth.verifyPassword(before, change.present))) return wrongPresent;
  const fault = await faultOfPassword(change.password, found);
  if (fault) return faulty(fault);
  const password = await deps.auth.hashPassword(change.password);
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    if (!(await replacePassword(tx, userId, password, before))) return wrongPresent;
    await revokeResetLinks(tx, userId, deps.now());
    const ended = change.keepOthers ? [] : await deleteOtherSignIns(tx, userId, signInId);
    await logSecurity(deps, unit, {
      kind: 'password-changed',
      organisationId: actor.organisationId,
      actorId: actor.memberId,
      signInId,
      caller,
      detail: { signInsEnded: ended.length },
    });
    publishEnded(deps, unit, ended);
    return done(null);
  });
}

/** Ends one of one's own sign-ins, this one, too. */
export async function endSignIn(
  deps: AccountDeps,
  owner: AccountOwner,
  signInId: string,
): Promise<Outcome<null>> {
  if (!mayManage(owner)) return denied('not-allowed');
  return transact(deps.db, async (unit) => {
    if (!(await deleteSignIn(unit.tx, owner.signedIn.userId, signInId))) return denied('not-found');
    await tellEnded(deps, unit, owner, { signInId });
    publishEnded(deps, unit, [signInId]);
    return done(null);
  });
}

/** Ends all of one's own sign-ins: the others, or every one. */
export async function endSignIns(
  deps: AccountDeps,
  owner: AccountOwner,
  keep: 'this' | 'none',
): Promise<Outcome<null>> {
  if (!mayManage(owner)) return denied('not-allowed');
  const { userId, signInId } = owner.signedIn;
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const ended =
      keep === 'this' ? await deleteOtherSignIns(tx, userId, signInId) : await deleteSignIns(tx, userId);
    if (ended.length > 0) await tellEnded(deps, unit, owner, { detail: { signInsEnded: ended.length } });
    publishEnded(deps, unit, ended);
    return done(null);
  });
}

const tellEnded = (
  deps: AccountDeps,
  unit: Unit,
  { actor, caller }: AccountOwner,
  what: { signInId: string } | { detail: { signInsEnded: number } },
) =>
  logSecurity(deps, unit, {
    kind: 'sign-in-ended',
    organisationId: actor.organisationId,
    actorId: actor.memberId,
    memberId: actor.memberId,
    caller,
    ...what,
  });

/** After the commit, the sockets of these sign-ins close. */
export function publishEnded(
  { bus }: Pick<AccountDeps, 'bus'>,
  { whenCommitted }: Unit,
  signInIds: readonly string[],
): void {
  whenCommitted(() => {
    for (const signInId of signInIds) bus.publish({ type: 'sign-in-ended', signInId });
  });
}
