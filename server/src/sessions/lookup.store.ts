// SQL of single facts: what sessions need to know of scopes and scorecards, and how a session stands.
import type { Scope, Scorecard } from '@attune/domain';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { client, lob, scorecard, scorecardVersion, session } from '../db/schema.ts';
import { scopeOfColumns } from '../db/scope.ts';

type Reader = Database | Tx;

/** Whether the client, and the line of business of that client, exist in the organisation. */
export async function scopeExists(db: Reader, organisationId: string, scope: Scope): Promise<boolean> {
  switch (scope.kind) {
    case 'organisation':
      return true;
    case 'client': {
      const where = and(eq(client.organisationId, organisationId), eq(client.id, scope.clientId));
      return (await db.select({ id: client.id }).from(client).where(where)).length === 1;
    }
    case 'lob': {
      const where = and(
        eq(lob.organisationId, organisationId),
        eq(lob.clientId, scope.clientId),
        eq(lob.id, scope.lobId),
      );
      return (await db.select({ id: lob.id }).from(lob).where(where)).length === 1;
    }
  }
}

/** A published version of a scorecard that is not archived; `null` for drafts, archived and absent ones. */
export async function findPublishedVersion(
  db: Reader,
  organisationId: string,
  versionId: string,
): Promise<{ content: Scorecard; scope: Scope } | null> {
  const [row] = await db
    .select({ content: scorecardVersion.content, clientId: scorecard.clientId, lobId: scorecard.lobId })
    .from(scorecardVersion)
    .innerJoin(scorecard, eq(scorecard.id, scorecardVersion.scorecardId))
    .where(
      and(
        eq(scorecardVersion.organisationId, organisationId),
        eq(scorecardVersion.id, versionId),
        isNotNull(scorecardVersion.publishedAt),
        isNull(scorecard.archivedAt),
      ),
    );
  return row ? { content: row.content, scope: scopeOfColumns(row) } : null;
}

/** How a session stands, as far as its board depends on it, without reading it; `null` where the organisation has none of this id. */
export async function findBoardState(db: Reader, organisationId: string, sessionId: string) {
  const [row] = await db
    .select({ number: session.changeNumber, status: session.status, names: session.names })
    .from(session)
    .where(and(eq(session.organisationId, organisationId), eq(session.id, sessionId)));
  return row ?? null;
}
