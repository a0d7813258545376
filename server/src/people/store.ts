// SQL of people: members with their roles and access, clients, one-time links.
import type { Access, Grant, Role, SessionLimit } from '@attune/domain';
import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import {
  account,
  limitedSignIn,
  link,
  member,
  memberGrant,
  organisation,
  participant,
  sessionLink,
  signIn,
  user,
} from '../db/schema.ts';
import { listClients } from './clients.store.ts';
import { insertGrants } from './grants.store.ts';
import { endOfSignIn } from './sign-in-life.ts';

type Reader = Database | Tx;

/** The member who reset another's account. */
const resetter = alias(member, 'resetter');

export interface Member {
  readonly id: string;
  readonly organisationId: string;
  /** `null`: there is no account they sign in to. */
  readonly userId: string | null;
  readonly hasSignIn: boolean;
  readonly name: string;
  readonly email: string | null;
  readonly employeeNumber: string | null;
  readonly roles: readonly Role[];
  readonly access: Access;
  readonly active: boolean;
  /** Came by a session's link: in no list of members. */
  readonly guest: boolean;
  /** When somebody other than the account's own sign-in last reset it, and who; `byName` is empty for the operator. */
  readonly reset: { readonly at: string; readonly byName: string } | null;
}

/** The membership of an account, without its access. */
export async function findMemberOfUser(db: Reader, userId: string) {
  const [row] = await db
    .select({
      id: member.id,
      organisationId: member.organisationId,
      name: member.name,
      active: member.active,
    })
    .from(member)
    .where(eq(member.userId, userId));
  return row ?? null;
}

/** What a sign-in is limited to; `null` for one of the person's own. */
export async function findLimit(db: Reader, signInId: string): Promise<SessionLimit | null> {
  const [row] = await db
    .select({ sessionId: limitedSignIn.sessionId })
    .from(limitedSignIn)
    .where(eq(limitedSignIn.signInId, signInId));
  return row ? { sessionId: row.sessionId, as: 'person' } : null;
}

/** A member's places that were begun: which participant, and when the sign-in was made that began it. */
export async function listBegunPlaces(
  db: Reader,
  organisationId: string,
  memberId: string,
): Promise<{ participantId: string; begunSignedInAt: string }[]> {
  const rows = await db
    .select({ participantId: participant.id, begunSignedInAt: participant.begunSignedInAt })
    .from(participant)
    .where(
      and(
        eq(participant.organisationId, organisationId),
        eq(participant.memberId, memberId),
        isNotNull(participant.begunSignedInAt),
      ),
    );
  return rows.map(({ participantId, begunSignedInAt }) => ({
    participantId,
    begunSignedInAt: toIso(begunSignedInAt ?? ''),
  }));
}

/** When a sign-in ends as things stand, ISO 8601 UTC; `null` for one that is gone. */
export async function findSignInEnd(db: Reader, signInId: string): Promise<string | null> {
  const [row] = await db
    .select({ createdAt: signIn.createdAt, expiresAt: signIn.expiresAt })
    .from(signIn)
    .where(eq(signIn.id, signInId));
  return row ? endOfSignIn(row).toISOString() : null;
}

/** The account of an active member of a demo organisation; `null` for everyone else. */
export async function findDemoUser(db: Reader, memberId: string) {
  const [row] = await db
    .select({ user })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(organisation, eq(organisation.id, member.organisationId))
    .where(
      and(
        eq(member.id, memberId),
        eq(member.active, true),
        eq(member.guest, false),
        eq(organisation.demo, true),
      ),
    );
  return row?.user ?? null;
}

/** A member's grants, read in the member's own statement: between two, a change of access would look like none at all. */
export const grantsOfMember = sql<Grant[]>`coalesce((
  select json_agg(
    json_build_object('clientId', ${memberGrant.clientId}, 'lobId', ${memberGrant.lobId}) order by ${memberGrant.id}
  )
  from ${memberGrant}
  where ${memberGrant.organisationId} = ${member.organisationId} and ${memberGrant.memberId} = ${member.id}
), '[]')`;

/** What a member works for, by the column and the grants. */
export const accessOfRow = (row: {
  readonly wholeOrganisation: boolean;
  readonly grants: readonly Grant[];
}): Access => (row.wholeOrganisation ? { kind: 'organisation' } : { kind: 'grants', grants: row.grants });

