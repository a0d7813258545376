// People: set-up of the first administrator, invitations, what holds for the whole organisation (O2 to O5). Links are 32 random bytes,
// stored as their SHA-256, consumed once, by a POST.

import { type Access, type Actor, mayDo, type Role } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Tx } from '../db/client.ts';
import { transact, type Unit } from '../db/transact.ts';
import { conflict, denied, done, type Outcome } from '../outcome.ts';
import { logOpening, logSecurity } from '../security/log.ts';
import type { PeopleDeps } from './deps.ts';
import { rightsOf, unknownGrant } from './member.service.ts';
import {
  emailTakenWithin,
  endInvitationsOf,
  findUnsignedByEmail,
  giveAccount,
  updateMember,
} from './member.store.ts';
import { hashOf, isOfAnAdministrator, later, newToken } from './one-time-link.ts';
import { faultOfPassword } from './password.ts';
import { faulty } from './password-problem.ts';
import {
  accessExists,
  consumeLink,
  emailTaken,
  findMember,
  findOrganisation,
  hasOrganisation,
  insertLink,
  insertMember,
  insertOrganisation,
  lockEmail,
  lockLink,
  type Member,
  revokeSetUpLinks,
} from './store.ts';

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
    const memberId = await makeMember(tx, deps, organisationId, {
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

async function makeMember(
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

/** The link is shown this once. */
export interface MadeInvitation {
  readonly id: string;
  readonly link: string;
  readonly expiresAt: string;
}

/** An invitation of someone new. */
export async function invite(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  body: { email: string; roles: readonly Role[]; access: Access },
  caller: Caller,
): Promise<Outcome<MadeInvitation>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId, memberId } = actor;
  const [token, id] = [newToken(), deps.newId()];
  const expiresAt = later(deps.now(), invitationDays);
  if (await emailTaken(tx, body.email)) return conflict('email-taken');
  // Whoever is there already is invited as who they are.
  if (await emailTakenWithin(tx, organisationId, body.email, null)) return conflict('email-taken');
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

/** Invites a member who has no sign-in: whoever accepts is that member. The link before it ends. */
export async function inviteMember(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  memberId: string,
  { email }: { email: string },
  caller: Caller,
): Promise<Outcome<MadeInvitation>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId } = actor;
  const found = await findMember(tx, organisationId, memberId);
  if (!found || found.guest) return denied('not-found');
  // Somebody invited them before, and they are in.
  if (found.hasSignIn) return conflict('stale');
  if (!found.active) return conflict('member-not-active');
  if (await emailTaken(tx, email)) return conflict('email-taken');
  if (await emailTakenWithin(tx, organisationId, email, memberId)) return conflict('email-taken');
  const [token, id] = [newToken(), deps.newId()];
  const expiresAt = later(deps.now(), invitationDays);
  await endInvitationsOf(tx, organisationId, memberId, deps.now());
  await updateMember(tx, organisationId, memberId, { email }, deps.newId);
  await insertLink(tx, {
    id,
    kind: 'invitation',
    tokenHash: hashOf(token),
    organisationId,
    email,
    memberId,
    createdBy: actor.memberId,
    expiresAt,
  });
  const rights = await rightsOf(tx, organisationId, 'given', found);
  const told = { kind: 'invitation-made', organisationId, actorId: actor.memberId, memberId } as const;
  await logSecurity(deps, unit, { ...told, linkId: id, caller, detail: { email, ...rights } });
  return done({ id, link: `${deps.publicUrl}/invitation#${token}`, expiresAt });
}

/** An invitation that works, its row locked, and the member it gives a sign-in to, where there is one. */
interface OpenInvitation {
  readonly id: string;
  readonly organisationId: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly access: Access;
  readonly member: Member | null;
}

/** `null` alike for every one that does not work, also where its maker may invite nobody any more, or its member has come already. */
async function openInvitation(tx: Tx, token: string, now: string): Promise<OpenInvitation | null> {
  const found = await lockLink(tx, 'invitation', hashOf(token), now);
  if (!found?.organisationId || !found.email) return null;
  const { id, organisationId, email } = found;
  if (!(await isOfAnAdministrator(tx, organisationId, found.createdBy))) return null;
  // Added to the organisation since they were invited: one person is one member.
  const memberId = found.memberId ?? (await findUnsignedByEmail(tx, organisationId, email));
  if (memberId === null) {
    const access = (found.access as Access | null) ?? { kind: 'grants', grants: [] };
    return { id, organisationId, email, roles: found.roles ?? [], access, member: null };
  }
  const member = await findMember(tx, organisationId, memberId);
  if (!member?.active || member.hasSignIn) return null;
  return { id, organisationId, email, roles: member.roles, access: member.access, member };
}

/** Whom an invitation is for. Consumes nothing. */
export function peekInvitation(
  deps: PeopleDeps,
  token: string,
  caller: Caller,
): Promise<Outcome<{ organisation: string; email: string; name: string | null }>> {
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const found = await openInvitation(tx, token, deps.now());
    const organisation = found && (await findOrganisation(tx, found.organisationId));
    if (!organisation) return denied('link-not-valid');
    const told = { kind: 'invitation-opened', organisationId: organisation.id, actorId: null } as const;
    await logOpening(deps, unit, { ...told, linkId: found.id, caller, detail: { email: found.email } });
    return done({ organisation: organisation.name, email: found.email, name: found.member?.name ?? null });
  });
}

/** Makes the invited account, and its member where the invitation is not for one there is. */
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
    if (!found) return denied('link-not-valid');
    const host = await findOrganisation(tx, found.organisationId);
    const owner = { email: found.email, name: body.name, organisation: host?.name ?? '' };
    const fault = await faultOfPassword(body.password, owner);
    if (fault) return faulty(fault);
    await lockEmail(tx, found.email);
    if (await emailTaken(tx, found.email)) return conflict('email-taken');
    const { organisationId, email, member } = found;
    const { name } = body;
    if (member) {
      const account = { userId: deps.newId(), accountId: deps.newId(), name, email, password };
      await giveAccount(tx, organisationId, member.id, account);
    }
    const { roles, access } = found;
    const memberId =
      member?.id ?? (await makeMember(tx, deps, organisationId, { name, email, password, roles, access }));
    await consumeLink(tx, found.id, now);
    const told = { kind: 'invitation-used', organisationId } as const;
    await logSecurity(deps, unit, { ...told, actorId: memberId, linkId: found.id, caller });
    return done(null);
  });
}
