// SQL of whom rows of a table may mean: members by employee number, e-mail address or name.
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { member, user } from '../db/schema.ts';
import { type Member, selectMembers } from '../people/store.ts';

export async function membersMeant(
  tx: Tx,
  organisationId: string,
  asked: {
    readonly numbers: readonly string[];
    readonly emails: readonly string[];
    readonly names: readonly string[];
  },
): Promise<{
  byNumber: Map<string, Member>;
  byEmail: Map<string, Member>;
  byName: Map<string, Member[]>;
}> {
  const among = (values: readonly string[], which: (values: string[]) => SQL) =>
    values.length === 0
      ? Promise.resolve([])
      : selectMembers(tx, organisationId, and(eq(member.guest, false), which([...new Set(values)])));
  const numbered = await among(asked.numbers, (values) => inArray(member.employeeNumber, values));
  // Apart, so that each is found by an index of its own.
  const unsigned = await among(asked.emails, (values) => inArray(sql`lower(${member.email})`, values));
  const signedUp = await among(asked.emails, (values) => inArray(sql`lower(${user.email})`, values));
  const named = await among(asked.names, (values) => inArray(member.name, values));
  const byName = new Map<string, Member[]>();
  for (const one of named) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return {
    byNumber: new Map(numbered.map((one) => [one.employeeNumber ?? '', one])),
    byEmail: new Map([...unsigned, ...signedUp].map((one) => [(one.email ?? '').toLowerCase(), one])),
    byName,
  };
}

/** Members by id. */
export async function membersWith(
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, Member>> {
  if (ids.length === 0) return new Map();
  const found = await selectMembers(tx, organisationId, inArray(member.id, [...ids]));
  return new Map(found.map((one) => [one.id, one]));
}