/** An e-mail as it is told: the account's, or the member's own where there is no account. */
export const emailOfMember = sql<string | null>`coalesce(${user.email}, ${member.email})`;

/** Members with account and access, guests too, in the order of names: the ones that `which` names. */
export async function selectMembers(
  db: Reader,
  organisationId: string,
  which: SQL | undefined,
  most?: number,
): Promise<Member[]> {
  const asked = db
    .select({
      member,
      email: emailOfMember,
      resetAt: user.passwordResetAt,
      resetBy: user.passwordResetBy,
      resetByName: resetter.name,
      grants: grantsOfMember,
    })
    .from(member)
    .leftJoin(user, eq(user.id, member.userId))
    .leftJoin(
      resetter,
      and(eq(resetter.organisationId, member.organisationId), eq(resetter.id, user.passwordResetBy)),
    )
    .where(and(eq(member.organisationId, organisationId), which))
    .orderBy(asc(member.name), asc(member.id));
  const rows = await (most === undefined ? asked : asked.limit(most));
  return rows.map(({ member: row, email, resetAt, resetBy, resetByName, grants }) => ({
    id: row.id,
    organisationId: row.organisationId,
    userId: row.userId,
    hasSignIn: row.userId !== null,
    name: row.name,
    email,
    employeeNumber: row.employeeNumber,
    roles: row.roles,
    active: row.active,
    guest: row.guest,
    reset: resetAt === null || resetBy === row.id ? null : { at: toIso(resetAt), byName: resetByName ?? '' },
    access: accessOfRow({ wholeOrganisation: row.wholeOrganisation, grants }),
  }));
}

/** Everyone who can sign in, but for guests, by name: whoever cannot takes part in nothing, and there may be very many of them. */
export const listSignedUp = (db: Reader, organisationId: string): Promise<Member[]> =>
  selectMembers(db, organisationId, and(eq(member.guest, false), isNotNull(member.userId)));

export async function findMember(
  db: Reader,
  organisationId: string,
  memberId: string,
): Promise<Member | null> {
  const [found] = await selectMembers(db, organisationId, eq(member.id, memberId));
  return found ?? null;
}

export async function findOrganisation(db: Reader, organisationId: string) {
  const [row] = await db.select().from(organisation).where(eq(organisation.id, organisationId));
  return row ?? null;
}

type SettingName = 'name' | 'timeZone' | 'thresholdHundredths' | 'guestsAllowed';

/** Writes what is given of the settings, who changed them, and the revision that they have now. */
export async function updateOrganisation(
  tx: Tx,
  organisationId: string,
  change: Partial<Pick<typeof organisation.$inferSelect, SettingName>> & { by: string; revision: number },
): Promise<void> {
  const { by: settingsBy, revision: settingsRevision, ...settings } = change;
  await tx
    .update(organisation)
    .set({ ...settings, settingsBy, settingsRevision })
    .where(eq(organisation.id, organisationId));
}

/** Whether there is any organisation at all. */
export async function hasOrganisation(db: Reader): Promise<boolean> {
  return (await db.select({ id: organisation.id }).from(organisation).limit(1)).length > 0;
}

/** The demo organisation with its members, for the sign-in page. */
export async function findDemo(db: Reader) {
  const [demo] = await db.select().from(organisation).where(eq(organisation.demo, true)).limit(1);
  if (!demo) return null;
  const members = await db
    .select({ id: member.id, name: member.name, roles: member.roles, about: member.about })
    .from(member)
    .where(
      and(
        eq(member.organisationId, demo.id),
        eq(member.active, true),
        eq(member.guest, false),
        isNotNull(member.userId),
      ),
    )
    .orderBy(asc(member.id));
  return { organisation: demo.name, members };
}

export async function insertOrganisation(
  tx: Tx,
  row: { id: string; name: string; demo: boolean; timeZone?: string },
): Promise<void> {
  await tx.insert(organisation).values(row);
}

export interface NewAccount {
  readonly userId: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  /** As stored; `null` for one that signs in without (the demo's). */
  readonly password: string | null;
}

