// SQL of one session: its row with people and resolutions, in and out as a `StoredSession`. Rules live in the domain, the
// order of writes in the services. Every function is bound to an organisation.
import {
  firstDiscussion,
  isRevealed,
  narrowScorecard,
  type Participant,
  type Resolution,
  type Session,
  type Settings,
} from '@attune/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import {
  client,
  document,
  lob,
  lobbyEntry,
  member,
  participant,
  resolution,
  scorecard,
  scorecardVersion,
  session,
} from '../db/schema.ts';
import { columnsOfScope, scopeOfColumns } from '../db/scope.ts';
import { observersOf, putOutOf, waitingIn } from './joining.store.ts';
import { loadRevotes } from './revote.store.ts';
import type { StoredSession } from './stored-session.ts';

type Reader = Database | Tx;
type SessionRow = typeof session.$inferSelect;
type ParticipantRow = typeof participant.$inferSelect;

const toIsoOrNull = (instant: string | null) => (instant === null ? null : toIso(instant));

function rowToParticipant(row: ParticipantRow): Participant {
  const base = { id: row.id, memberId: row.memberId, late: row.late };
  switch (row.state) {
    case 'scoring':
      return { ...base, state: 'scoring' };
    case 'submitted':
      return { ...base, state: 'submitted', submittedAt: toIso(row.submittedAt ?? '') };
    case 'excused':
      return {
        ...base,
        state: 'excused',
        reason: row.excusedReason ?? '',
        excusedAt: toIso(row.excusedAt ?? ''),
      };
  }
}

function rowToSettings(row: SessionRow): Settings {
  return {
    name: row.name,
    scorecardVersionId: row.scorecardVersionId,
    thresholdHundredths: row.thresholdHundredths,
    scope: scopeOfColumns(row),
    interactionReference: row.interactionReference,
    interactionDate: row.interactionDate,
    recordingUrl: row.recordingUrl,
    transcript: row.transcript,
    meetingAt: toIsoOrNull(row.meetingAt),
    dueAt: toIsoOrNull(row.dueAt),
    questionIds: row.questionIds,
    agentName: row.agentName,
    agentNameHidden: row.agentNameHidden,
  };
}

export function settingsToColumns(settings: Settings) {
  const { scope, ...columns } = settings;
  return { ...columns, ...columnsOfScope(scope) };
}

/** The session, or `null` where the organisation has none of this id. */
export function loadSession(
  db: Reader,
  organisationId: string,
  sessionId: string,
): Promise<StoredSession | null> {
  return load(db, organisationId, sessionId, false);
}

/** The same, holding the row's lock until the transaction ends: whoever decides about a session holds it. */
export function lockSession(
  tx: Tx,
  organisationId: string,
  sessionId: string,
): Promise<StoredSession | null> {
  return load(tx, organisationId, sessionId, true);
}

