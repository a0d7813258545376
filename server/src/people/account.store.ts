// SQL of one's own account: its password, its sign-ins, and links that set a new password.
import { and, desc, eq, gt, isNull, ne, or, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { account, link, member, organisation, signIn, user } from '../db/schema.ts';
import { longestDays } from './sign-in-life.ts';

type Reader = Database | Tx;

const passwordOf = (db: Reader, userId: string) =>
  db
    .select({ password: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')));

/** The stored password of an account; `null` for one without, as the demo's. */
export async function findPassword(db: Reader, userId: string): Promise<string | null> {
  const [row] = await passwordOf(db, userId);
  return row?.password ?? null;
}

/** The same, after any change that is under way: it waits for whoever holds the row to write a new one. */
export async function findSettledPassword(db: Database, userId: string): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [row] = await passwordOf(tx, userId).for('share');
    return row?.password ?? null;
  });
}

/**
 * Writes a new password, as it is stored.
 * @param before what was there when the person proved to know it; `false` where it has changed meanwhile
 */
export async function replacePassword(
  tx: Tx,
  userId: string,
  password: string,
  before?: string,
): Promise<boolean> {
  const changed = await tx
    .update(account)
    .set({ password, updatedAt: sql`now()` })
    .where(
      and(
        eq(account.userId, userId),
        eq(account.providerId, 'credential'),
        before === undefined ? undefined : eq(account.password, before),
      ),
    )
    .returning({ id: account.id });
  return changed.length === 1;
}

/**
 * Tells on the account that its password was set by a link, and whose (`null`: the operator's). One's own link leaves what others
 * did to the account as it was: else whoever came in by another's reset could wash it off with a link of their own (J2).
 */
export async function markReset(
  tx: Tx,
  of: { readonly userId: string; readonly memberId: string },
  at: string,
  by: string | null,
): Promise<void> {
  const isOwn = by === of.memberId;
  await tx
    .update(user)
    .set({ passwordResetAt: at, passwordResetBy: by, updatedAt: sql`now()` })
    .where(
      and(
        eq(user.id, of.userId),
        isOwn ? or(isNull(user.passwordResetAt), eq(user.passwordResetBy, of.memberId)) : undefined,
      ),
    );
}

/** Every sign-in of an account that still lives, the last used first. */
export async function listSignIns(db: Reader, userId: string) {
  return db
    .select({
      id: signIn.id,
      createdAt: signIn.createdAt,
      usedAt: signIn.updatedAt,
      address: signIn.ipAddress,
      userAgent: signIn.userAgent,
    })
    .from(signIn)
    .where(
      and(
        eq(signIn.userId, userId),
        gt(signIn.expiresAt, sql`now()`),
        gt(signIn.createdAt, sql`now() - make_interval(days => ${longestDays})`),
      ),
    )
    .orderBy(desc(signIn.updatedAt), desc(signIn.id));
}

/** Ends one sign-in of the account; `false` where it has no such one. */
export async function deleteSignIn(tx: Tx | Database, userId: string, signInId: string): Promise<boolean> {
  const ended = await tx
    .delete(signIn)
    .where(and(eq(signIn.userId, userId), eq(signIn.id, signInId)))
    .returning({ id: signIn.id });
  return ended.length === 1;
}

/** Ends every sign-in of the account but one; returns their ids. */
export async function deleteOtherSignIns(tx: Tx, userId: string, kept: string): Promise<string[]> {
  const rows = await tx
    .delete(signIn)
    .where(and(eq(signIn.userId, userId), ne(signIn.id, kept)))
    .returning({ id: signIn.id });
  return rows.map(({ id }) => id);
}

/** The sign-in that a token, just given out, stands for. */
export async function findSignInByToken(db: Reader, token: string) {
  const [row] = await db
    .select({ id: signIn.id, userId: signIn.userId })
    .from(signIn)
    .where(eq(signIn.token, token));
  return row ?? null;
}

/** An account with its person, by e-mail or by who is a member; guests have none. */
export async function findAccount(
  db: Reader,
  by: { email: string } | { memberId: string } | { userId: string },
) {
  const [row] = await db
    .select({
      userId: user.id,
      email: user.email,
      memberId: member.id,
      name: member.name,
      active: member.active,
      organisationId: member.organisationId,
      organisation: organisation.name,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(organisation, eq(organisation.id, member.organisationId))
    .where(
      and(
        eq(member.guest, false),
        'email' in by
          ? sql`lower(${user.email}) = lower(${by.email})`
          : 'userId' in by
            ? eq(user.id, by.userId)
            : eq(member.id, by.memberId),
      ),
    );
  return row ?? null;
}

/** The only organisation there is; `null` where there are none, or several. */
export async function findOnlyOrganisation(db: Reader): Promise<string | null> {
  const found = await db.select({ id: organisation.id }).from(organisation).limit(2);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** Ends every link that could still set the account's password. */
export async function revokeResetLinks(tx: Tx, userId: string, now: string): Promise<void> {
  await tx
    .update(link)
    .set({ revokedAt: now })
    .where(
      and(
        eq(link.kind, 'password-reset'),
        eq(link.userId, userId),
        isNull(link.usedAt),
        isNull(link.revokedAt),
      ),
    );
}
