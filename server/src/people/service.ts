// People: set-up of the first administrator, invitations, changes of roles and access (O2 to O5). Links are 32 random bytes,
// stored as their SHA-256, consumed once, by a POST.
import { createHash, randomBytes } from 'node:crypto';
import { type Access, type Actor, leavesNoAdmin, mayDo, mayListIn, type Role } from '@attune/domain';
import type { Bus } from '../bus/bus.ts';
import type { Database, Tx } from '../db/client.ts';
import type { Auth } from './auth.ts';
import {
  accessExists,
  consumeLink,
  deleteSignIns,
  emailTaken,
  findMember,
  findOrganisation,
  hasOrganisation,
  insertClient,
  insertLink,
  insertMember,
  insertOrganisation,
  listClients,
  listMembers,
  lockEmail,
  lockLink,
  lockOrganisation,
  type Member,
  revokeSetUpLinks,
  updateMember,
  updateOrganisation,
} from './store.ts';

export interface PeopleDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly auth: Pick<Auth, 'hashPassword'>;
  readonly now: () => string;
  readonly newId: () => string;
  readonly publicUrl: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const invitationDays = 7;
const setUpDays = 1;

const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest();
const newToken = () => randomBytes(32).toString('base64url');
const later = (now: string, days: number) => new Date(new Date(now).getTime() + days * dayMs).toISOString();

/** A fresh one-time set-up link where there is no organisation yet; `null` where there is one. The old link dies. */
export async function createSetUpLink(deps: PeopleDeps): Promise<string | null> {
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

export type LinkOutcome = 'ok' | 'link-not-valid' | 'email-taken';

/** Makes the organisation and its first administrator (O5). */
export async function setUp(
  deps: PeopleDeps,
  body: { token: string; organisation: string; name: string; email: string; password: string },
): Promise<LinkOutcome> {
  // Hashed before the link is looked at, so that a link that does not work takes as long to refuse.
  const password = await deps.auth.hashPassword(body.password);
  const now = deps.now();
  return deps.db.transaction(async (tx) => {
    const found = await lockLink(tx, 'set-up', hashOf(body.token), now);
    if (!found || (await hasOrganisation(tx))) return 'link-not-valid';
    const organisationId = deps.newId();
    await insertOrganisation(tx, { id: organisationId, name: body.organisation, demo: false });
    await addMember(tx, deps, organisationId, {
      ...body,
      password,
      roles: ['admin'],
      access: { kind: 'organisation' },
    });
    await consumeLink(tx, found.id, now);
    return 'ok';
  });
}

async function addMember(
  tx: Tx,
  deps: PeopleDeps,
  organisationId: string,
  row: { name: string; email: string; password: string; roles: readonly Role[]; access: Access },
): Promise<void> {
  await insertMember(tx, organisationId, {
    id: deps.newId(),
    userId: deps.newId(),
    accountId: deps.newId(),
    newGrantId: deps.newId,
    name: row.name,
    email: row.email,
    password: row.password,
    roles: row.roles,
    access: row.access,
  });
}

/** An invitation's link, shown this once. `unknown-grant`: the access names what the organisation does not have. */
export async function invite(
  deps: PeopleDeps,
  actor: Actor,
  body: { email: string; roles: readonly Role[]; access: Access },
): Promise<
  { id: string; link: string; expiresAt: string } | 'not-allowed' | 'email-taken' | 'unknown-grant'
> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  const token = newToken();
  const now = deps.now();
  const expiresAt = later(now, invitationDays);
  const id = deps.newId();
  return deps.db.transaction(async (tx) => {
    if (await emailTaken(tx, body.email)) return 'email-taken' as const;
    if (!(await accessExists(tx, actor.organisationId, body.access))) return 'unknown-grant' as const;
    await insertLink(tx, {
      id,
      kind: 'invitation',
      tokenHash: hashOf(token),
      organisationId: actor.organisationId,
      email: body.email,
      roles: [...body.roles],
      access: body.access,
      createdBy: actor.memberId,
      expiresAt,
    });
    return { id, link: `${deps.publicUrl}/invitation#${token}`, expiresAt };
  });
}

/** Whom an invitation is for; `null` alike for every link that does not work. Consumes nothing. */
export async function peekInvitation(
  deps: PeopleDeps,
  token: string,
): Promise<{ organisation: string; email: string } | null> {
  return deps.db.transaction(async (tx) => {
    const found = await lockLink(tx, 'invitation', hashOf(token), deps.now());
    const organisation = found?.organisationId && (await findOrganisation(tx, found.organisationId));
    return organisation && found.email ? { organisation: organisation.name, email: found.email } : null;
  });
}

