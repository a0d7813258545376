// Many evaluators, signed in. Their accounts are rows with the password of somebody who came by an invitation: to make each by the
// pages would take longer than the bench. Names only the columns that every version has.
import postgres from 'postgres';
import { signedIn } from '../support/begun.ts';
import type { Person } from '../support/people.ts';

/** Checking a password takes a processor for some time: more at once gain nothing. */
const atOnce = 4;
const emailOf = (number: number) => `evaluator${number}@example.org`;

/** @param like whose password and organisation they have */
async function addEvaluators(databaseUrl: string, like: Person, size: number): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    await sql`
      with model as (
        select member.organisation_id, account.password
        from member join account on account.user_id = member.user_id
        where member.id = ${like.memberId}
      ), one as (
        select number, gen_random_uuid() as user_id from generate_series(1, ${size}::integer) as number
      ), users as (
        insert into "user" (id, name, email, email_verified)
        select user_id, 'Evaluator ' || number, 'evaluator' || number || '@example.org', true from one
      ), accounts as (
        insert into account (id, account_id, provider_id, user_id, password)
        select gen_random_uuid(), user_id::text, 'credential', user_id, password from one, model
      )
      insert into member (id, organisation_id, user_id, name, roles, whole_organisation)
      select gen_random_uuid(), organisation_id, user_id, 'Evaluator ' || number, '{evaluator}', true from one, model`;
  } finally {
    await sql.end();
  }
}

/** @param like somebody with an account and a password, whose organisation they belong to */
export async function signInCrowd(
  url: string,
  databaseUrl: string,
  like: Person,
  size: number,
): Promise<Person[]> {
  await addEvaluators(databaseUrl, like, size);
  const crowd: Person[] = [];
  while (crowd.length < size) {
    const numbers = Array.from(
      { length: Math.min(atOnce, size - crowd.length) },
      (_, at) => crowd.length + at + 1,
    );
    crowd.push(...(await Promise.all(numbers.map((number) => signedIn(url, emailOf(number))))));
  }
  return crowd;
}
