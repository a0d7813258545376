// SQL of members as administrators keep them: a page of them, one without a sign-in, changes, and the account one is given later.
import type { MemberQuery } from '@attune/contract';
import { and, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { Database, Tx } from '../db/client.ts';
import { link, type MemberFields, member, user } from '../db/schema.ts';

export type { MemberFields };

import { insertGrants, replaceGrants } from './grants.store.ts';
import { emailOfMember, insertAccount, type Member, type NewAccount, selectMembers } from './store.ts';

type Reader = Database | Tx;

const pageSize = 200;

/** As a search by part of a text: what it means to LIKE is no wildcard. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function readCursor(cursor: string): { name: string; id: string } | null {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [id, name] = [text.slice(0, 36), text.slice(37)];
  return isUuid(id) ? { id, name } : null;
}
const writeCursor = ({ id, name }: Pick<Member, 'id' | 'name'>) =>
  Buffer.from(`${id} ${name}`).toString('base64url');

/**
 * A page of members by name, guests left out; `null` for a cursor that no page gave.
 * @param within also searches e-mail addresses and employee numbers
 */
export async function readMemberPage(
  db: Database,
  organisationId: string,
  { text = '', active, signIn, cursor }: MemberQuery,
  within: 'names' | 'all',
): Promise<{ members: Member[]; next: string | null } | null> {
  const after = cursor === undefined ? null : readCursor(cursor);
  if (cursor !== undefined && after === null) return null;
  const like = (column: SQL | typeof member.name | typeof member.employeeNumber) =>
    sql`${column} ilike ${containing(text)}`;
  const found = await selectMembers(
    db,
    organisationId,
    and(
      eq(member.guest, false),
      text === ''
        ? undefined
        : within === 'names'
          ? like(member.name)
          : or(like(member.name), like(emailOfMember), like(member.employeeNumber)),
      active === undefined ? undefined : eq(member.active, active === 'true'),
      signIn === undefined ? undefined : signIn === 'with' ? isNotNull(member.userId) : isNull(member.userId),
      after ? sql`(${member.name}, ${member.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
    ),
    pageSize + 1,
  );
  const members = found.slice(0, pageSize);
  const last = found.length > pageSize ? members.at(-1) : undefined;
  return { members, next: last ? writeCursor(last) : null };
}

/** Makes members without a sign-in. */
export async function insertUnsigned(
  tx: Tx,
  organisationId: string,
  members: readonly (MemberFields & { readonly id: string })[],
  newGrantId: () => string,
): Promise<void> {
  if (members.length === 0) return;
  await tx.insert(member).values(
    members.map(({ access, roles, ...fields }) => ({
      ...fields,
      organisationId,
      roles: [...roles],
      wholeOrganisation: access.kind === 'organisation',
    })),
  );
  await insertGrants(tx, organisationId, members, newGrantId);
}

/** Writes what is given of a member. */
export async function updateMember(
  tx: Tx,
  organisationId: string,
  memberId: string,
  { access, roles, ...rest }: Partial<MemberFields>,
  newGrantId: () => string,
): Promise<void> {
  const set = {
    ...rest,
    ...(roles ? { roles: [...roles] } : {}),
    ...(access ? { wholeOrganisation: access.kind === 'organisation' } : {}),
  };
  if (Object.keys(set).length === 0) return;
  await tx
    .update(member)
    .set(set)
    .where(and(eq(member.organisationId, organisationId), eq(member.id, memberId)));
  if (access) await replaceGrants(tx, organisationId, memberId, access, newGrantId);
}

/** Gives a member an account of their own: the same member signs in from now on. */
export async function giveAccount(
  tx: Tx,
  organisationId: string,
  memberId: string,
  account: NewAccount,
): Promise<void> {
  await insertAccount(tx, account);
  await tx
    .update(member)
    .set({ userId: account.userId, name: account.name, email: null })
    .where(and(eq(member.organisationId, organisationId), eq(member.id, memberId)));
}

const another = (organisationId: string, exceptId: string | null) =>
  and(eq(member.organisationId, organisationId), exceptId === null ? undefined : ne(member.id, exceptId));

/** Whether another member has this employee number. */
export async function numberTaken(
  db: Reader,
  organisationId: string,
  employeeNumber: string,
  exceptId: string | null,
): Promise<boolean> {
  const which = and(another(organisationId, exceptId), eq(member.employeeNumber, employeeNumber));
  return (await db.$count(member, which)) > 0;
}

/** Whether another member of the organisation has this e-mail address, with a sign-in or without. */
export async function emailTakenWithin(
  db: Reader,
  organisationId: string,
  email: string,
  exceptId: string | null,
): Promise<boolean> {
  const rows = await db
    .select({ id: member.id })
    .from(member)
    .leftJoin(user, eq(user.id, member.userId))
    .where(and(another(organisationId, exceptId), sql`lower(${emailOfMember}) = lower(${email})`))
    .limit(1);
  return rows.length > 0;
}

/** The member without a sign-in who has this e-mail address, locked. */
export async function findUnsignedByEmail(
  tx: Tx,
  organisationId: string,
  email: string,
): Promise<string | null> {
  const [row] = await tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), sql`lower(${member.email}) = lower(${email})`))
    .for('update');
  return row?.id ?? null;
}

/** Ends the invitations that name the member and were not accepted yet. */
export async function endInvitationsOf(
  tx: Tx,
  organisationId: string,
  memberId: string,
  now: string,
): Promise<void> {
  await tx
    .update(link)
    .set({ revokedAt: now })
    .where(
      and(
        eq(link.organisationId, organisationId),
        eq(link.memberId, memberId),
        isNull(link.usedAt),
        isNull(link.revokedAt),
      ),
    );
}
