// The tables. Rows never leave the stores: they become domain objects there. Every table of a tenant carries its
// organisation, and composite foreign keys keep rows of two organisations from ever meeting.
import type { AgreedAnswer, Answer, Board, Cause, Evidence, Role, Scorecard, Settings } from '@attune/domain';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });
const createdAt = () => instant('created_at').notNull().default(sql`now()`);

// — People ———————————————————————————————————————————————————————————————————————————————————————————————————————————

export const organisation = pgTable('organisation', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  demo: boolean('demo').notNull().default(false),
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
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id),
    name: text('name').notNull(),
    roles: text('roles').array().notNull().$type<Role[]>(),
    /** Whole organisation; otherwise the rows of `member_grant`. */
    wholeOrganisation: boolean('whole_organisation').notNull().default(false),
    active: boolean('active').notNull().default(true),
    /** One sentence for the demo's sign-in page. */
    about: text('about').notNull().default(''),
    createdAt: createdAt(),
  },
  (table) => [
    unique('member_user_unique').on(table.userId),
    unique('member_organisation_id').on(table.organisationId, table.id),
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

/** One-time links: the first administrator's set-up, invitations. Only the token's SHA-256 is stored. */
export const link = pgTable(
  'link',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull().$type<'set-up' | 'invitation'>(),
    tokenHash: bytea('token_hash').notNull().unique('link_token_hash_unique'),
    organisationId: uuid('organisation_id').references(() => organisation.id),
    email: text('email'),
    roles: text('roles').array().$type<Role[]>(),
    access: jsonb('access'),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [check('link_kind', sql`${table.kind} in ('set-up', 'invitation')`)],
);

// — Scorecards ———————————————————————————————————————————————————————————————————————————————————————————————————————

const scopeColumns = () => ({ clientId: uuid('client_id'), lobId: uuid('lob_id') });

export const scorecard = pgTable(
  'scorecard',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    ...scopeColumns(),
    archivedAt: instant('archived_at'),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      name: 'scorecard_client',
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      name: 'scorecard_lob',
      columns: [table.organisationId, table.clientId, table.lobId],
      foreignColumns: [lob.organisationId, lob.clientId, lob.id],
    }),
    check('scorecard_scope', sql`${table.lobId} is null or ${table.clientId} is not null`),
    unique('scorecard_organisation_id').on(table.organisationId, table.id),
  ],
);

/** One version's content. A published version never changes. */
export const scorecardVersion = pgTable(
  'scorecard_version',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    scorecardId: uuid('scorecard_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    content: jsonb('content').notNull().$type<Scorecard>(),
    createdAt: createdAt(),
    publishedAt: instant('published_at'),
  },
  (table) => [
    foreignKey({
      name: 'scorecard_version_scorecard',
      columns: [table.organisationId, table.scorecardId],
      foreignColumns: [scorecard.organisationId, scorecard.id],
    }),
    unique('scorecard_version_number').on(table.scorecardId, table.version),
    uniqueIndex('scorecard_version_one_draft').on(table.scorecardId).where(sql`published_at is null`),
    unique('scorecard_version_organisation_id').on(table.organisationId, table.id),
  ],
);

// — Calibrations —————————————————————————————————————————————————————————————————————————————————————————————————————

