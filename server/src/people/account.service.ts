// One's own account: its password, and the browsers that are signed in to it. Only a sign-in of the person's own gets here.

import { type Actor, mayDo } from '@attune/domain';
import type { Bus } from '../bus/bus.ts';
import type { Caller, SignedIn } from '../caller.ts';
import type { Database, Tx } from '../db/client.ts';
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
import { faultOfPassword, type PasswordFault } from './password.ts';
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

/** Whether there is a password, and every browser signed in now; `null` for whoever came by a session's link. */
export async function readAccount(db: Database, owner: AccountOwner) {
  if (!mayManage(owner)) return null;
  const { userId } = owner.signedIn;
  const hasPassword = (await findPassword(db, userId)) !== null;
  return { hasPassword, signIns: await listSignIns(db, userId) };
}

export type PasswordOutcome = 'ok' | 'not-allowed' | 'no-password' | 'wrong-present' | PasswordFault;

/** Sets a new password for whoever knows the present one; ends every other sign-in unless they are to stay. */
export async function changePassword(
  deps: AccountDeps,
  owner: AccountOwner,
  change: { present: string; password: string; keepOthers: boolean },
): Promise<PasswordOutcome> {
  const { actor, signedIn, caller } = owner;
  const { userId, signInId } = signedIn;
  if (!mayManage(owner)) return 'not-allowed';
  const before = await findPassword(deps.db, userId);
  const found = await findAccount(deps.db, { userId });
  if (before === null || !found) return 'no-password';
  if (!(await deps.auth.verifyPassword(before, change.present))) return 'wrong-present';
  const fault = await faultOfPassword(change.password, found);
  if (fault) return fault;
  const password = await deps.auth.hashPassword(change.password);
  const ended = await deps.db.transaction(async (tx) => {
    if (!(await replacePassword(tx, userId, password, before))) return null;
    await revokeResetLinks(tx, userId, deps.now());
    const gone = change.keepOthers ? [] : await deleteOtherSignIns(tx, userId, signInId);
    await logSecurity(deps, tx, {
      kind: 'password-changed',
      organisationId: actor.organisationId,
      actorId: actor.memberId,
      signInId,
      caller,
      detail: { signInsEnded: gone.length },
    });
    return gone;
  });
  if (ended === null) return 'wrong-present';
  for (const id of ended) deps.bus.publish({ type: 'sign-in-ended', signInId: id });
  return 'ok';
}

/** Ends one of one's own sign-ins, this one, too. */
export async function endSignIn(
  deps: AccountDeps,
  owner: AccountOwner,
  signInId: string,
): Promise<'ok' | 'not-allowed' | 'not-found'> {
  if (!mayManage(owner)) return 'not-allowed';
  const isEnded = await deps.db.transaction(async (tx) => {
    if (!(await deleteSignIn(tx, owner.signedIn.userId, signInId))) return false;
    await tellEnded(deps, tx, owner, { signInId });
    return true;
  });
  if (!isEnded) return 'not-found';
  deps.bus.publish({ type: 'sign-in-ended', signInId });
  return 'ok';
}

/** Ends all of one's own sign-ins: the others, or every one. */
export async function endSignIns(
  deps: AccountDeps,
  owner: AccountOwner,
  keep: 'this' | 'none',
): Promise<'ok' | 'not-allowed'> {
  if (!mayManage(owner)) return 'not-allowed';
  const { userId, signInId } = owner.signedIn;
  const ended = await deps.db.transaction(async (tx) => {
    const gone =
      keep === 'this' ? await deleteOtherSignIns(tx, userId, signInId) : await deleteSignIns(tx, userId);
    if (gone.length > 0) await tellEnded(deps, tx, owner, { detail: { signInsEnded: gone.length } });
    return gone;
  });
  for (const id of ended) deps.bus.publish({ type: 'sign-in-ended', signInId: id });
  return 'ok';
}

const tellEnded = (
  deps: AccountDeps,
  tx: Tx,
  { actor, caller }: AccountOwner,
  what: { signInId: string } | { detail: { signInsEnded: number } },
) =>
  logSecurity(deps, tx, {
    kind: 'sign-in-ended',
    organisationId: actor.organisationId,
    actorId: actor.memberId,
    memberId: actor.memberId,
    caller,
    ...what,
  });
