// SQL of a session's links, of sign-ins limited to one session, of the lobby's people and of devices that ask to be let in.
import { and, eq, gt, inArray, isNull, notExists, type SQL, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import {
  deviceRequest,
  document,
  documentUpdate,
  limitedSignIn,
  member,
  participant,
  session,
  sessionLink,
  signIn,
  user,
} from '../db/schema.ts';

type Reader = Database | Tx;
export type LinkRow = typeof sessionLink.$inferSelect;
export type LinkKind = LinkRow['kind'];
export type DeviceRow = typeof deviceRequest.$inferSelect;

/** Which link of a session: its join or display link, or a participant's personal one. */
export interface LinkOf {
  readonly sessionId: string;
  readonly kind: LinkKind;
  readonly participantId: string | null;
}

const isOf = (organisationId: string, { sessionId, kind, participantId }: LinkOf): SQL | undefined =>
  and(
    eq(sessionLink.organisationId, organisationId),
    eq(sessionLink.sessionId, sessionId),
    eq(sessionLink.kind, kind),
    participantId === null ? isNull(sessionLink.participantId) : eq(sessionLink.participantId, participantId),
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

/** Ends the links; returns their ids, and the sign-ins that came by them, which are deleted. */
export async function revokeLinks(
  tx: Tx,
  organisationId: string,
  of: LinkOf,
  now: string,
): Promise<{ linkIds: string[]; signInIds: string[] }> {
  const ended = await tx
    .update(sessionLink)
    .set({ revokedAt: now })
    .where(isOf(organisationId, of))
    .returning({ id: sessionLink.id });
  const linkIds = ended.map(({ id }) => id);
  if (linkIds.length === 0) return { linkIds, signInIds: [] };
  const came = await tx
    .select({ id: limitedSignIn.signInId })
    .from(limitedSignIn)
    .where(inArray(limitedSignIn.linkId, linkIds));
  const signInIds = came.map(({ id }) => id);
  if (signInIds.length > 0) await tx.delete(signIn).where(inArray(signIn.id, signInIds));
  return { linkIds, signInIds };
}

/** What a participant has written in their sealed sheet. */
const writtenBy = (
  tx: Tx,
  organisationId: string,
  participantId: string | typeof sessionLink.participantId,
) =>
  tx
    .select({ one: sql`1` })
    .from(documentUpdate)
    .innerJoin(document, eq(document.id, documentUpdate.documentId))
    .where(and(eq(document.organisationId, organisationId), eq(document.participantId, participantId)));

/** Whether there is anything in a participant's sealed sheet that another device could read. */
export const hasWritten = async (tx: Tx, organisationId: string, participantId: string): Promise<boolean> =>
  (await writtenBy(tx, organisationId, participantId).limit(1)).length > 0;

/**
 * Marks a personal link as opened by its first device; `false` where another was faster, or the link has ended. Whoever has typed
 * already has a first device: nobody who holds a fresh link opens their sealed sheet without a yes, whoever made the link.
 */
export async function claimLink(
  tx: Tx,
  organisationId: string,
  linkId: string,
  now: string,
): Promise<boolean> {
  const claimed = await tx
    .update(sessionLink)
    .set({ usedAt: now })
    .where(
      and(
        eq(sessionLink.organisationId, organisationId),
        eq(sessionLink.id, linkId),
        isNull(sessionLink.revokedAt),
        isNull(sessionLink.usedAt),
        notExists(writtenBy(tx, organisationId, sessionLink.participantId)),
      ),
    )
    .returning({ id: sessionLink.id });
  return claimed.length === 1;
}

// — sign-ins limited to one session ——————————————————————————————————————————————————————————————————————————————————————

export async function insertLimit(
  db: Reader,
  organisationId: string,
  row: { signInId: string; sessionId: string; linkId: string | null },
): Promise<void> {
  await db.insert(limitedSignIn).values({ ...row, organisationId });
}

// — people who come in ———————————————————————————————————————————————————————————————————————————————————————————————————

/** Makes a guest: an account without a password, a member without roles. */
export async function insertGuest(
  tx: Tx,
  organisationId: string,
  row: { id: string; userId: string; name: string },
): Promise<void> {
  const { id, userId, name } = row;
  const email = `guest-${id}@guests.invalid`;
  await tx.insert(user).values({ id: userId, name, email, emailVerified: false });
  await tx.insert(member).values({ id, organisationId, userId, name, roles: [], guest: true });
}

/** The participant a personal link belongs to, with the account behind; `null` where they are excused or gone. */
export async function findInvited(db: Reader, organisationId: string, participantId: string) {
  const [row] = await db
    .select({
      participantId: participant.id,
      state: participant.state,
      memberId: member.id,
      userId: member.userId,
      name: member.name,
      active: member.active,
      sessionName: session.name,
    })
    .from(participant)
    .innerJoin(member, eq(member.id, participant.memberId))
    .innerJoin(session, eq(session.id, participant.sessionId))
    .where(and(eq(participant.organisationId, organisationId), eq(participant.id, participantId)));
  return row?.active && row.state !== 'excused' ? row : null;
}

// — devices that ask —————————————————————————————————————————————————————————————————————————————————————————————————————

export async function insertDeviceRequest(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof deviceRequest.$inferInsert, 'organisationId'>,
): Promise<void> {
  await tx.insert(deviceRequest).values({ ...row, organisationId });
}

/** Requests that wait for a yes, the longest waiting first. */
export async function listDeviceRequests(
  db: Reader,
  organisationId: string,
  sessionId: string,
  now: string,
): Promise<(DeviceRow & { name: string })[]> {
  const rows = await db
    .select({ request: deviceRequest, name: member.name })
    .from(deviceRequest)
    .innerJoin(participant, eq(participant.id, deviceRequest.participantId))
    .innerJoin(member, eq(member.id, participant.memberId))
    .where(
      and(
        eq(deviceRequest.organisationId, organisationId),
        eq(deviceRequest.sessionId, sessionId),
        eq(deviceRequest.state, 'asking'),
        gt(deviceRequest.expiresAt, now),
      ),
    )
    .orderBy(deviceRequest.askedAt, deviceRequest.id);
  return rows.map(({ request, name }) => ({ ...request, name }));
}

/** The request by its id and the hash of the device's own word, locked; `null` where either is wrong, or it or its link has ended. */
export async function lockDeviceRequest(
  tx: Tx,
  requestId: string,
  secretHash: Uint8Array,
  now: string,
): Promise<DeviceRow | null> {
  const [row] = await tx
    .select({ request: deviceRequest })
    .from(deviceRequest)
    .innerJoin(
      sessionLink,
      and(
        eq(sessionLink.id, deviceRequest.linkId),
        isNull(sessionLink.revokedAt),
        gt(sessionLink.expiresAt, now),
      ),
    )
    .where(
      and(
        eq(deviceRequest.id, requestId),
        eq(deviceRequest.secretHash, secretHash),
        gt(deviceRequest.expiresAt, now),
      ),
    )
    .for('update', { of: deviceRequest });
  return row?.request ?? null;
}

/** Moves a request on from one state; `false` where it was not in it. */
export async function moveDeviceRequest(
  tx: Tx,
  organisationId: string,
  requestId: string,
  from: DeviceRow['state'],
  to: DeviceRow['state'],
): Promise<boolean> {
  const moved = await tx
    .update(deviceRequest)
    .set({ state: to })
    .where(
      and(
        eq(deviceRequest.organisationId, organisationId),
        eq(deviceRequest.id, requestId),
        eq(deviceRequest.state, from),
      ),
    )
    .returning({ id: deviceRequest.id });
  return moved.length === 1;
}
