// SQL of single facts: what sessions need to know of scopes and scorecards, and how a session stands.

import type { ScorecardStanding } from '@attune/contract';
import type { Scope, Scorecard } from '@attune/domain';
import { and, eq, exists, gt, isNotNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
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

/** How a version joined with its scorecard stands: replaced by a newer one that was published, or its scorecard archived. */
function standingOf(db: Reader) {
  const newer = alias(scorecardVersion, 'newer');
  const replaced = db
    .select({ one: sql`1` })
    .from(newer)
    .where(
      and(
        eq(newer.organisationId, scorecardVersion.organisationId),
        eq(newer.scorecardId, scorecardVersion.scorecardId),
        gt(newer.version, scorecardVersion.version),
        isNotNull(newer.publishedAt),
      ),
    );
  return sql<ScorecardStanding>`case when ${scorecard.archivedAt} is not null then 'archived'
    when ${exists(replaced)} then 'superseded' else 'newest' end`;
}

/** What a session's pages say of its version beside the content. */
export async function findVersionOf(db: Reader, organisationId: string, versionId: string) {
  const [row] = await db
    .select({
      scorecardId: scorecardVersion.scorecardId,
      scorecardVersion: scorecardVersion.version,
      scorecardStanding: standingOf(db),
    })
    .from(scorecardVersion)
    .innerJoin(scorecard, eq(scorecard.id, scorecardVersion.scorecardId))
    .where(and(eq(scorecardVersion.organisationId, organisationId), eq(scorecardVersion.id, versionId)));
  return row ?? null;
}

/** A published version and how it stands by now; `null` for drafts and absent ones. */
export async function findPublishedVersion(
  db: Reader,
  organisationId: string,
  versionId: string,
): Promise<{ content: Scorecard; scope: Scope; standing: ScorecardStanding } | null> {
  const [row] = await db
    .select({
      content: scorecardVersion.content,
      clientId: scorecard.clientId,
      lobId: scorecard.lobId,
      standing: standingOf(db),
    })
    .from(scorecardVersion)
    .innerJoin(scorecard, eq(scorecard.id, scorecardVersion.scorecardId))
    .where(
      and(
        eq(scorecardVersion.organisationId, organisationId),
        eq(scorecardVersion.id, versionId),
        isNotNull(scorecardVersion.publishedAt),
      ),
    );
  return row ? { content: row.content, scope: scopeOfColumns(row), standing: row.standing } : null;
}

/** How a session stands, as far as its board depends on it, without reading it; `null` where the organisation has none of this id. */
export async function findBoardState(db: Reader, organisationId: string, sessionId: string) {
  const [row] = await db
    .select({ number: session.changeNumber, status: session.status, names: session.names })
    .from(session)
    .where(and(eq(session.organisationId, organisationId), eq(session.id, sessionId)));
  return row ?? null;
}