async function load(
  db: Reader,
  organisationId: string,
  sessionId: string,
  forUpdate: boolean,
): Promise<StoredSession | null> {
  const query = db
    .select()
    .from(session)
    .where(and(eq(session.organisationId, organisationId), eq(session.id, sessionId)));
  const [row] = await (forUpdate ? query.for('update') : query);
  if (!row) return null;
  // Read after the lock is held, so that the people and the version are those of the locked state.
  const people = await db
    .select()
    .from(participant)
    .where(and(eq(participant.organisationId, organisationId), eq(participant.sessionId, sessionId)))
    .orderBy(participant.place);
  const [version] = await db
    .select({
      content: scorecardVersion.content,
      scorecardId: scorecard.id,
      version: scorecardVersion.version,
    })
    .from(scorecardVersion)
    .innerJoin(scorecard, eq(scorecard.id, scorecardVersion.scorecardId))
    .where(
      and(
        eq(scorecardVersion.organisationId, organisationId),
        eq(scorecardVersion.id, row.scorecardVersionId),
      ),
    );
  if (!version) throw new Error('session without its scorecard version');
  const outcomes = await db
    .select()
    .from(resolution)
    .where(and(eq(resolution.organisationId, organisationId), eq(resolution.sessionId, sessionId)));
  const observers = await observersOf(db, organisationId, sessionId);
  const lobby = await waitingIn(db, organisationId, sessionId);
  const putOut = await putOutOf(db, organisationId, sessionId);
  const memberIds = [
    row.facilitatorId,
    ...observers,
    ...putOut,
    ...[...people, ...lobby].map(({ memberId }) => memberId),
  ];
  const [{ names, guests }, scopeNames, revotes] = await Promise.all([
    memberNames(db, organisationId, memberIds),
    namesOfScope(db, organisationId, row),
    loadRevotes(db, organisationId, sessionId),
  ]);

  const common = {
    id: row.id,
    facilitatorId: row.facilitatorId,
    settings: rowToSettings(row),
    scorecard: narrowScorecard(version.content, row.questionIds),
    participants: people.map(rowToParticipant),
    observers,
    lobby,
    putOut,
    names: row.names,
  };
  const resolutions: Resolution[] = outcomes.map(({ questionId, agreed, cause, noteText }) => ({
    questionId,
    agreed,
    cause,
    noted: noteText !== null,
  }));
  const flaggedQuestionIds = (row.board?.order ?? []).filter((id) =>
    row.board?.questions.some((question) => question.questionId === id && question.flagged),
  );
  const domainSession: Session = isRevealed(row.status)
    ? {
        ...common,
        status: row.status,
        flaggedQuestionIds,
        resolutions,
        discussion: row.discussion ?? firstDiscussion,
        revotes,
      }
    : { ...common, status: row.status };
  return {
    organisationId,
    session: domainSession,
    number: row.changeNumber,
    detailRevision: row.detailRevision,
    instants: {
      createdAt: toIso(row.createdAt),
      scoringAt: toIsoOrNull(row.scoringAt),
      reviewAt: toIsoOrNull(row.reviewAt),
      resolvedAt: toIsoOrNull(row.resolvedAt),
      closedAt: toIsoOrNull(row.closedAt),
    },
    scorecardId: version.scorecardId,
    scorecardVersion: version.version,
    ...scopeNames,
    names,
    guests,
    answered: new Map(people.map(({ id, answered }) => [id, answered])),
    board: row.board,
    wrappedKey: row.wrappedKey,
    auditHead: row.auditHead,
    deleted: false,
  };
}

/** Names of the organisation's members by id, and of the guests among them who let each in. */
export async function memberNames(
  db: Reader,
  organisationId: string,
  memberIds: readonly string[],
): Promise<{ names: Map<string, string>; guests: Map<string, string | null> }> {
  const host = alias(member, 'host');
  const rows = await db
    .select({ id: member.id, name: member.name, guest: member.guest, admittedBy: host.name })
    .from(member)
    // A guest knocks once in their life, at one session.
    .leftJoin(lobbyEntry, and(eq(member.guest, true), eq(lobbyEntry.memberId, member.id)))
    .leftJoin(host, eq(host.id, lobbyEntry.answeredBy))
    .where(and(eq(member.organisationId, organisationId), inArray(member.id, [...new Set(memberIds)])));
  return {
    names: new Map(rows.map(({ id, name }) => [id, name])),
    guests: new Map(rows.filter(({ guest }) => guest).map(({ id, admittedBy }) => [id, admittedBy])),
  };
}

/** Names of the client and line of business of a scope; `null` where the scope has none, or they do not exist. */
export async function namesOfScope(
  db: Reader,
  organisationId: string,
  scope: { clientId: string | null; lobId: string | null },
): Promise<{ clientName: string | null; lobName: string | null }> {
  if (scope.clientId === null) return { clientName: null, lobName: null };
  const [row] = await db
    .select({ clientName: client.name, lobName: lob.name })
    .from(client)
    .leftJoin(lob, and(eq(lob.clientId, client.id), eq(lob.id, sql`${scope.lobId}::uuid`)))
    .where(and(eq(client.organisationId, organisationId), eq(client.id, scope.clientId)));
  return { clientName: row?.clientName ?? null, lobName: row?.lobName ?? null };
}

export interface NewSession {
  readonly id: string;
  readonly facilitatorId: string;
  readonly settings: Settings;
  readonly wrappedKey: Uint8Array;
  readonly auditHead: Uint8Array;
  readonly now: string;
}

