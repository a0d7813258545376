// SQL of the server's key: which one the database was written with, and writing everything that lies under it anew.
import { asc, eq, gt, isNull } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import {
  commandReply,
  deviceRequest,
  organisation,
  serverKey,
  session,
  sessionLink,
  signIn,
} from '../db/schema.ts';

type Reader = Database | Tx;

/** The proof of the right key; `null` where nothing was ever written under one, or by a version that kept none. */
export async function findProof(db: Reader): Promise<Uint8Array | null> {
  const [row] = await db.select({ proof: serverKey.proof }).from(serverKey);
  return row?.proof ?? null;
}

/** The same, held until the transaction ends. */
export async function lockProof(tx: Tx): Promise<Uint8Array | null> {
  const [row] = await tx.select({ proof: serverKey.proof }).from(serverKey).for('update');
  return row?.proof ?? null;
}

/** Keeps the proof where there is none yet: of two servers that start at once the first one’s stays. */
export async function insertProof(db: Database, proof: Uint8Array): Promise<void> {
  await db.insert(serverKey).values({ proof }).onConflictDoNothing();
}

export async function replaceProof(tx: Tx, proof: Uint8Array, rotatedAt: string): Promise<void> {
  await tx.update(serverKey).set({ proof, rotatedAt }).where(eq(serverKey.id, 1));
}

export interface WrappedKey {
  readonly sessionId: string;
  readonly organisationId: string;
  readonly wrappedKey: Uint8Array;
}

/** Data keys of sessions as they are stored, by id, from after the given one. */
export async function listWrappedKeys(db: Reader, after: string | null, most: number): Promise<WrappedKey[]> {
  return db
    .select({
      sessionId: session.id,
      organisationId: session.organisationId,
      wrappedKey: session.wrappedKey,
    })
    .from(session)
    .where(after === null ? undefined : gt(session.id, after))
    .orderBy(asc(session.id))
    .limit(most);
}

export async function writeWrappedKey(tx: Tx, { sessionId, wrappedKey }: WrappedKey): Promise<void> {
  await tx.update(session).set({ wrappedKey }).where(eq(session.id, sessionId));
}

/** Links of sessions that have not been ended. */
export async function listLinkIds(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ id: sessionLink.id }).from(sessionLink).where(isNull(sessionLink.revokedAt));
  return rows.map(({ id }) => id);
}

export async function writeTokenHash(tx: Tx, linkId: string, tokenHash: Uint8Array): Promise<void> {
  await tx.update(sessionLink).set({ tokenHash }).where(eq(sessionLink.id, linkId));
}

/** What an old key opened and nothing needs: replies kept for repeats, devices that ask, and every sign-in, whose cookie is signed. */
export async function deleteWhatItOpened(tx: Tx): Promise<void> {
  await tx.delete(commandReply);
  await tx.delete(deviceRequest);
  await tx.delete(signIn);
}

export async function listOrganisationIds(tx: Tx): Promise<string[]> {
  return (await tx.select({ id: organisation.id }).from(organisation)).map(({ id }) => id);
}
