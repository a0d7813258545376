// Members as administrators keep them (O2 to O5): adding one without a sign-in, and changing one. Inviting is in `service.ts`.

import { type Actor, leavesNoAdmin, mayDo } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Tx } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import { badInput, conflict, denied, done, type Failure, type Outcome } from '../outcome.ts';
import { logSecurity } from '../security/log.ts';
import { publishEnded } from './account.service.ts';
import { revokeResetLinks } from './account.store.ts';
import { listClients } from './clients.store.ts';
import type { PeopleDeps } from './deps.ts';
import {
  emailTakenWithin,
  endInvitationsOf,
  insertUnsigned,
  type MemberFields,
  numberTaken,
  updateMember,
} from './member.store.ts';
import {
  accessExists,
  deleteSignIns,
  findMember,
  listSignedUp,
  lockOrganisation,
  type Member,
  revokeScreensOf,
} from './store.ts';

export const unknownGrant = badInput('/access/grants', 'grant-unknown');

/** Makes a member without a sign-in, such as an agent who is scored (O2). */
export async function addMember(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  fields: Omit<MemberFields, 'active'>,
  caller: Caller,
): Promise<Outcome<Member>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId } = actor;
  await lockOrganisation(tx, organisationId);
  if (!(await accessExists(tx, organisationId, fields.access))) return unknownGrant;
  const fault = await faultOfFields(tx, organisationId, null, fields);
  if (fault) return fault;
  const memberId = deps.newId();
  await insertUnsigned(tx, organisationId, [{ ...fields, id: memberId, active: true }], deps.newId);
  const member = await findMember(tx, organisationId, memberId);
  if (!member) throw new Error('a member that was just added is not there');
  const told = { kind: 'member-added', organisationId, actorId: actor.memberId, memberId, caller } as const;
  await logSecurity(deps, unit, { ...told, detail: await rightsOf(tx, organisationId, 'given', member) });
  return done(member);
}

const theirs = (pointer: string): Failure => ({
  kind: 'bad-input',
  slug: 'invalid-input',
  errors: [{ pointer, code: 'invalid', detail: 'is theirs to change, since they have a sign-in' }],
});

/** What keeps a name, an e-mail address or an employee number from being written; `null` where nothing does. */
async function faultOfFields(
  tx: Tx,
  organisationId: string,
  before: Member | null,
  { name, email, employeeNumber }: Partial<MemberFields>,
): Promise<Failure | null> {
  if (before?.hasSignIn && name !== undefined && name !== before.name) return theirs('/name');
  if (before?.hasSignIn && email !== undefined && email !== before.email) return theirs('/email');
  const id = before?.id ?? null;
  if (employeeNumber && (await numberTaken(tx, organisationId, employeeNumber, id)))
    return badInput('/employeeNumber', 'number-taken');
  if (email && (await emailTakenWithin(tx, organisationId, email, id))) return conflict('email-taken');
  return null;
}

/**
 * Changes a member. Deactivating ends at once the member's sign-ins and live connections, and the meeting screens by links they made
 * (O5).
 */
export async function changeMember(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  memberId: string,
  change: Partial<MemberFields>,
  caller: Caller | null,
): Promise<Outcome<Member>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId } = actor;
  await lockOrganisation(tx, organisationId);
  const before = await findMember(tx, organisationId, memberId);
  if (!before) return denied('not-found');
  if (change.access && !(await accessExists(tx, organisationId, change.access))) return unknownGrant;
  const fault = await faultOfFields(tx, organisationId, before, change);
  if (fault) return fault;
  const others = (await listSignedUp(tx, organisationId)).filter(({ id }) => id !== memberId);
  if (leavesNoAdmin(before, { ...before, ...change }, others)) return conflict('last-admin');
  const { name: _, email: __, ...rest } = change;
  await updateMember(tx, organisationId, memberId, before.hasSignIn ? rest : change, deps.newId);
  // Again when they come back: a sign-in made in the moment of the deactivation must not live on.
  const isTurned = change.active !== undefined && change.active !== before.active;
  const ended = isTurned && before.userId !== null ? await deleteSignIns(tx, before.userId) : [];
  if (change.active === false) {
    if (before.userId !== null) await revokeResetLinks(tx, before.userId, deps.now());
    await endInvitationsOf(tx, organisationId, memberId, deps.now());
    await endScreens(deps, unit, actor, memberId, caller);
  }
  const member = await findMember(tx, organisationId, memberId);
  if (!member) throw new Error('a member that was just changed is not there');
  await tellChange(deps, unit, { before, after: member, actor, caller, ended: ended.length });
  publishEnded(deps, unit, ended);
  unit.whenCommitted(() => deps.bus.publish({ type: 'member-changed', organisationId, memberId }));
  return done(member);
}

async function endScreens(
  deps: PeopleDeps,
  unit: Unit,
  { organisationId, memberId: actorId }: Actor,
  memberId: string,
  caller: Caller | null,
): Promise<void> {
  const ended = await revokeScreensOf(unit.tx, organisationId, memberId, deps.now());
  for (const link of ended) {
    const told = { kind: 'display-link-ended', organisationId, actorId, memberId, caller } as const;
    await logSecurity(deps, unit, { ...told, ...link });
  }
  // A screen's socket goes by its link's id.
  unit.whenCommitted(() => {
    for (const { linkId } of ended) deps.bus.publish({ type: 'sign-in-ended', signInId: linkId });
  });
}

/** What changed of a member, as it was and as it is now. */
async function tellChange(
  deps: PeopleDeps,
  unit: Unit,
  what: { before: Member; after: Member; actor: Actor; caller: Caller | null; ended: number },
): Promise<void> {
  const { before, after, actor, caller, ended } = what;
  const { organisationId, memberId: actorId } = actor;
  const told = { organisationId, actorId, memberId: after.id, caller };
  const [was, is] = [
    await rightsOf(unit.tx, organisationId, 'before', before),
    await rightsOf(unit.tx, organisationId, 'after', after),
  ];
  if (JSON.stringify(Object.values(was)) !== JSON.stringify(Object.values(is)))
    await logSecurity(deps, unit, { ...told, kind: 'roles-or-access-changed', detail: { ...was, ...is } });
  if (before.active === after.active) return;
  const kind = after.active ? 'member-reactivated' : 'member-deactivated';
  await logSecurity(deps, unit, { ...told, kind, detail: after.active ? {} : { signInsEnded: ended } });
}

/** Roles and access in words for the log, by the names that clients have now: `rolesBefore`, `accessBefore`. */
export async function rightsOf(
  tx: Tx,
  organisationId: string,
  when: 'before' | 'after' | 'given',
  { roles, access }: Pick<Member, 'roles' | 'access'>,
) {
  const end = when === 'given' ? '' : when === 'before' ? 'Before' : 'After';
  const clients = access.kind === 'organisation' ? [] : await listClients(tx, organisationId);
  const names =
    access.kind === 'organisation'
      ? []
      : access.grants.map((grant) => {
          const client = clients.find(({ id }) => id === grant.clientId);
          const lob = client?.lobs.find(({ id }) => id === grant.lobId);
          return [client?.name ?? '', ...(lob ? [lob.name] : [])].join(', ');
        });
  return {
    [`roles${end}`]: [...roles],
    [`access${end}`]: access.kind === 'organisation' ? 'organisation' : names,
  };
}
