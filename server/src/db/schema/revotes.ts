// Re-votes (C13): who was asked again, and the votes, sealed until their reveal like the first round's submissions.
import type { Answer, BoardQuestion } from '@attune/domain';
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';
import { participant, session } from './sessions.ts';

export const revote = pgTable(
  'revote',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    questionId: text('question_id').notNull(),
    round: integer('round').notNull(),
    state: text('state').notNull().default('open').$type<'open' | 'revealed'>(),
    openedAt: instant('opened_at').notNull(),
    revealedAt: instant('revealed_at'),
    /** Frozen at its reveal. */
    numbers: jsonb('numbers').$type<BoardQuestion>(),
  },
  (table) => [
    foreignKey({
      name: 'revote_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }),
    check('revote_state', sql`(${table.state} = 'revealed') = (${table.numbers} is not null)`),
    unique('revote_round').on(table.sessionId, table.questionId, table.round),
    unique('revote_of_session').on(table.sessionId, table.id),
    uniqueIndex('revote_open').on(table.sessionId).where(sql`${table.state} = 'open'`),
  ],
);

/** A vote: sealed with a secret salt, the commitment in the open; answer and salt in the open once revealed. */
export const revoteVote = pgTable(
  'revote_vote',
  {
    revoteId: uuid('revote_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    sealed: bytea('sealed').notNull(),
    commitment: bytea('commitment').notNull(),
    salt: bytea('salt'),
    answer: jsonb('answer').$type<Answer>(),
    /** Of the first vote; a change of mind keeps it. */
    votedAt: instant('voted_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'revote_vote_key', columns: [table.revoteId, table.participantId] }),
    foreignKey({
      name: 'revote_vote_revote',
      columns: [table.sessionId, table.revoteId],
      foreignColumns: [revote.sessionId, revote.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'revote_vote_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }),
    index('revote_vote_session').on(table.sessionId),
  ],
);