/** Makes an account, which is nobody's until a member has it. */
export async function insertAccount(tx: Tx, row: NewAccount): Promise<void> {
  const { userId, name, email, password } = row;
  await tx.insert(user).values({ id: userId, name, email, emailVerified: true });
  if (password === null) return;
  await tx
    .insert(account)
    .values({ id: row.accountId, accountId: userId, providerId: 'credential', userId, password });
}

/** Makes an account and its membership. */
export async function insertMember(
  tx: Tx,
  organisationId: string,
  row: NewAccount & {
    id: string;
    roles: readonly Role[];
    access: Access;
    about?: string;
    newGrantId: () => string;
  },
): Promise<void> {
  await insertAccount(tx, row);
  await tx.insert(member).values({
    id: row.id,
    organisationId,
    userId: row.userId,
    name: row.name,
    roles: [...row.roles],
    wholeOrganisation: row.access.kind === 'organisation',
    about: row.about ?? '',
  });
  await insertGrants(tx, organisationId, [row], row.newGrantId);
}

/** Ends every sign-in of an account; returns their ids. */
export async function deleteSignIns(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.delete(signIn).where(eq(signIn.userId, userId)).returning({ id: signIn.id });
  return rows.map(({ id }) => id);
}

/** Ends the meeting screens that a member opened to others, or to themselves: their links need no sign-in. */
export async function revokeScreensOf(
  tx: Tx,
  organisationId: string,
  memberId: string,
  now: string,
): Promise<{ linkId: string; sessionId: string }[]> {
  return tx
    .update(sessionLink)
    .set({ revokedAt: now })
    .where(
      and(
        eq(sessionLink.organisationId, organisationId),
        eq(sessionLink.createdBy, memberId),
        eq(sessionLink.kind, 'display'),
        isNull(sessionLink.revokedAt),
      ),
    )
    .returning({ linkId: sessionLink.id, sessionId: sessionLink.sessionId });
}

/** Locks the organisation's row: whoever changes who its administrators are holds it. Rows that only name it may still be written. */
export async function lockOrganisation(tx: Tx, organisationId: string): Promise<void> {
  await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(eq(organisation.id, organisationId))
    .for('no key update');
}

/** Holds an e-mail address until the transaction ends: whoever makes an account with it takes this first. */
export async function lockEmail(tx: Tx, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(lower(${email}), 11))`);
}

/** Whether every grant names a client of the organisation, and a line of business of that client. */
export async function accessExists(db: Reader, organisationId: string, access: Access): Promise<boolean> {
  if (access.kind === 'organisation' || access.grants.length === 0) return true;
  const clients = await listClients(db, organisationId);
  return access.grants.every(({ clientId, lobId }) =>
    clients.some(
      ({ id, lobs }) => id === clientId && (lobId === null || lobs.some((owned) => owned.id === lobId)),
    ),
  );
}

export async function emailTaken(db: Reader, email: string): Promise<boolean> {
  return (
    (await db.select({ id: user.id }).from(user).where(sql`lower(${user.email}) = lower(${email})`)).length >
    0
  );
}

export async function insertLink(tx: Tx, row: typeof link.$inferInsert): Promise<void> {
  await tx.insert(link).values(row);
}

/** Revokes every set-up link not used yet: only the last one printed works. */
export async function revokeSetUpLinks(tx: Tx, now: string): Promise<void> {
  await tx
    .update(link)
    .set({ revokedAt: now })
    .where(and(eq(link.kind, 'set-up'), isNull(link.usedAt), isNull(link.revokedAt)));
}

/** A link that still works, its row locked; `null` alike for unknown, expired, used and revoked ones. */
export async function lockLink(
  tx: Tx,
  kind: (typeof link.$inferSelect)['kind'],
  tokenHash: Uint8Array,
  now: string,
): Promise<typeof link.$inferSelect | null> {
  const [row] = await tx
    .select()
    .from(link)
    .where(and(eq(link.tokenHash, tokenHash), eq(link.kind, kind)))
    .for('update');
  const works =
    row && row.usedAt === null && row.revokedAt === null && new Date(row.expiresAt) > new Date(now);
  return works ? row : null;
}

export async function consumeLink(tx: Tx, linkId: string, now: string): Promise<void> {
  await tx.update(link).set({ usedAt: now }).where(eq(link.id, linkId));
}