export const session = pgTable(
  'session',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    status: text('status').notNull().$type<'draft' | 'scoring' | 'review' | 'resolved' | 'closed'>(),
    facilitatorId: uuid('facilitator_id').notNull(),
    name: text('name').notNull(),
    scorecardVersionId: uuid('scorecard_version_id').notNull(),
    ...scopeColumns(),
    thresholdHundredths: integer('threshold_hundredths').notNull(),
    interactionReference: text('interaction_reference'),
    interactionDate: date('interaction_date', { mode: 'string' }),
    recordingUrl: text('recording_url'),
    transcript: jsonb('transcript').notNull().$type<Settings['transcript']>(),
    meetingAt: instant('meeting_at'),
    dueAt: instant('due_at'),
    questionIds: jsonb('question_ids').$type<readonly string[]>(),
    agentName: text('agent_name'),
    agentNameHidden: boolean('agent_name_hidden').notNull().default(false),
    /** The last change's number; every commit that others may see raises it by one. */
    changeNumber: integer('change_number').notNull().default(0),
    detailRevision: integer('detail_revision').notNull().default(1),
    /** The session's data key, wrapped by the server's (AES-256-GCM). */
    wrappedKey: bytea('wrapped_key').notNull(),
    /** Frozen at the reveal. */
    board: jsonb('board').$type<Board>(),
    flaggedCount: integer('flagged_count'),
    /** Head of the audit log's hash chain. */
    auditHead: bytea('audit_head').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    statusAt: instant('status_at').notNull(),
    scoringAt: instant('scoring_at'),
    reviewAt: instant('review_at'),
    resolvedAt: instant('resolved_at'),
    closedAt: instant('closed_at'),
  },
  (table) => [
    foreignKey({
      name: 'session_facilitator',
      columns: [table.organisationId, table.facilitatorId],
      foreignColumns: [member.organisationId, member.id],
    }),
    foreignKey({
      name: 'session_scorecard_version',
      columns: [table.organisationId, table.scorecardVersionId],
      foreignColumns: [scorecardVersion.organisationId, scorecardVersion.id],
    }),
    foreignKey({
      name: 'session_client',
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      name: 'session_lob',
      columns: [table.organisationId, table.clientId, table.lobId],
      foreignColumns: [lob.organisationId, lob.clientId, lob.id],
    }),
    check('session_scope', sql`${table.lobId} is null or ${table.clientId} is not null`),
    check('session_status', sql`${table.status} in ('draft', 'scoring', 'review', 'resolved', 'closed')`),
    check('session_threshold', sql`${table.thresholdHundredths} between 0 and 10000`),
    check('session_board', sql`(${table.status} in ('draft', 'scoring')) = (${table.board} is null)`),
    unique('session_organisation_id').on(table.organisationId, table.id),
    index('session_created').on(table.organisationId, table.createdAt.desc(), table.id.desc()),
    index('session_by_status').on(
      table.organisationId,
      table.status,
      table.createdAt.desc(),
      table.id.desc(),
    ),
    index('session_by_name').on(table.organisationId, sql`lower(${table.name})`, table.id),
    index('session_by_due').on(table.organisationId, table.dueAt, table.id),
    index('session_by_facilitator').on(table.organisationId, table.facilitatorId, table.createdAt.desc()),
    index('session_by_client').on(table.organisationId, table.clientId, table.lobId, table.createdAt.desc()),
  ],
);

