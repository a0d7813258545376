// The members as a table (E10): what goes out comes in again, and changes nothing.
import { memberColumns } from '@attune/contract';
import { mayDo } from '@attune/domain';
import { Hono, type MiddlewareHandler } from 'hono';
import { rowsToCsv } from '../csv/csv-table.ts';
import type { Database } from '../db/client.ts';
import { transact } from '../db/transact.ts';
import type { ActorEnv } from '../http/actor.ts';
import { callerOf } from '../http/caller.ts';
import { ProblemError } from '../http/problem.ts';
import { describe } from '../http/validate.ts';
import { listClients } from '../people/clients.store.ts';
import { readMemberPage } from '../people/member.store.ts';
import { logSecurity } from '../security/log.ts';
import { csvReply } from './csv-reply.ts';
import { writeAccess } from './member-row.ts';
import type { ImportDeps } from './service.ts';

export function createMemberTableRoutes(deps: ImportDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/export.csv',
      describe('Every member as CSV, with the columns an import takes.', { 200: null }),
      async (c) => {
        const actor = c.get('actor');
        if (!mayDo(actor, 'members.administer')) throw new ProblemError('not-allowed');
        const { organisationId, memberId: actorId } = actor;
        await transact(deps.db, (unit) =>
          logSecurity(deps, unit, { kind: 'members-exported', organisationId, actorId, caller: callerOf(c) }),
        );
        return csvReply(c, 'members.csv', membersToCsv(deps.db, organisationId));
      },
    );
}

async function* membersToCsv(db: Database, organisationId: string): AsyncGenerator<string> {
  const clients = await listClients(db, organisationId);
  yield rowsToCsv([memberColumns], true);
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof readMemberPage>> = await readMemberPage(
      db,
      organisationId,
      cursor ? { cursor } : {},
      'all',
    );
    if (!page) return;
    const rows = page.members.map(({ name, email, employeeNumber, roles, access, active }) => [
      name,
      email,
      employeeNumber,
      roles.join(', '),
      writeAccess(access, clients),
      active ? 'yes' : 'no',
    ]);
    if (rows.length > 0) yield rowsToCsv(rows, false);
    cursor = page.next;
  }
}
