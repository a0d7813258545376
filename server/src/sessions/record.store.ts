// SQL of the record: what a resolved session left, for `retellRecord`; or for `buildRecord`, where it is proved by version 1.
import {
  type EntryTexts,
  type RecordOutcome,
  type RecordRows,
  type RecordSources,
  toHex,
} from '@attune/domain';
import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { answer, auditEntry, organisation, resolution, revoteVote, submission } from '../db/schema.ts';
import { findBoard, loadDetail } from './detail.store.ts';
import { listHeld } from './held.store.ts';
import { listOpenedByLink } from './place.store.ts';
import type { StoredSession } from './stored-session.ts';

/** The rows of a session that is resolved or closed, and proved by version 1; `null` for one that is not. */
export async function loadRecordRows(tx: Tx, stored: StoredSession): Promise<RecordRows | null> {
  const { session, organisationId } = stored;
  if (session.status !== 'resolved' && session.status !== 'closed') return null;
  const board = await findBoard(tx, organisationId, session.id);
  if (!board) throw new Error('a resolved session without its board');
  const { transcriptLines: _, ...settings } = session.settings;
  const detail = await loadDetail(tx, stored);
  const [home] = await tx.select().from(organisation).where(eq(organisation.id, organisationId));
  const submissions = await listProofs(tx, stored);
  const outcomes = await tx
    .select()
    .from(resolution)
    .where(and(eq(resolution.organisationId, organisationId), eq(resolution.sessionId, session.id)));
  const openedByLink = await listOpenedByLink(tx, organisationId, session.id);
  const proofs = new Map(submissions.map((row) => [row.participantId, row]));
  const auditHead = toHex(stored.auditHead);
  return {
    sessionId: session.id,
    status: session.status,
    organisation: home?.name ?? '',
    facilitator: stored.names.get(session.facilitatorId) ?? '',
    settings: { ...settings, transcript: detail.transcript },
    client: detail.clientName,
    lob: detail.lobName,
    scorecard: session.scorecard,
    scorecardVersion: detail.scorecardVersion,
    people: session.participants.map((participant) => {
      const proof = proofs.get(participant.id);
      return {
        participantId: participant.id,
        memberId: participant.memberId,
        name: stored.names.get(participant.memberId) ?? '',
        guest: stored.guests.has(participant.memberId),
        admittedBy: stored.guests.get(participant.memberId) ?? null,
        late: participant.late,
        state: participant.state === 'excused' ? 'excused' : 'submitted',
        submittedAt: participant.state === 'submitted' ? participant.submittedAt : null,
        excusedReason: participant.state === 'excused' ? participant.reason : null,
        commitment: proof ? toHex(proof.commitment) : null,
        salt: proof?.salt ? toHex(proof.salt) : null,
        openedByLinkAt: openedByLink.get(participant.id) ?? null,
      };
    }),
    answers: await listAnswers(tx, stored),
    outcomes: new Map(
      outcomes.map((row): [string, RecordOutcome] => [
        row.questionId,
        {
          agreed: row.agreed,
          cause: row.cause,
          note: row.noteText === null ? null : { json: row.noteJson, text: row.noteText },
        },
      ]),
    ),
    revotes: await loadRecordRevotes(tx, stored),
    board,
    instants: stored.instants,
    log: await listLog(tx, stored),
    auditHead,
  };
}

/** What a session that is proved by version 2 has beside its log; `null` for one that is neither resolved nor closed. */
export async function loadRecordSources(tx: Tx, stored: StoredSession): Promise<RecordSources | null> {
  const { session, organisationId } = stored;
  if (session.status !== 'resolved' && session.status !== 'closed') return null;
  const board = await findBoard(tx, organisationId, session.id);
  if (!board) throw new Error('a resolved session without its board');
  const proofs = await listProofs(tx, stored);
  return {
    sessionId: session.id,
    log: await listLog(tx, stored),
    auditHead: toHex(stored.auditHead),
    held: await listHeld(tx, organisationId, session.id),
    scorecard: session.scorecard,
    board,
    salts: new Map(proofs.map(({ participantId, salt }) => [participantId, salt && toHex(salt)])),
    answers: await listAnswers(tx, stored),
    revotes: await loadRecordRevotes(tx, stored),
  };
}

const listProofs = (tx: Tx, { organisationId, session }: StoredSession) =>
  tx
    .select({
      participantId: submission.participantId,
      commitment: submission.commitment,
      salt: submission.salt,
    })
    .from(submission)
    .where(and(eq(submission.organisationId, organisationId), eq(submission.sessionId, session.id)));

/** Every answer, an erased text empty. */
async function listAnswers(
  tx: Tx,
  { organisationId, session }: StoredSession,
): Promise<RecordSources['answers']> {
  const rows = await tx
    .select()
    .from(answer)
    .where(and(eq(answer.organisationId, organisationId), eq(answer.sessionId, session.id)));
  return rows.map(({ questionId, participantId, evidence, ...row }) => {
    const texts: EntryTexts = {
      ...(row.commentHash && { comment: toText(row.commentHash, row.commentSalt) }),
      ...(row.textHash && { text: toText(row.textHash, row.textSalt) }),
    };
    const isErased = row.textHash !== null && row.textSalt === null;
    return {
      questionId,
      participantId,
      answer: isErased ? { kind: 'text', text: '' } : row.answer,
      comment: row.comment ?? '',
      evidence,
      ...(Object.keys(texts).length > 0 && { texts }),
    };
  });
}

const toText = (hash: Uint8Array, salt: Uint8Array | null) => ({
  hash: toHex(hash),
  salt: salt && toHex(salt),
});

async function listLog(tx: Tx, { organisationId, session }: StoredSession): Promise<RecordSources['log']> {
  const rows = await tx
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.organisationId, organisationId), eq(auditEntry.sessionId, session.id)))
    .orderBy(asc(auditEntry.sequence));
  return rows.map((row) => ({
    sequence: row.sequence,
    at: toIso(row.at),
    byMemberId: row.byMemberId,
    byName: row.byName,
    event: row.event,
    hash: toHex(row.hash),
  }));
}

async function loadRecordRevotes(
  tx: Tx,
  { organisationId, session }: StoredSession,
): Promise<RecordRows['revotes']> {
  if (!('revotes' in session) || session.revotes.length === 0) return [];
  const votes = await tx
    .select()
    .from(revoteVote)
    .where(and(eq(revoteVote.organisationId, organisationId), eq(revoteVote.sessionId, session.id)));
  return session.revotes.flatMap((revote) =>
    revote.state === 'revealed'
      ? [
          {
            questionId: revote.questionId,
            revoteId: revote.id,
            round: revote.round,
            openedAt: revote.openedAt,
            revealedAt: revote.revealedAt,
            numbers: revote.numbers,
            votes: votes.flatMap(({ revoteId, participantId, answer, commitment, salt }) =>
              revoteId === revote.id && answer && salt
                ? [{ participantId, answer, commitment: toHex(commitment), salt: toHex(salt) }]
                : [],
            ),
          },
        ]
      : [],
  );
}