export const participant = pgTable(
  'participant',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    memberId: uuid('member_id').notNull(),
    /** Place in the order of joining. */
    place: integer('place').notNull(),
    late: boolean('late').notNull().default(false),
    state: text('state').notNull().default('scoring').$type<'scoring' | 'submitted' | 'excused'>(),
    /** How many questions are answered so far; says nothing of which or how. */
    answered: integer('answered').notNull().default(0),
    submittedAt: instant('submitted_at'),
    excusedAt: instant('excused_at'),
    excusedReason: text('excused_reason'),
  },
  (table) => [
    foreignKey({
      name: 'participant_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'participant_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
    check('participant_state', sql`${table.state} in ('scoring', 'submitted', 'excused')`),
    unique('participant_member_once').on(table.sessionId, table.memberId),
    unique('participant_of_session').on(table.sessionId, table.id),
    index('participant_member_index').on(table.memberId, table.sessionId),
  ],
);

/** A submission, sealed until the reveal: canonical sheet and salt encrypted and padded; the commitment in the open. */
export const submission = pgTable(
  'submission',
  {
    participantId: uuid('participant_id').primaryKey(),
    sessionId: uuid('session_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    sealed: bytea('sealed').notNull(),
    commitment: bytea('commitment').notNull(),
    /** Published at the reveal, `null` before. */
    salt: bytea('salt'),
    submittedAt: instant('submitted_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'submission_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }).onDelete('cascade'),
  ],
);

/** One revealed answer. Written once, by the reveal. */
export const answer = pgTable(
  'answer',
  {
    sessionId: uuid('session_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    questionId: text('question_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    answer: jsonb('answer').$type<Answer | null>(),
    comment: text('comment').notNull(),
    evidence: jsonb('evidence').notNull().$type<readonly Evidence[]>(),
  },
  (table) => [
    primaryKey({ name: 'answer_key', columns: [table.participantId, table.questionId] }),
    foreignKey({
      name: 'answer_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }),
    index('answer_session').on(table.sessionId),
  ],
);

/** A question's outcome: agreed answer and cause during review, the note's text once resolved. */
export const resolution = pgTable(
  'resolution',
  {
    sessionId: uuid('session_id').notNull(),
    questionId: text('question_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    agreed: jsonb('agreed').$type<AgreedAnswer>(),
    cause: text('cause').$type<Cause>(),
    noteJson: jsonb('note_json'),
    noteText: text('note_text'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'resolution_key', columns: [table.sessionId, table.questionId] }),
    foreignKey({
      name: 'resolution_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }),
  ],
);

/** Who did what when, hash-chained per session; also the numbered changes that clients are told. */
export const sessionChange = pgTable(
  'session_change',
  {
    sessionId: uuid('session_id').notNull(),
    number: integer('number').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    at: instant('at').notNull(),
    byMemberId: uuid('by_member_id'),
    /** `SessionEventView[]` of the contract. */
    events: jsonb('events').notNull(),
    /** `SessionSharedPatch` of the contract. */
    patch: jsonb('patch').notNull(),
  },
  (table) => [
    primaryKey({ name: 'session_change_key', columns: [table.sessionId, table.number] }),
    foreignKey({
      name: 'session_change_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
  ],
);

/** The permanent log: one row an event that counts, each holding the hash of the one before. Progress is not in it. */
export const auditEntry = pgTable(
  'audit_entry',
  {
    sessionId: uuid('session_id').notNull(),
    sequence: integer('sequence').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    at: instant('at').notNull(),
    byMemberId: uuid('by_member_id'),
    byName: text('by_name').notNull(),
    event: jsonb('event').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [
    primaryKey({ name: 'audit_entry_key', columns: [table.sessionId, table.sequence] }),
    foreignKey({
      name: 'audit_entry_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
  ],
);

// — Documents ————————————————————————————————————————————————————————————————————————————————————————————————————————

/** A live document: a participant's sealed sheet, or a session's notes (`participant_id` null). */
export const document = pgTable(
  'document',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    participantId: uuid('participant_id'),
    kind: text('kind').notNull().$type<'sealed' | 'notes'>(),
  },
  (table) => [
    foreignKey({
      name: 'document_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'document_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }).onDelete('cascade'),
    check('document_kind', sql`(${table.kind} = 'sealed') = (${table.participantId} is not null)`),
    uniqueIndex('document_sealed_once').on(table.participantId).where(sql`kind = 'sealed'`),
    uniqueIndex('document_notes_once').on(table.sessionId).where(sql`kind = 'notes'`),
  ],
);

/** The journal: updates in order; a snapshot is a row like the others, standing for those before it. */
export const documentUpdate = pgTable(
  'document_update',
  {
    sequence: bigint('sequence', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
    documentId: uuid('document_id')
      .notNull()
      .references(() => document.id, { onDelete: 'cascade' }),
    /** Names the row in the associated data of its encryption. */
    rowId: uuid('row_id').notNull(),
    snapshot: boolean('snapshot').notNull().default(false),
    /** A Yjs update (version 1); encrypted and padded for sealed documents. */
    bytes: bytea('bytes').notNull(),
  },
  (table) => [index('document_update_document').on(table.documentId, table.sequence)],
);

/** Which member owns a Yjs client id in a notes document: nobody else may write under it. */
export const documentClient = pgTable(
  'document_client',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => document.id, { onDelete: 'cascade' }),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    memberId: uuid('member_id').notNull(),
  },
  (table) => [primaryKey({ name: 'document_client_key', columns: [table.documentId, table.clientId] })],
);

// — Requests —————————————————————————————————————————————————————————————————————————————————————————————————————————

/** The first reply to a command, given again to a repeat with the same key. */
export const commandReply = pgTable(
  'command_reply',
  {
    memberId: uuid('member_id').notNull(),
    key: text('key').notNull(),
    /** Method and path; another request under the same key is refused. */
    request: text('request').notNull(),
    bodyHash: bytea('body_hash').notNull(),
    status: integer('status').notNull(),
    reply: jsonb('reply'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'command_reply_key', columns: [table.memberId, table.key] }),
    index('command_reply_created').on(table.createdAt),
  ],
);
