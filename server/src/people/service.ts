// People: set-up of the first administrator, invitations, changes of roles and access (O2 to O5). Links are 32 random bytes,
// stored as their SHA-256, consumed once, by a POST.

import { type Access, type Actor, leavesNoAdmin, mayDo, type Role } from '@attune/domain';
import type { Bus } from '../bus/bus.ts';
import type { Caller } from '../caller.ts';
import type { Database, Tx } from '../db/client.ts';
import { transact, type Unit } from '../db/transact.ts';
import { badInput, conflict, denied, done, type Outcome } from '../outcome.ts';
import { logOpening, logSecurity, type SecurityDeps } from '../security/log.ts';
import { publishEnded } from './account.service.ts';
import { revokeResetLinks } from './account.store.ts';
import type { Auth } from './auth.ts';
import { listClients } from './clients.store.ts';
import { hashOf, isOfAnAdministrator, later, newToken } from './one-time-link.ts';
import { faultOfPassword } from './password.ts';
import { faulty } from './password-problem.ts';
import {
  accessExists,
  consumeLink,
  deleteSignIns,
  emailTaken,
  findMember,
  findOrganisation,
  hasOrganisation,
  insertLink,
  insertMember,
  insertOrganisation,
  listMembers,
  lockEmail,
  lockLink,
  lockOrganisation,
  type Member,
  revokeScreensOf,
  revokeSetUpLinks,
  updateMember,
} from './store.ts';

export interface PeopleDeps extends SecurityDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly auth: Pick<Auth, 'hashPassword'>;
  readonly publicUrl: string;
}

const invitationDays = 7;
const setUpDays = 1;

/** A fresh one-time set-up link where there is no organisation yet; `null` where there is one. The old link dies. */
export async function createSetUpLink(
  deps: Pick<PeopleDeps, 'db' | 'now' | 'newId' | 'publicUrl'>,
): Promise<string | null> {
  const token = newToken();
  const now = deps.now();
  return deps.db.transaction(async (tx) => {
    if (await hasOrganisation(tx)) return null;
    await revokeSetUpLinks(tx, now);
    await insertLink(tx, {
      id: deps.newId(),
      kind: 'set-up',
      tokenHash: hashOf(token),
      expiresAt: later(now, setUpDays),
    });
    return `${deps.publicUrl}/set-up#${token}`;
  });
}

/** Makes the organisation and its first administrator (O5). */
export async function setUp(
  deps: PeopleDeps,
  body: {
    token: string;
    organisation: string;
    name: string;
    email: string;
    password: string;
    timeZone: string;
  },
  caller: Caller,
): Promise<Outcome<null>> {
  // Hashed before the link is looked at, so that a link that does not work takes as long to refuse.
  const password = await deps.auth.hashPassword(body.password);
  const now = deps.now();
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const found = await lockLink(tx, 'set-up', hashOf(body.token), now);
    if (!found || (await hasOrganisation(tx))) return denied('link-not-valid');
    const fault = await faultOfPassword(body.password, body);
    if (fault) return faulty(fault);
    const organisationId = deps.newId();
    const { organisation: name, timeZone } = body;
    await insertOrganisation(tx, { id: organisationId, name, demo: false, timeZone });
    const memberId = await addMember(tx, deps, organisationId, {
      ...body,
      password,
      roles: ['admin'],
      access: { kind: 'organisation' },
    });
    await consumeLink(tx, found.id, now);
    const told = { kind: 'set-up-used', organisationId, actorId: memberId, linkId: found.id } as const;
    await logSecurity(deps, unit, { ...told, caller });
    return done(null);
  });
}

async function addMember(
  tx: Tx,
  deps: PeopleDeps,
  organisationId: string,
  row: { name: string; email: string; password: string; roles: readonly Role[]; access: Access },
): Promise<string> {
  const id = deps.newId();
  await insertMember(tx, organisationId, {
    id,
    userId: deps.newId(),
    accountId: deps.newId(),
    newGrantId: deps.newId,
    name: row.name,
    email: row.email,
    password: row.password,
    roles: row.roles,
    access: row.access,
  });
  return id;
}

const unknownGrant = badInput('/access/grants', 'grant-unknown');