/** Inserts a draft. Its notes document is the caller's to create in the same transaction. */
export async function insertSession(tx: Tx, organisationId: string, created: NewSession): Promise<void> {
  await tx.insert(session).values({
    ...settingsToColumns(created.settings),
    id: created.id,
    organisationId,
    status: 'draft',
    facilitatorId: created.facilitatorId,
    wrappedKey: created.wrappedKey,
    auditHead: created.auditHead,
    createdBy: created.facilitatorId,
    createdAt: created.now,
    statusAt: created.now,
  });
}

/** Inserts a document row; its journal starts empty. */
export async function insertDocument(
  tx: Tx,
  organisationId: string,
  row: { id: string; sessionId: string; participantId: string | null },
): Promise<void> {
  await tx.insert(document).values({ ...row, organisationId, kind: row.participantId ? 'sealed' : 'notes' });
}

/** The id of a participant's sealed document, or of the session's notes where `participantId` is null. */
export async function findDocumentId(
  db: Reader,
  organisationId: string,
  sessionId: string,
  participantId: string | null,
): Promise<string | null> {
  const [row] = await db
    .select({ id: document.id })
    .from(document)
    .where(
      and(
        eq(document.organisationId, organisationId),
        eq(document.sessionId, sessionId),
        participantId ? eq(document.participantId, participantId) : eq(document.kind, 'notes'),
      ),
    );
  return row?.id ?? null;
}

export async function insertParticipant(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  added: { id: string; memberId: string; late: boolean },
): Promise<void> {
  await tx.insert(participant).values({
    ...added,
    organisationId,
    sessionId,
    place: sql`(select coalesce(max(place), 0) + 1 from participant where session_id = ${sessionId})`,
  });
}

export async function deleteParticipant(
  tx: Tx,
  organisationId: string,
  participantId: string,
): Promise<void> {
  await tx
    .delete(participant)
    .where(and(eq(participant.organisationId, organisationId), eq(participant.id, participantId)));
}

/** Writes a participant's state as the domain has it. */
export async function saveParticipant(tx: Tx, organisationId: string, changed: Participant): Promise<void> {
  await tx
    .update(participant)
    .set({
      state: changed.state,
      submittedAt: changed.state === 'submitted' ? changed.submittedAt : null,
      excusedAt: changed.state === 'excused' ? changed.excusedAt : null,
      excusedReason: changed.state === 'excused' ? changed.reason : null,
    })
    .where(and(eq(participant.organisationId, organisationId), eq(participant.id, changed.id)));
}

/** What a command may change of the session's own row. */
export type SessionColumns = Omit<
  typeof session.$inferInsert,
  'id' | 'organisationId' | 'changeNumber' | 'auditHead' | 'wrappedKey' | 'createdBy' | 'createdAt'
>;

/** Writes the number of a session's last change and the head of its log, and of its other columns those given. */
export async function saveColumns(
  tx: Tx,
  after: StoredSession,
  columns: Partial<SessionColumns> = {},
): Promise<void> {
  await tx
    .update(session)
    .set({ ...columns, changeNumber: after.number, auditHead: after.auditHead })
    .where(and(eq(session.organisationId, after.organisationId), eq(session.id, after.session.id)));
}

/** Deletes a draft with everything that hangs on it. */
export async function deleteSession(tx: Tx, organisationId: string, sessionId: string): Promise<void> {
  await tx.delete(session).where(and(eq(session.organisationId, organisationId), eq(session.id, sessionId)));
}

export async function saveResolution(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  outcome: Pick<Resolution, 'questionId' | 'agreed' | 'cause'>,
  now: string,
): Promise<void> {
  const values = { agreed: outcome.agreed, cause: outcome.cause, updatedAt: now };
  await tx
    .insert(resolution)
    .values({ ...values, organisationId, sessionId, questionId: outcome.questionId })
    .onConflictDoUpdate({ target: [resolution.sessionId, resolution.questionId], set: values });
}

/** Writes a note as a row, once the session is resolved. */
export async function saveNote(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  questionId: string,
  note: { json: unknown; text: string },
  now: string,
): Promise<void> {
  const values = { noteJson: note.json, noteText: note.text, updatedAt: now };
  await tx
    .insert(resolution)
    .values({ ...values, organisationId, sessionId, questionId })
    .onConflictDoUpdate({ target: [resolution.sessionId, resolution.questionId], set: values });
}
