// Coming into a session by a link: the links, the lobby, who watches, sign-ins limited to one session, and devices that ask to be
// let in. Tokens are never here, only their SHA-256.
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, instant } from './columns.ts';
import { member, signIn } from './people.ts';
import { participant, session } from './sessions.ts';

/** A link of a session. At most one of each kind lives at a time; a personal one for each participant. */
export const sessionLink = pgTable(
  'session_link',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    kind: text('kind').notNull().$type<'join' | 'display' | 'personal'>(),
    participantId: uuid('participant_id'),
    tokenHash: bytea('token_hash').notNull().unique('session_link_token_hash_unique'),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    /** When the first device opened a personal link. */
    usedAt: instant('used_at'),
  },
  (table) => [
    foreignKey({
      name: 'session_link_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'session_link_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }).onDelete('cascade'),
    check('session_link_kind', sql`${table.kind} in ('join', 'display', 'personal')`),
    check('session_link_owner', sql`(${table.kind} = 'personal') = (${table.participantId} is not null)`),
    uniqueIndex('session_link_living')
      .on(table.sessionId, table.kind)
      .where(sql`${table.revokedAt} is null and ${table.kind} <> 'personal'`),
    uniqueIndex('session_link_personal')
      .on(table.participantId)
      .where(sql`${table.revokedAt} is null and ${table.kind} = 'personal'`),
  ],
);

/** A guest in the lobby, and what became of it. */
export const lobbyEntry = pgTable(
  'lobby_entry',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    memberId: uuid('member_id').notNull(),
    state: text('state').notNull().default('waiting').$type<'waiting' | 'admitted' | 'turned-away'>(),
    askedAt: instant('asked_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'lobby_entry_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'lobby_entry_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
    check('lobby_entry_state', sql`${table.state} in ('waiting', 'admitted', 'turned-away')`),
    unique('lobby_entry_once').on(table.sessionId, table.memberId),
  ],
);

/** Members who watch a session without scoring. */
export const observer = pgTable(
  'observer',
  {
    sessionId: uuid('session_id').notNull(),
    memberId: uuid('member_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    addedAt: instant('added_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'observer_key', columns: [table.sessionId, table.memberId] }),
    foreignKey({
      name: 'observer_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'observer_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
    index('observer_member_index').on(table.memberId, table.sessionId),
  ],
);

/**
 * A sign-in that sees one session and nothing else: a guest's, or one made by a personal invite. It stays as long as the sign-in:
 * session and link are named without a foreign key, since a limit that went with them would leave a sign-in without one.
 */
export const limitedSignIn = pgTable(
  'limited_sign_in',
  {
    signInId: uuid('sign_in_id')
      .primaryKey()
      .references(() => signIn.id, { onDelete: 'cascade' }),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    /** The link it came by, whose end ends it; `null` for guests admitted from the lobby. */
    linkId: uuid('link_id'),
  },
  (table) => [index('limited_sign_in_session_index').on(table.sessionId)],
);

/** A further device that asks to open a personal invite. `secretHash`: the device's own word, by which it hears the answer. */
export const deviceRequest = pgTable(
  'device_request',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    linkId: uuid('link_id')
      .notNull()
      .references(() => sessionLink.id, { onDelete: 'cascade' }),
    participantId: uuid('participant_id').notNull(),
    secretHash: bytea('secret_hash').notNull().unique('device_request_secret_unique'),
    device: text('device').notNull(),
    state: text('state').notNull().default('asking').$type<'asking' | 'allowed' | 'refused' | 'used'>(),
    askedAt: instant('asked_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'device_request_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'device_request_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }).onDelete('cascade'),
    check('device_request_state', sql`${table.state} in ('asking', 'allowed', 'refused', 'used')`),
    index('device_request_session_index').on(table.sessionId, table.state),
  ],
);
