// SQL of a session's links, of sign-ins limited to one session, of the lobby's people and of devices that ask to be let in.
import { and, eq, exists, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { deviceRequest, limitedSignIn, member, observer, participant, sessionLink } from '../db/schema.ts';

type Reader = Database | Tx;
export type LinkRow = typeof sessionLink.$inferSelect;
export type LinkKind = LinkRow['kind'];
export type DeviceRow = typeof deviceRequest.$inferSelect;

/** Which link of a session. */
export interface LinkOf {
  readonly sessionId: string;
  readonly kind: LinkKind;
}

const isOf = (organisationId: string, { sessionId, kind }: LinkOf): SQL | undefined =>
  and(
    eq(sessionLink.organisationId, organisationId),
    eq(sessionLink.sessionId, sessionId),
    eq(sessionLink.kind, kind),
    isNull(sessionLink.revokedAt),
  );

/** The living link, `null` where there is none; one that has expired does not live. */
export async function findLinkOf(
  db: Reader,
  organisationId: string,
  of: LinkOf,
  now: string,
): Promise<LinkRow | null> {
  const [row] = await db
    .select()
    .from(sessionLink)
    .where(and(isOf(organisationId, of), gt(sessionLink.expiresAt, now)));
  return row ?? null;
}

/** The living link behind a token's hash, whatever organisation it belongs to. */
export async function findLivingLink(
  db: Reader,
  kind: LinkKind,
  tokenHash: Uint8Array,
  now: string,
): Promise<LinkRow | null> {
  const [row] = await db
    .select()
    .from(sessionLink)
    .where(
      and(
        eq(sessionLink.tokenHash, tokenHash),
        eq(sessionLink.kind, kind),
        isNull(sessionLink.revokedAt),
        gt(sessionLink.expiresAt, now),
      ),
    );
  return row ?? null;
}

export async function insertSessionLink(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof sessionLink.$inferInsert, 'organisationId'>,
): Promise<void> {
  await tx.insert(sessionLink).values({ ...row, organisationId });
}

/** Ends the links; returns their ids. */
export async function revokeLinks(
  tx: Tx,
  organisationId: string,
  of: LinkOf,
  now: string,
): Promise<string[]> {
  const ended = await tx
    .update(sessionLink)
    .set({ revokedAt: now })
    .where(isOf(organisationId, of))
    .returning({ id: sessionLink.id });
  return ended.map(({ id }) => id);
}

// — sign-ins limited to one session ——————————————————————————————————————————————————————————————————————————————————————

export async function insertLimit(
  db: Reader,
  organisationId: string,
  row: { signInId: string; sessionId: string },
): Promise<void> {
  await db.insert(limitedSignIn).values({ ...row, organisationId });
}

// — people who come in ———————————————————————————————————————————————————————————————————————————————————————————————————

/** The account of a guest who is in the session, scoring or watching; `null` for whoever is not, or not any more. */
export async function findGuestAccount(
  db: Reader,
  organisationId: string,
  sessionId: string,
  memberId: string,
): Promise<string | null> {
  const [row] = await db
    .select({ userId: member.userId })
    .from(member)
    .where(
      and(
        eq(member.organisationId, organisationId),
        eq(member.id, memberId),
        eq(member.guest, true),
        eq(member.active, true),
        or(
          exists(
            db
              .select({ one: sql`1` })
              .from(participant)
              .where(and(eq(participant.sessionId, sessionId), eq(participant.memberId, memberId))),
          ),
          exists(
            db
              .select({ one: sql`1` })
              .from(observer)
              .where(and(eq(observer.sessionId, sessionId), eq(observer.memberId, memberId))),
          ),
        ),
      ),
    );
  return row?.userId ?? null;
}

// — devices that ask —————————————————————————————————————————————————————————————————————————————————————————————————————

const asksIn = (organisationId: string, sessionId: string) =>
  and(
    eq(deviceRequest.organisationId, organisationId),
    eq(deviceRequest.sessionId, sessionId),
    eq(deviceRequest.state, 'asking'),
  );

export async function insertDeviceRequest(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof deviceRequest.$inferInsert, 'organisationId'>,
): Promise<void> {
  await tx.insert(deviceRequest).values({ ...row, organisationId });
}

/** How many devices wait for a yes. */
export async function countDeviceRequests(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  now: string,
): Promise<number> {
  return tx.$count(deviceRequest, and(asksIn(organisationId, sessionId), gt(deviceRequest.expiresAt, now)));
}

/** Whether a device of the session is shown words of this hash already. */
export async function isAsked(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  wordsHash: Uint8Array,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: deviceRequest.id })
    .from(deviceRequest)
    .where(and(asksIn(organisationId, sessionId), eq(deviceRequest.wordsHash, wordsHash)));
  return row !== undefined;
}

/** Lets in the device that shows these words, as this member; returns it in words, `null` where there is none. */
export async function allowDeviceRequest(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  { wordsHash, memberId, now }: { wordsHash: Uint8Array; memberId: string; now: string },
): Promise<string | null> {
  const [allowed] = await tx
    .update(deviceRequest)
    .set({ state: 'allowed', memberId })
    .where(
      and(
        asksIn(organisationId, sessionId),
        eq(deviceRequest.wordsHash, wordsHash),
        gt(deviceRequest.expiresAt, now),
      ),
    )
    .returning({ device: deviceRequest.device });
  return allowed?.device ?? null;
}

/** The request by its id and the hash of the device's own word, locked; `null` where either is wrong, or its time is over. */
export async function lockDeviceRequest(
  tx: Tx,
  requestId: string,
  secretHash: Uint8Array,
  now: string,
): Promise<DeviceRow | null> {
  const [row] = await tx
    .select()
    .from(deviceRequest)
    .where(
      and(
        eq(deviceRequest.id, requestId),
        eq(deviceRequest.secretHash, secretHash),
        gt(deviceRequest.expiresAt, now),
      ),
    )
    .for('update');
  return row ?? null;
}

/** A yes signs one device in, once. */
export async function useDeviceRequest(tx: Tx, organisationId: string, requestId: string): Promise<void> {
  await tx
    .update(deviceRequest)
    .set({ state: 'used' })
    .where(and(eq(deviceRequest.organisationId, organisationId), eq(deviceRequest.id, requestId)));
}
