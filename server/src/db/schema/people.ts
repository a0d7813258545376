// Organisations, people, sign-ins, clients, links. `user`, `signIn`, `account` and `verification` are better-auth's.
import type { Role } from '@attune/domain';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, instant } from './columns.ts';

export const organisation = pgTable('organisation', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  demo: boolean('demo').notNull().default(false),
  /** Whether people without an account may be let into sessions by the join link. */
  guestsAllowed: boolean('guests_allowed').notNull().default(true),
  /** Whose days count: an IANA name. */
  timeZone: text('time_zone').notNull().default('UTC'),
  /** What a new calibration begins with. */
  thresholdHundredths: integer('threshold_hundredths').notNull().default(1_000),
  /** Raised by each change of the settings, so that nobody overwrites what they have not seen. */
  settingsRevision: integer('settings_revision').notNull().default(1),
  /** The member who changed them last; `null`: nobody has. */
  settingsBy: uuid('settings_by'),
  createdAt: createdAt(),
});

/** A person who can sign in; better-auth's `user`. */
export const user = pgTable('user', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique('user_email_unique'),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  /** When the password was last set by a link that someone made for this account; `null`: never. */
  passwordResetAt: instant('password_reset_at'),
  /** The member who made that link, possibly this very person; `null` for the operator at the terminal. */
  passwordResetBy: uuid('password_reset_by'),
});

/** A signed-in browser; better-auth's `session`. */
export const signIn = pgTable(
  'sign_in',
  {
    id: uuid('id').primaryKey(),
    token: text('token').notNull().unique('sign_in_token_unique'),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('sign_in_user').on(table.userId)],
);

/** better-auth's `account`: a password, later an identity provider. */
export const account = pgTable(
  'account',
  {
    id: uuid('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: timestamp('access_token_expires_at', { withTimezone: true }),
    refreshTokenExpiresAt: timestamp('refresh_token_expires_at', { withTimezone: true }),
    scope: text('scope'),
    password: text('password'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('account_user').on(table.userId)],
);

/** better-auth's `verification`. */
export const verification = pgTable(
  'verification',
  {
    id: uuid('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('verification_identifier').on(table.identifier)],
);

/** better-auth's rate-limit counters. */
export const rateLimit = pgTable('rate_limit', {
  id: uuid('id').primaryKey(),
  key: text('key').notNull().unique('rate_limit_key_unique'),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
});

export const member = pgTable(
  'member',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    /** `null`: has no sign-in, and may be invited to one later. */
    userId: uuid('user_id').references(() => user.id),
    name: text('name').notNull(),
    /** Of a member without a sign-in alone: whoever has one has the account's. */
    email: text('email'),
    employeeNumber: text('employee_number'),
    roles: text('roles').array().notNull().$type<Role[]>(),
    /** Whole organisation; otherwise the rows of `member_grant`. */
    wholeOrganisation: boolean('whole_organisation').notNull().default(false),
    active: boolean('active').notNull().default(true),
    /** Came by a session's join link: no roles, no password, in no list of members. */
    guest: boolean('guest').notNull().default(false),
    /** One sentence for the demo's sign-in page. */
    about: text('about').notNull().default(''),
    createdAt: createdAt(),
  },
  (table) => [
    unique('member_user_unique').on(table.userId),
    unique('member_organisation_id').on(table.organisationId, table.id),
    unique('member_employee_number').on(table.organisationId, table.employeeNumber),
    uniqueIndex('member_email').on(table.organisationId, sql`lower(${table.email})`),
    index('member_name').on(table.organisationId, table.name, table.id),
    check('member_one_email', sql`${table.userId} is null or ${table.email} is null`),
    check('member_guest_user', sql`not ${table.guest} or ${table.userId} is not null`),
  ],
);

export const client = pgTable(
  'client',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    name: text('name').notNull(),
    archivedAt: instant('archived_at'),
  },
  (table) => [
    unique('client_name_unique').on(table.organisationId, table.name),
    unique('client_organisation_id').on(table.organisationId, table.id),
  ],
);

export const lob = pgTable(
  'lob',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    clientId: uuid('client_id').notNull(),
    name: text('name').notNull(),
    archivedAt: instant('archived_at'),
  },
  (table) => [
    foreignKey({
      name: 'lob_client',
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    unique('lob_name_unique').on(table.clientId, table.name),
    unique('lob_of_client').on(table.organisationId, table.clientId, table.id),
  ],
);

export const memberGrant = pgTable(
  'member_grant',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    memberId: uuid('member_id').notNull(),
    clientId: uuid('client_id').notNull(),
    lobId: uuid('lob_id'),
  },
  (table) => [
    foreignKey({
      name: 'member_grant_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'member_grant_client',
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      name: 'member_grant_lob',
      columns: [table.organisationId, table.clientId, table.lobId],
      foreignColumns: [lob.organisationId, lob.clientId, lob.id],
    }),
    index('member_grant_member_index').on(table.memberId),
  ],
);

/** One-time links: the first administrator's set-up, invitations, new passwords. Only the token's SHA-256 is stored. */
export const link = pgTable(
  'link',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull().$type<'set-up' | 'invitation' | 'password-reset'>(),
    tokenHash: bytea('token_hash').notNull().unique('link_token_hash_unique'),
    /** `null` for a set-up link alone: its organisation is still to come. */
    organisationId: uuid('organisation_id').references(() => organisation.id),
    email: text('email'),
    roles: text('roles').array().$type<Role[]>(),
    access: jsonb('access'),
    /** Which member an invitation gives a sign-in to; `null`: it makes a new one. Roles and access are then the member's. */
    memberId: uuid('member_id'),
    /** Whose password a reset link sets. */
    userId: uuid('user_id').references(() => user.id, { onDelete: 'cascade' }),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    foreignKey({
      name: 'link_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
    check('link_member_kind', sql`${table.memberId} is null or ${table.kind} = 'invitation'`),
    check('link_kind', sql`${table.kind} in ('set-up', 'invitation', 'password-reset')`),
    check('link_organisation', sql`(${table.kind} = 'set-up') = (${table.organisationId} is null)`),
    check('link_user', sql`(${table.kind} = 'password-reset') = (${table.userId} is not null)`),
  ],
);
