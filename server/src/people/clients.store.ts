// SQL of clients and their lines of business.
import { and, asc, eq } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { client, lob } from '../db/schema.ts';

type Reader = Database | Tx;

/** What is archived keeps what it has, and is offered for nothing new. */
interface Named {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
}

export interface Client extends Named {
  readonly lobs: readonly Named[];
}

/** Every client of the organisation with its lines of business, by name, archived ones too. */
export async function listClients(db: Reader, organisationId: string): Promise<Client[]> {
  const clients = await db
    .select({ id: client.id, name: client.name, archivedAt: client.archivedAt })
    .from(client)
    .where(eq(client.organisationId, organisationId))
    .orderBy(asc(client.name));
  const lobs = await db
    .select({ id: lob.id, name: lob.name, clientId: lob.clientId, archivedAt: lob.archivedAt })
    .from(lob)
    .where(eq(lob.organisationId, organisationId))
    .orderBy(asc(lob.name));
  return clients.map((row) => ({
    ...named(row),
    lobs: lobs.filter(({ clientId }) => clientId === row.id).map(named),
  }));
}

const named = ({ id, name, archivedAt }: { id: string; name: string; archivedAt: string | null }): Named => ({
  id,
  name,
  archived: archivedAt !== null,
});

export async function insertClient(
  tx: Tx,
  organisationId: string,
  {
    id,
    name,
    lobs,
  }: Omit<Client, 'archived' | 'lobs'> & { readonly lobs: readonly Omit<Named, 'archived'>[] },
): Promise<void> {
  await tx.insert(client).values({ id, organisationId, name });
  for (const added of lobs) await insertLob(tx, organisationId, id, added);
}

export async function insertLob(
  tx: Tx,
  organisationId: string,
  clientId: string,
  { id, name }: Omit<Named, 'archived'>,
): Promise<void> {
  await tx.insert(lob).values({ id, name, organisationId, clientId });
}

/** What is to change; what is left out stays. `archivedAt`: `null` takes it up again. */
interface Change {
  readonly name?: string | undefined;
  readonly archivedAt?: string | null | undefined;
}

export async function updateClient(
  tx: Tx,
  organisationId: string,
  clientId: string,
  change: Change,
): Promise<void> {
  await tx
    .update(client)
    .set(change)
    .where(and(eq(client.organisationId, organisationId), eq(client.id, clientId)));
}

export async function updateLob(
  tx: Tx,
  organisationId: string,
  clientId: string,
  lobId: string,
  change: Change,
): Promise<void> {
  await tx
    .update(lob)
    .set(change)
    .where(and(eq(lob.organisationId, organisationId), eq(lob.clientId, clientId), eq(lob.id, lobId)));
}
