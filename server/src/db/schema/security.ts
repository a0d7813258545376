// The security log of an organisation.
import type { SecurityDetail, SecurityKind } from '@attune/contract';
import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { organisation } from './people.ts';

/**
 * Who came in, who let whom in, who took what out. Rows are only added, and pruned when they are old. Members, sessions, links and
 * sign-ins are named without a foreign key: what happened stays told when they are gone.
 */
export const securityEvent = pgTable(
  'security_event',
  {
    id: uuid('id').primaryKey(),
    /** `null` where none is known: a sign-in to an account that does not exist, a rotated key. */
    organisationId: uuid('organisation_id').references(() => organisation.id),
    at: instant('at').notNull(),
    kind: text('kind').notNull().$type<SecurityKind>(),
    /** The member who did it; `null` where nobody was signed in. */
    actorId: uuid('actor_id'),
    /** The member it was done to. */
    memberId: uuid('member_id'),
    sessionId: uuid('session_id'),
    linkId: uuid('link_id'),
    signInId: uuid('sign_in_id'),
    address: text('address'),
    device: text('device'),
    detail: jsonb('detail').notNull().default(sql`'{}'::jsonb`).$type<SecurityDetail>(),
  },
  (table) => [
    index('security_event_newest').on(table.organisationId, table.at.desc(), table.id.desc()),
    index('security_event_age').on(table.at),
  ],
);
