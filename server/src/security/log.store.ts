// SQL of the security log.
import type { Database, Tx } from '../db/client.ts';
import { securityEvent } from '../db/schema.ts';

export async function insertSecurityEvent(
  tx: Tx | Database,
  row: typeof securityEvent.$inferInsert,
): Promise<void> {
  await tx.insert(securityEvent).values(row);
}
