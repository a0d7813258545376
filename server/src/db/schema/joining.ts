// Coming into a session: its links, the lobby, who watches, sign-ins limited to one session, a guest's further devices, and which
// browsers opened a place. Tokens and words are never here, only their hashes.
import { sql } from 'drizzle-orm';
import {
  boolean,
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
import { session } from './sessions.ts';

/** A link of a session. At most one of each kind lives at a time. */
export const sessionLink = pgTable(
  'session_link',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    kind: text('kind').notNull().$type<'join' | 'display'>(),
    tokenHash: bytea('token_hash').notNull().unique('session_link_token_hash_unique'),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    foreignKey({
      name: 'session_link_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    check('session_link_kind', sql`${table.kind} in ('join', 'display')`),
    uniqueIndex('session_link_living').on(table.sessionId, table.kind).where(sql`${table.revokedAt} is null`),
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
    /** Where they ask from, as a keyed hash of the address. */
    placeHash: bytea('place_hash'),
    /** Who let them in. */
    answeredBy: uuid('answered_by'),
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

/** Members who were put out of a session: no link lets them in, and nothing of it is theirs to read. */
export const putOut = pgTable(
  'put_out',
  {
    sessionId: uuid('session_id').notNull(),
    memberId: uuid('member_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'put_out_key', columns: [table.sessionId, table.memberId] }),
    foreignKey({
      name: 'put_out_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'put_out_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
    index('put_out_member_index').on(table.memberId, table.sessionId),
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
 * A sign-in that sees one session and nothing else: a guest's. It stays as long as the sign-in: the session is named without a
 * foreign key, since a limit that went with it would leave a sign-in without one.
 */
export const limitedSignIn = pgTable(
  'limited_sign_in',
  {
    signInId: uuid('sign_in_id')
      .primaryKey()
      .references(() => signIn.id, { onDelete: 'cascade' }),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
  },
  (table) => [index('limited_sign_in_session_index').on(table.sessionId)],
);

/**
 * A guest's further device that asks to be let in, by the guest who is in. `secretHash`: the device's own word, by which it hears
 * the answer.
 */
export const deviceRequest = pgTable(
  'device_request',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    /** Keyed hash of the two words it shows. */
    wordsHash: bytea('words_hash').notNull(),
    /** The guest who let it in; `null` while it asks. */
    memberId: uuid('member_id'),
    secretHash: bytea('secret_hash').notNull().unique('device_request_secret_unique'),
    device: text('device').notNull(),
    state: text('state').notNull().default('asking').$type<'asking' | 'allowed' | 'used'>(),
    askedAt: instant('asked_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'device_request_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    check('device_request_state', sql`${table.state} in ('asking', 'allowed', 'used')`),
    index('device_request_session_index').on(table.sessionId, table.state),
  ],
);

/**
 * A sign-in that opened a person's place in a session: their sheet, votes, notes. By member, so that it outlives a place that is
 * started again. Members and sign-ins end, what was opened stays told.
 */
export const placeEntry = pgTable(
  'place_entry',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    memberId: uuid('member_id').notNull(),
    signInId: uuid('sign_in_id').notNull(),
    /** SHA-256 of the browser's own cookie. */
    browserHash: bytea('browser_hash').notNull(),
    device: text('device').notNull(),
    enteredAt: instant('entered_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'place_entry_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    unique('place_entry_once').on(table.sessionId, table.memberId, table.signInId),
  ],
);

/** What one browser of a place said of another. */
export const placeAnswer = pgTable(
  'place_answer',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    memberId: uuid('member_id').notNull(),
    bySignInId: uuid('by_sign_in_id').notNull(),
    byBrowserHash: bytea('by_browser_hash').notNull(),
    aboutBrowserHash: bytea('about_browser_hash').notNull(),
    answer: text('answer').notNull().$type<'me' | 'not-me'>(),
    /** The sheet was started again, or the submission taken back. */
    afresh: boolean('afresh').notNull().default(false),
    answeredAt: instant('answered_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'place_answer_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    check('place_answer_kind', sql`${table.answer} in ('me', 'not-me')`),
    index('place_answer_place').on(table.sessionId, table.memberId),
  ],
);
