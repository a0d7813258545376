// What a database holds, for who may be let into it how (O6).
import { notLike, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { account, link, organisation, user } from '../../db/schema.ts';
import { emailDomain } from './people.ts';

/** `part`: a filling of the demo that was cut short, which may be thrown away. `own`: begun, or used, for real. */
export type Holding = 'nothing' | 'part' | 'demo' | 'own';

export async function findHolding(db: Database): Promise<Holding> {
  const organisations = await db.select({ demo: organisation.demo }).from(organisation);
  if (organisations.some(({ demo }) => demo)) return 'demo';
  // A link, a password, or a person who is not the demo's: filling in the demo makes none of these.
  const real = await db.execute<{ found: boolean }>(sql`select
    exists (select from ${link}) or exists (select from ${account})
    or exists (select from ${user} where ${notLike(user.email, `%@${emailDomain}`)}) as found`);
  if (real[0]?.found) return 'own';
  return organisations.length > 0 ? 'part' : 'nothing';
}
