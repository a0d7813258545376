// SQL of submissions: sealed, with their commitments in the open. Their content is the submission's and the reveal's alone.
import { type Commitment, type OpenedSubmission, questionsOf, type Scorecard, toHex } from '@attune/domain';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { answer, submission } from '../db/schema.ts';
import { deleteSealedDocument } from '../documents/store.ts';

/** Everyone's commitments, in the order of the submissions. */
export async function listCommitments(
  db: Database | Tx,
  organisationId: string,
  sessionId: string,
): Promise<Commitment[]> {
  const rows = await db
    .select({ participantId: submission.participantId, commitment: submission.commitment })
    .from(submission)
    .where(and(eq(submission.organisationId, organisationId), eq(submission.sessionId, sessionId)))
    .orderBy(asc(submission.submittedAt), asc(submission.participantId));
  return rows.map(({ participantId, commitment }) => ({ participantId, commitment: toHex(commitment) }));
}

export async function insertSubmission(
  tx: Tx,
  organisationId: string,
  row: {
    sessionId: string;
    participantId: string;
    sealed: Uint8Array;
    commitment: Uint8Array;
    submittedAt: string;
  },
): Promise<void> {
  await tx.insert(submission).values({ ...row, organisationId });
}

export async function deleteSubmission(tx: Tx, organisationId: string, participantId: string): Promise<void> {
  await tx
    .delete(submission)
    .where(and(eq(submission.organisationId, organisationId), eq(submission.participantId, participantId)));
}

/** What binds a participant's submission, hexadecimal; `null` where there is none. */
export async function findCommitment(
  tx: Tx,
  organisationId: string,
  participantId: string,
): Promise<string | null> {
  const [row] = await tx
    .select({ commitment: submission.commitment })
    .from(submission)
    .where(and(eq(submission.organisationId, organisationId), eq(submission.participantId, participantId)));
  return row ? toHex(row.commitment) : null;
}

/**
 * Destroys what a participant has written and submitted before the reveal, unread: the sealed document with its journal, and the
 * submission. Whoever keeps the participant makes them an empty document in the same transaction.
 */
export async function discardSheet(tx: Tx, organisationId: string, participantId: string): Promise<void> {
  await deleteSubmission(tx, organisationId, participantId);
  await deleteSealedDocument(tx, organisationId, participantId);
}

/** A submission as it lies until the reveal. */
export interface SealedSubmission {
  readonly participantId: string;
  readonly sealed: Uint8Array;
}

/** Everyone's submissions, in no order; for the reveal alone. */
export function listSubmissions(
  tx: Tx,
  organisationId: string,
  sessionId: string,
): Promise<SealedSubmission[]> {
  return tx
    .select({ participantId: submission.participantId, sealed: submission.sealed })
    .from(submission)
    .where(and(eq(submission.organisationId, organisationId), eq(submission.sessionId, sessionId)));
}

/** Submissions written in one statement: a thousand rows or so, of a hundred questions. */
const publishedAtOnce = 10;

/** Puts submissions in the open: all salts, and an answer for each question of the scorecard, many with each statement. */
export async function publishSubmissions(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  scorecard: Scorecard,
  opened: readonly OpenedSubmission[],
): Promise<void> {
  const salts = opened.map(({ participantId, salt }) => ({ participantId, salt: toHex(salt) }));
  await tx.execute(sql`
    update ${submission} set salt = decode(opened.salt, 'hex')
    from jsonb_to_recordset(${JSON.stringify(salts)}::jsonb) as opened("participantId" uuid, salt text)
    where ${submission.organisationId} = ${organisationId}::uuid
      and ${submission.participantId} = opened."participantId"`);
  let written: Promise<void> = Promise.resolve();
  for (let from = 0; from < opened.length; from += publishedAtOnce) {
    const some = opened.slice(from, from + publishedAtOnce);
    const before = written;
    // One batch is written while the next is put together and sent.
    written = insertAnswers(tx, organisationId, sessionId, scorecard, some);
    try {
      await before;
    } catch (error) {
      // Nothing may still be on its way when the transaction ends.
      await Promise.allSettled([written]);
      throw error;
    }
  }
  await written;
}

async function insertAnswers(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  scorecard: Scorecard,
  opened: readonly OpenedSubmission[],
): Promise<void> {
  const questions = questionsOf(scorecard);
  const rows = opened.flatMap(({ participantId, sheet, texts }) =>
    questions.map(({ id: questionId }) => ({
      participantId,
      questionId,
      answer: sheet[questionId]?.answer ?? null,
      comment: sheet[questionId]?.comment ?? '',
      evidence: sheet[questionId]?.evidence ?? [],
      commentHash: texts[questionId]?.comment?.hash ?? null,
      commentSalt: texts[questionId]?.comment?.salt ?? null,
      textHash: texts[questionId]?.text?.hash ?? null,
      textSalt: texts[questionId]?.text?.salt ?? null,
    })),
  );
  await tx.execute(sql`
    insert into ${answer} (organisation_id, session_id, participant_id, question_id, answer, comment, evidence,
      comment_hash, comment_salt, text_hash, text_salt)
    select ${organisationId}::uuid, ${sessionId}::uuid, "participantId", "questionId", answer, comment, evidence,
      decode("commentHash", 'hex'), decode("commentSalt", 'hex'), decode("textHash", 'hex'), decode("textSalt", 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given("participantId" uuid, "questionId" text, answer jsonb, comment text, evidence jsonb,
        "commentHash" text, "commentSalt" text, "textHash" text, "textSalt" text)`);
}
