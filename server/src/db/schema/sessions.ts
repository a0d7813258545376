// Calibrations: the session, who takes part, what was submitted, revealed, agreed and done.
import type {
  AgreedAnswer,
  Answer,
  Board,
  Cause,
  Discussion,
  Evidence,
  HeldKind,
  NamesMode,
  ProofVersion,
  Settings,
} from '@attune/domain';
import { type SQLWrapper, sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, instant, scopeColumns } from './columns.ts';
import { client, lob, member, organisation } from './people.ts';
import { scorecardVersion } from './scorecards.ts';

/** Place of a status in the lifecycle, from 0. An index is of these very words: a query with others would not use it. */
export const statusRank = (status: SQLWrapper) =>
  sql<number>`(case ${status} when 'draft' then 0 when 'scoring' then 1 when 'review' then 2 when 'resolved' then 3 else 4 end)`;

/** A due date, or the end of time for none: after everything that is due. In an index, as above. */
export const dueOrNever = (dueAt: SQLWrapper) => sql<string>`(coalesce(${dueAt}, 'infinity'::timestamptz))`;

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
    /** How many lines `session_transcript` has. */
    transcriptLines: integer('transcript_lines').notNull().default(0),
    meetingAt: instant('meeting_at'),
    dueAt: instant('due_at'),
    questionIds: jsonb('question_ids').$type<readonly string[]>(),
    agentName: text('agent_name'),
    agentNameHidden: boolean('agent_name_hidden').notNull().default(false),
    names: text('names').notNull().default('shown').$type<NamesMode>(),
    /** From the reveal on: focus, timers, steps to undo. */
    discussion: jsonb('discussion').$type<Discussion>(),
    /** The last change's number; every commit that others may see raises it by one. */
    changeNumber: integer('change_number').notNull().default(0),
    detailRevision: integer('detail_revision').notNull().default(1),
    /** The session's data key, wrapped by the server's (AES-256-GCM). */
    wrappedKey: bytea('wrapped_key').notNull(),
    /** From the reveal on: the flagged questions, in the order of `session_board`. */
    flaggedQuestionIds: jsonb('flagged_question_ids').$type<readonly string[]>(),
    /** Head of the audit log's hash chain. */
    auditHead: bytea('audit_head').notNull(),
    /** How the session is proved, from its first entry to its last; 1 where it was made before 2 was there. */
    proof: integer('proof').notNull().default(1).$type<ProofVersion>(),
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
    check('session_proof', sql`${table.proof} in (1, 2)`),
    check('session_threshold', sql`${table.thresholdHundredths} between 0 and 10000`),
    check(
      'session_flagged',
      sql`(${table.status} in ('draft', 'scoring')) = (${table.flaggedQuestionIds} is null)`,
    ),
    unique('session_organisation_id').on(table.organisationId, table.id),
    // Read forwards and backwards: without a direction of their own, so that both of a list's orders follow them.
    index('session_created').on(table.organisationId, table.createdAt, table.id),
    index('session_by_status').on(table.organisationId, table.status, table.createdAt, table.id),
    index('session_by_rank').on(table.organisationId, statusRank(table.status), table.id),
    index('session_by_name').on(table.organisationId, sql`lower(${table.name})`, table.id),
    index('session_by_due').on(table.organisationId, dueOrNever(table.dueAt), table.id),
    index('session_by_facilitator').on(table.organisationId, table.facilitatorId, table.createdAt, table.id),
    index('session_by_client').on(table.organisationId, table.clientId, table.createdAt, table.id),
  ],
);

/** The board, frozen at the reveal. Apart from the session, which every command reads and most write. */
export const sessionBoard = pgTable(
  'session_board',
  {
    sessionId: uuid('session_id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    board: jsonb('board').notNull().$type<Board>(),
  },
  (table) => [
    foreignKey({
      name: 'session_board_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }),
  ],
);

/** The interaction's transcript, apart for the same reason. A session without lines has no row. */
export const sessionTranscript = pgTable(
  'session_transcript',
  {
    sessionId: uuid('session_id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    lines: jsonb('lines').notNull().$type<Settings['transcript']>(),
  },
  (table) => [
    foreignKey({
      name: 'session_transcript_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
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
    /** When the first thing of theirs was stored: a row of the sheet, a submission, a vote. A fact, never guessed from rows. */
    begunAt: instant('begun_at'),
    /** When the sign-in was made under which that happened: what a later reset by someone else is compared with. */
    begunSignedInAt: instant('begun_signed_in_at'),
    /** When a personal link, which others held too, first opened the place; none are made any more. */
    openedByLinkAt: instant('opened_by_link_at'),
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
    /** `null` where it was erased, too: then `text_hash` still stands. */
    answer: jsonb('answer').$type<Answer | null>(),
    /** `null` where it was erased. */
    comment: text('comment'),
    evidence: jsonb('evidence').notNull().$type<readonly Evidence[]>(),
    /** What the commitment holds of comment and text, where there is any; each salt is erased with its text. */
    commentHash: bytea('comment_hash'),
    commentSalt: bytea('comment_salt'),
    textHash: bytea('text_hash'),
    textSalt: bytea('text_salt'),
  },
  (table) => [
    primaryKey({ name: 'answer_key', columns: [table.sessionId, table.participantId, table.questionId] }),
    foreignKey({
      name: 'answer_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }),
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

/** The numbered changes that clients are told; old ones are pruned. What must stay is in `audit_entry`. */
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
    /** In logs of version 2 the hash that holds the name, hexadecimal. */
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

/**
 * The texts, names and transcripts that a session's log holds by their hashes: erased by setting value and salt to `null`, and the
 * hash stays. Of numbers, which stand elsewhere, the salt alone.
 */
export const heldValue = pgTable(
  'held_value',
  {
    sessionId: uuid('session_id').notNull(),
    hash: bytea('hash').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    kind: text('kind').notNull().$type<HeldKind>(),
    /** Whom it names, or is about; `null` for nobody in particular. */
    memberId: uuid('member_id'),
    value: jsonb('value'),
    salt: bytea('salt'),
  },
  (table) => [
    primaryKey({ name: 'held_value_key', columns: [table.sessionId, table.hash] }),
    foreignKey({
      name: 'held_value_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    index('held_value_member').on(table.memberId),
  ],
);