/** Makes the invited member's account and membership. */
export async function acceptInvitation(
  deps: PeopleDeps,
  body: { token: string; name: string; password: string },
): Promise<LinkOutcome> {
  const password = await deps.auth.hashPassword(body.password);
  const now = deps.now();
  return deps.db.transaction(async (tx) => {
    const found = await lockLink(tx, 'invitation', hashOf(body.token), now);
    if (!found?.organisationId || !found.email || !found.roles) return 'link-not-valid';
    await lockEmail(tx, found.email);
    if (await emailTaken(tx, found.email)) return 'email-taken';
    await addMember(tx, deps, found.organisationId, {
      name: body.name,
      email: found.email,
      password,
      roles: found.roles,
      access: (found.access as Access | null) ?? { kind: 'grants', grants: [] },
    });
    await consumeLink(tx, found.id, now);
    return 'ok';
  });
}

export type MemberOutcome =
  | { readonly ok: true; readonly member: Member }
  | { readonly ok: false; readonly slug: 'not-allowed' | 'not-found' | 'last-admin' | 'unknown-grant' };

/** Changes roles, access or activity. Deactivating ends the member's sign-ins and live connections at once (O5). */
export async function changeMember(
  deps: PeopleDeps,
  actor: Actor,
  memberId: string,
  change: { roles?: readonly Role[]; access?: Access; active?: boolean },
): Promise<MemberOutcome> {
  if (!mayDo(actor, 'members.administer')) return { ok: false, slug: 'not-allowed' };
  const { organisationId } = actor;
  const ended: string[] = [];
  const outcome = await deps.db.transaction(async (tx): Promise<MemberOutcome> => {
    await lockOrganisation(tx, organisationId);
    const before = await findMember(tx, organisationId, memberId);
    if (!before) return { ok: false, slug: 'not-found' };
    if (change.access && !(await accessExists(tx, organisationId, change.access))) {
      return { ok: false, slug: 'unknown-grant' };
    }
    const others = (await listMembers(tx, organisationId)).filter(({ id }) => id !== memberId);
    if (leavesNoAdmin(before, { ...before, ...change }, others)) {
      return { ok: false, slug: 'last-admin' };
    }
    await updateMember(tx, organisationId, memberId, { ...change, newGrantId: deps.newId });
    if (change.active === false) ended.push(...(await deleteSignIns(tx, before.userId)));
    const member = await findMember(tx, organisationId, memberId);
    return member ? { ok: true, member } : { ok: false, slug: 'not-found' };
  });
  if (outcome.ok) {
    for (const signInId of ended) deps.bus.publish({ type: 'sign-in-ended', signInId });
    deps.bus.publish({ type: 'member-changed', organisationId, memberId });
  }
  return outcome;
}

/** Turns guests on or off (J1). Whoever is in already stays. @returns what now holds, `null` for whoever may not */
export async function allowGuests(
  deps: PeopleDeps,
  actor: Actor,
  guestsAllowed: boolean,
): Promise<{ guestsAllowed: boolean } | null> {
  if (!mayDo(actor, 'members.administer')) return null;
  await deps.db.transaction((tx) => updateOrganisation(tx, actor.organisationId, { guestsAllowed }));
  return { guestsAllowed };
}

export interface Client {
  readonly id: string;
  readonly name: string;
  readonly lobs: readonly { readonly id: string; readonly name: string }[];
}

/**
 * The clients and lines of business that the actor works for, in whole or in part (O4); every one for administrators, who grant them. `null` for
 * whoever came by a session's link: a guest must not learn whom the organisation works for.
 */
export async function readClients(db: Database, actor: Actor): Promise<Client[] | null> {
  if (!mayDo(actor, 'clients.list')) return null;
  const clients = await listClients(db, actor.organisationId);
  if (mayDo(actor, 'members.administer')) return clients;
  return clients
    .filter(({ id }) => mayListIn(actor.access, { kind: 'client', clientId: id }))
    .map(({ id, name, lobs }) => ({
      id,
      name,
      lobs: lobs.filter((lob) => mayListIn(actor.access, { kind: 'lob', clientId: id, lobId: lob.id })),
    }));
}

/** Adds a client with lines of business. Names are the client's own: no two clients, and no two of its lines, share one. */
export async function addClient(
  deps: PeopleDeps,
  actor: Actor,
  body: { name: string; lobs: readonly string[] },
): Promise<Client | 'not-allowed' | 'name-taken' | 'lob-repeated'> {
  if (!mayDo(actor, 'clients.change')) return 'not-allowed';
  if (new Set(body.lobs).size < body.lobs.length) return 'lob-repeated';
  const lobs = body.lobs.map((name) => ({ id: deps.newId(), name }));
  const added = { id: deps.newId(), name: body.name, lobs };
  return deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, actor.organisationId);
    const taken = (await listClients(tx, actor.organisationId)).some(({ name }) => name === body.name);
    if (taken) return 'name-taken' as const;
    await insertClient(tx, actor.organisationId, added);
    return added;
  });
}
