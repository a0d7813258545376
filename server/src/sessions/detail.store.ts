// SQL of what is large or seldom asked for of a session, and therefore lies apart from its row: the frozen board, the transcript,
// the names of its scorecard's version and of its scope. Every function is bound to an organisation.
import type { ScorecardStanding } from '@attune/contract';
import { type Board, goneQuestions, type Scope, type Settings, type TranscriptLine } from '@attune/domain';
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { client, lob, sessionBoard, sessionTranscript } from '../db/schema.ts';
import { columnsOfScope } from '../db/scope.ts';
import { findMovedFrom } from './audit.store.ts';
import { findPrompts, findVersionOf } from './lookup.store.ts';
import type { StoredSession } from './stored-session.ts';

type Reader = Database | Tx;

/** What pages show of a session beside what moves: it changes with the settings alone. */
export interface SessionDetail {
  readonly transcript: readonly TranscriptLine[];
  readonly scorecardId: string;
  readonly scorecardVersion: number;
  readonly scorecardStanding: ScorecardStanding;
  /** The version a draft was on before it moved to this one; `null` once its settings were changed since, or it never moved. */
  readonly movedFrom: number | null;
  /** Chosen questions that this version does not have, as they were last worded. */
  readonly goneQuestions: readonly { readonly id: string; readonly prompt: string }[];
  /** Names of the scope's client and line of business; `null` where the scope has none. */
  readonly clientName: string | null;
  readonly lobName: string | null;
}

/** The frozen board, `null` before the reveal. */
export async function findBoard(
  db: Reader,
  organisationId: string,
  sessionId: string,
): Promise<Board | null> {
  const [row] = await db
    .select({ board: sessionBoard.board })
    .from(sessionBoard)
    .where(and(eq(sessionBoard.organisationId, organisationId), eq(sessionBoard.sessionId, sessionId)));
  return row?.board ?? null;
}

/** Freezes the board: written once, by the reveal. */
export async function insertBoard(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  board: Board,
): Promise<void> {
  await tx.insert(sessionBoard).values({ organisationId, sessionId, board });
}

export async function saveTranscript(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  lines: Settings['transcript'],
): Promise<void> {
  await tx
    .insert(sessionTranscript)
    .values({ organisationId, sessionId, lines })
    .onConflictDoUpdate({ target: sessionTranscript.sessionId, set: { lines } });
}

export async function loadDetail(
  db: Reader,
  { organisationId, session }: StoredSession,
): Promise<SessionDetail> {
  const { scorecardVersionId, scope } = session.settings;
  const [version, [kept], names, movedFrom, gone] = await Promise.all([
    findVersionOf(db, organisationId, scorecardVersionId),
    db
      .select({ transcript: sessionTranscript.lines })
      .from(sessionTranscript)
      .where(
        and(
          eq(sessionTranscript.organisationId, organisationId),
          eq(sessionTranscript.sessionId, session.id),
        ),
      ),
    namesOfScope(db, organisationId, scope),
    session.status === 'draft' ? findMovedFrom(db, organisationId, session.id) : null,
    findPrompts(db, organisationId, scorecardVersionId, goneQuestions(session)),
  ]);
  if (!version) throw new Error('session without its scorecard version');
  const moved = { movedFrom, goneQuestions: gone };
  return { transcript: kept?.transcript ?? [], ...version, ...names, ...moved };
}

/** Names of the client and line of business of a scope; `null` where the scope has none, or they do not exist. */
async function namesOfScope(
  db: Reader,
  organisationId: string,
  scope: Scope,
): Promise<Pick<SessionDetail, 'clientName' | 'lobName'>> {
  const { clientId, lobId } = columnsOfScope(scope);
  if (clientId === null) return { clientName: null, lobName: null };
  const [row] = await db
    .select({ clientName: client.name, lobName: lob.name })
    .from(client)
    .leftJoin(lob, and(eq(lob.clientId, client.id), eq(lob.id, sql`${lobId}::uuid`)))
    .where(and(eq(client.organisationId, organisationId), eq(client.id, clientId)));
  return { clientName: row?.clientName ?? null, lobName: row?.lobName ?? null };
}
