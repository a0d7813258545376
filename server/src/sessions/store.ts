// SQL of one session: its row with people and resolutions, in and out as a `StoredSession`. What is large and seldom asked for,
// board, transcript and names of things, is in `detail.store.ts`. Rules live in the domain, the order of writes in `execute`.
// Every function is bound to an organisation.
import {
  firstDiscussion,
  isRevealed,
  type KeptSettings,
  narrowScorecard,
  type Participant,
  type Resolution,
  type Scorecard,
  type Session,
  sectionWeightsOf,
} from '@attune/domain';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import {
  document,
  lobbyEntry,
  member,
  participant,
  resolution,
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

function rowToSettings(row: SessionRow): KeptSettings {
  return {
    name: row.name,
    scorecardVersionId: row.scorecardVersionId,
    thresholdHundredths: row.thresholdHundredths,
    scope: scopeOfColumns(row),
    interactionReference: row.interactionReference,
    interactionDate: row.interactionDate,
    recordingUrl: row.recordingUrl,
    transcriptLines: row.transcriptLines,
    meetingAt: toIsoOrNull(row.meetingAt),
    dueAt: toIsoOrNull(row.dueAt),
    questionIds: row.questionIds,
    agentName: row.agentName,
    agentNameHidden: row.agentNameHidden,
  };
}

export function settingsToColumns(settings: KeptSettings) {
  const { scope, ...columns } = settings;
  return { ...columns, ...columnsOfScope(scope) };
}

/** The session, or `null` where the organisation has none of this id. Of one moment only `inSnapshot`, or in its own transaction. */
export function loadSession(
  tx: Tx,
  organisationId: string,
  sessionId: string,
): Promise<StoredSession | null> {
  return load(tx, organisationId, sessionId, false);
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
  const revealed = isRevealed(row.status);
  // Read after the lock is held, so that people and version are those of the locked state; asked for at once, they cost one
  // journey to the database.
  const [people, scorecard, outcomes, observers, lobby, putOut, { names, guests }, revotes] =
    await Promise.all([
      participantsOf(db, organisationId, sessionId),
      scorecardOf(db, organisationId, row.scorecardVersionId),
      revealed ? resolutionsOf(db, organisationId, sessionId) : [],
      observersOf(db, organisationId, sessionId),
      waitingIn(db, organisationId, sessionId),
      putOutOf(db, organisationId, sessionId),
      namesIn(db, organisationId, sessionId),
      revealed ? loadRevotes(db, organisationId, sessionId) : [],
    ]);

  const common = {
    id: row.id,
    facilitatorId: row.facilitatorId,
    settings: rowToSettings(row),
    scorecard: narrowScorecard(scorecard, row.questionIds),
    participants: people.map(rowToParticipant),
    observers,
    lobby,
    putOut,
    names: row.names,
  };
  const domainSession: Session = isRevealed(row.status)
    ? {
        ...common,
        status: row.status,
        flaggedQuestionIds: row.flaggedQuestionIds ?? [],
        resolutions: outcomes,
        discussion: row.discussion ?? firstDiscussion,
        revotes,
      }
    : { ...common, status: row.status };
  return {
    organisationId,
    session: domainSession,
    sectionWeights: sectionWeightsOf(scorecard),
    number: row.changeNumber,
    detailRevision: row.detailRevision,
    instants: {
      createdAt: toIso(row.createdAt),
      scoringAt: toIsoOrNull(row.scoringAt),
      reviewAt: toIsoOrNull(row.reviewAt),
      resolvedAt: toIsoOrNull(row.resolvedAt),
      closedAt: toIsoOrNull(row.closedAt),
    },
    names,
    guests,
    answered: new Map(people.map(({ id, answered }) => [id, answered])),
    wrappedKey: row.wrappedKey,
    auditHead: row.auditHead,
    proof: row.proof,
    deleted: false,
  };
}

const ofSession = (
  table: typeof participant | typeof resolution,
  organisationId: string,
  sessionId: string,
) => and(eq(table.organisationId, organisationId), eq(table.sessionId, sessionId));

const participantsOf = (db: Reader, organisationId: string, sessionId: string) =>
  db
    .select()
    .from(participant)
    .where(ofSession(participant, organisationId, sessionId))
    .orderBy(participant.place);

async function scorecardOf(db: Reader, organisationId: string, versionId: string): Promise<Scorecard> {
  const [version] = await db
    .select({ content: scorecardVersion.content })
    .from(scorecardVersion)
    .where(and(eq(scorecardVersion.organisationId, organisationId), eq(scorecardVersion.id, versionId)));
  if (!version) throw new Error('session without its scorecard version');
  return version.content;
}

/** Outcomes without the notes, which may be long. */
const resolutionsOf = (db: Reader, organisationId: string, sessionId: string): Promise<Resolution[]> =>
  db
    .select({
      questionId: resolution.questionId,
      agreed: resolution.agreed,
      cause: resolution.cause,
      noted: sql<boolean>`${resolution.noteText} is not null`,
    })
    .from(resolution)
    .where(ofSession(resolution, organisationId, sessionId));

interface Names {
  /** By member id. */
  readonly names: Map<string, string>;
  /** Guests by member id, and who let each in; `null` while they wait. */
  readonly guests: Map<string, string | null>;
}

/** Names of the organisation's members by id, and of the guests among them who let each in. */
export const memberNames = (
  db: Reader,
  organisationId: string,
  memberIds: readonly string[],
): Promise<Names> => namesWhere(db, organisationId, inArray(member.id, [...new Set(memberIds)]));

/** Names of everyone a session has to do with. */
const namesIn = (db: Reader, organisationId: string, sessionId: string): Promise<Names> =>
  namesWhere(
    db,
    organisationId,
    sql`${member.id} in (
      select facilitator_id from session where id = ${sessionId}
      union select member_id from participant where session_id = ${sessionId}
      union select member_id from observer where session_id = ${sessionId}
      union select member_id from put_out where session_id = ${sessionId}
      union select member_id from lobby_entry where session_id = ${sessionId} and state = 'waiting')`,
  );

async function namesWhere(db: Reader, organisationId: string, which: SQL): Promise<Names> {
  const host = alias(member, 'host');
  const rows = await db
    .select({ id: member.id, name: member.name, guest: member.guest, admittedBy: host.name })
    .from(member)
    // A guest knocks once in their life, at one session.
    .leftJoin(lobbyEntry, and(eq(member.guest, true), eq(lobbyEntry.memberId, member.id)))
    .leftJoin(host, eq(host.id, lobbyEntry.answeredBy))
    .where(and(eq(member.organisationId, organisationId), which));
  return {
    names: new Map(rows.map(({ id, name }) => [id, name])),
    guests: new Map(rows.filter(({ guest }) => guest).map(({ id, admittedBy }) => [id, admittedBy])),
  };
}

export interface NewSession {
  readonly id: string;
  readonly facilitatorId: string;
  readonly settings: KeptSettings;
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
    proof: 2,
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
  'id' | 'organisationId' | 'changeNumber' | 'auditHead' | 'proof' | 'wrappedKey' | 'createdBy' | 'createdAt'
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
