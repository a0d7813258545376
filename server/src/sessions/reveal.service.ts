// The reveal: the only file that opens other people's submissions. Under the session's lock it unseals every submission, builds
// the board once, freezes it, publishes the salts, and deletes the sealed documents, all in the transition's transaction.

import { buildBoard, questionsOf } from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { deleteSealedDocuments } from '../documents/store.ts';
import { openSubmission } from './sealed-content.ts';
import type { StoredSession } from './stored-session.ts';
import { listSubmissions, publishSubmission } from './submission.store.ts';

/** Carries the reveal out; returns the state with its board and flags. Throws where a submission cannot be opened. */
export async function reveal(tx: Tx, serverKey: Uint8Array, after: StoredSession): Promise<StoredSession> {
  const { organisationId, session } = after;
  if (session.status !== 'review') throw new Error('only a session on its way to review is revealed');
  const rows = await listSubmissions(tx, organisationId, session.id);
  const opened = new Map(rows.map((row) => [row.participantId, openSubmission(serverKey, after, row)]));
  const participants = session.participants
    .filter(({ state }) => state === 'submitted')
    .map(({ id }) => {
      const submitted = opened.get(id);
      if (!submitted) throw new Error('a submitted participant without a submission');
      return { id, ...submitted };
    });
  const board = buildBoard({
    scorecard: session.scorecard,
    thresholdHundredths: session.settings.thresholdHundredths,
    participants: participants.map(({ id, sheet }) => ({ id, sheet })),
  });

  const questions = questionsOf(session.scorecard);
  for (const { id, salt, sheet } of participants) {
    await publishSubmission(tx, organisationId, session.id, {
      participantId: id,
      salt,
      answers: questions.map(({ id: questionId }) => ({
        questionId,
        answer: sheet[questionId]?.answer ?? null,
        comment: sheet[questionId]?.comment ?? '',
        evidence: sheet[questionId]?.evidence ?? [],
      })),
    });
  }
  await deleteSealedDocuments(tx, organisationId, session.id);

  const flagged = new Set(
    board.questions.filter(({ flagged }) => flagged).map(({ questionId }) => questionId),
  );
  return {
    ...after,
    board,
    session: { ...session, flaggedQuestionIds: board.order.filter((questionId) => flagged.has(questionId)) },
  };
}