/** An invitation's link, shown this once. */
export async function invite(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  body: { email: string; roles: readonly Role[]; access: Access },
  caller: Caller,
): Promise<Outcome<{ id: string; link: string; expiresAt: string }>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId, memberId } = actor;
  const [token, id] = [newToken(), deps.newId()];
  const expiresAt = later(deps.now(), invitationDays);
  if (await emailTaken(tx, body.email)) return conflict('email-taken');
  if (!(await accessExists(tx, organisationId, body.access))) return unknownGrant;
  await insertLink(tx, {
    id,
    kind: 'invitation',
    tokenHash: hashOf(token),
    organisationId,
    email: body.email,
    roles: [...body.roles],
    access: body.access,
    createdBy: memberId,
    expiresAt,
  });
  await logSecurity(deps, unit, {
    kind: 'invitation-made',
    organisationId,
    actorId: memberId,
    linkId: id,
    caller,
    detail: { email: body.email, ...(await rightsOf(tx, organisationId, 'given', body)) },
  });
  return done({ id, link: `${deps.publicUrl}/invitation#${token}`, expiresAt });
}

/** The invitation's row, locked; `null` alike for every one that does not work, also where its maker may invite nobody any more. */
async function openInvitation(tx: Tx, token: string, now: string) {
  const found = await lockLink(tx, 'invitation', hashOf(token), now);
  if (!found?.organisationId) return null;
  return (await isOfAnAdministrator(tx, found.organisationId, found.createdBy)) ? found : null;
}

/** Whom an invitation is for. Consumes nothing. */
export function peekInvitation(
  deps: PeopleDeps,
  token: string,
  caller: Caller,
): Promise<Outcome<{ organisation: string; email: string }>> {
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const found = await openInvitation(tx, token, deps.now());
    const organisation = found?.organisationId && (await findOrganisation(tx, found.organisationId));
    if (!organisation || !found.email) return denied('link-not-valid');
    const told = { kind: 'invitation-opened', organisationId: organisation.id, actorId: null } as const;
    await logOpening(deps, unit, { ...told, linkId: found.id, caller, detail: { email: found.email } });
    return done({ organisation: organisation.name, email: found.email });
  });
}

/** Makes the invited member's account and membership. */
export async function acceptInvitation(
  deps: PeopleDeps,
  body: { token: string; name: string; password: string },
  caller: Caller,
): Promise<Outcome<null>> {
  const password = await deps.auth.hashPassword(body.password);
  const now = deps.now();
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const found = await openInvitation(tx, body.token, now);
    if (!found?.organisationId || !found.email || !found.roles) return denied('link-not-valid');
    const host = await findOrganisation(tx, found.organisationId);
    const owner = { email: found.email, name: body.name, organisation: host?.name ?? '' };
    const fault = await faultOfPassword(body.password, owner);
    if (fault) return faulty(fault);
    await lockEmail(tx, found.email);
    if (await emailTaken(tx, found.email)) return conflict('email-taken');
    const memberId = await addMember(tx, deps, found.organisationId, {
      name: body.name,
      email: found.email,
      password,
      roles: found.roles,
      access: (found.access as Access | null) ?? { kind: 'grants', grants: [] },
    });
    await consumeLink(tx, found.id, now);
    const told = { kind: 'invitation-used', organisationId: found.organisationId } as const;
    await logSecurity(deps, unit, { ...told, actorId: memberId, linkId: found.id, caller });
    return done(null);
  });
}

/**
 * Changes roles, access or activity. Deactivating ends at once the member's sign-ins and live connections, and the meeting screens by
 * links they made (O5).
 */
export async function changeMember(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  memberId: string,
  change: { roles?: readonly Role[]; access?: Access; active?: boolean },
  caller: Caller,
): Promise<Outcome<Member>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId } = actor;
  await lockOrganisation(tx, organisationId);
  const before = await findMember(tx, organisationId, memberId);
  if (!before) return denied('not-found');
  if (change.access && !(await accessExists(tx, organisationId, change.access))) return unknownGrant;
  const others = (await listMembers(tx, organisationId)).filter(({ id }) => id !== memberId);
  if (leavesNoAdmin(before, { ...before, ...change }, others)) return conflict('last-admin');
  await updateMember(tx, organisationId, memberId, { ...change, newGrantId: deps.newId });
  // Again when they come back: a sign-in made in the moment of the deactivation must not live on.
  const isTurned = change.active !== undefined && change.active !== before.active;
  const ended = isTurned ? await deleteSignIns(tx, before.userId) : [];
  if (change.active === false) {
    await revokeResetLinks(tx, before.userId, deps.now());
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
  caller: Caller,
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
  what: { before: Member; after: Member; actor: Actor; caller: Caller; ended: number },
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
async function rightsOf(
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
