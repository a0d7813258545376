// SQL of single facts: what sessions need to know of scopes and scorecards, and how a session stands.

import type { ScorecardStanding } from '@attune/contract';
import { questionsOf, type Scope, type Scorecard } from '@attune/domain';
import { and, desc, eq, exists, gt, isNotNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '../db/client.ts';
import { client, lob, scorecard, scorecardVersion, session } from '../db/schema.ts';
import { scopeOfColumns } from '../db/scope.ts';

type Reader = Database | Tx;

/** Whether a scope names something there is, and whether that is still worked for; `null`: there is no such client or line. */
export async function findScopeStanding(
  db: Reader,
  organisationId: string,
  scope: Scope,
): Promise<'living' | 'archived' | null> {
  if (scope.kind === 'organisation') return 'living';
  const lobId = scope.kind === 'lob' ? scope.lobId : null;
  const [found] = await db
    .select({ clientArchivedAt: client.archivedAt, lobId: lob.id, lobArchivedAt: lob.archivedAt })
    .from(client)
    .leftJoin(
      lob,
      and(
        eq(lob.organisationId, client.organisationId),
        eq(lob.clientId, client.id),
        sql`${lob.id} = ${lobId}::uuid`,
      ),
    )
    .where(and(eq(client.organisationId, organisationId), eq(client.id, scope.clientId)));
  if (!found || found.lobId !== lobId) return null;
  return found.clientArchivedAt === null && found.lobArchivedAt === null ? 'living' : 'archived';
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

/**
 * Holds the version's scorecard until the transaction ends: nothing newer is published meanwhile. Whoever puts a session on a
 * version holds it, so that a publishing either is seen by them or sees their session.
 */
export async function holdScorecardOf(tx: Tx, organisationId: string, versionId: string): Promise<void> {
  await tx
    .select({ id: scorecard.id })
    .from(scorecard)
    .innerJoin(scorecardVersion, eq(scorecardVersion.scorecardId, scorecard.id))
    .where(and(eq(scorecardVersion.organisationId, organisationId), eq(scorecardVersion.id, versionId)))
    .for('share', { of: scorecard });
}

/** The number of a version, and the newest published one of its scorecard; `null` where there is no such version. */
export async function findNewestVersion(tx: Tx, organisationId: string, versionId: string) {
  const versions = await listPublished(tx, organisationId, versionId);
  const [newest] = versions;
  const own = versions.find(({ id }) => id === versionId);
  return newest && own ? { from: own.version, newest } : null;
}

/** The published versions of a version's scorecard, the newest first. */
function listPublished(db: Reader, organisationId: string, versionId: string) {
  const own = alias(scorecardVersion, 'own');
  const { id, version, content } = scorecardVersion;
  return db
    .select({ id, version, content })
    .from(scorecardVersion)
    .innerJoin(own, eq(own.scorecardId, scorecardVersion.scorecardId))
    .where(
      and(
        eq(scorecardVersion.organisationId, organisationId),
        eq(own.organisationId, organisationId),
        eq(own.id, versionId),
        isNotNull(scorecardVersion.publishedAt),
      ),
    )
    .orderBy(desc(scorecardVersion.version));
}

/** Questions by id, as the scorecard last worded them; those that none of its versions has are left out. */
export async function findPrompts(
  db: Reader,
  organisationId: string,
  versionId: string,
  questionIds: readonly string[],
): Promise<{ id: string; prompt: string }[]> {
  if (questionIds.length === 0) return [];
  const versions = await listPublished(db, organisationId, versionId);
  const all = versions.flatMap(({ content }) => questionsOf(content));
  return questionIds.flatMap((id) => {
    const found = all.find((question) => question.id === id);
    return found ? [{ id, prompt: found.prompt }] : [];
  });
}

/** Drafts of a scorecard that are on another version than its newest published one. */
export async function listDraftsBehind(tx: Tx, organisationId: string, scorecardId: string) {
  const newest = tx
    .select({ id: scorecardVersion.id })
    .from(scorecardVersion)
    .where(
      and(
        eq(scorecardVersion.organisationId, organisationId),
        eq(scorecardVersion.scorecardId, scorecardId),
        isNotNull(scorecardVersion.publishedAt),
      ),
    )
    .orderBy(desc(scorecardVersion.version))
    .limit(1);
  const rows = await tx
    .select({ sessionId: session.id })
    .from(session)
    .innerJoin(scorecardVersion, eq(scorecardVersion.id, session.scorecardVersionId))
    .where(
      and(
        eq(session.organisationId, organisationId),
        eq(scorecardVersion.scorecardId, scorecardId),
        eq(session.status, 'draft'),
        sql`${session.scorecardVersionId} <> (${newest})`,
      ),
    );
  return rows.map(({ sessionId }) => sessionId);
}

/** How a session stands, as far as its board depends on it, without reading it; `null` where the organisation has none of this id. */
export async function findBoardState(db: Reader, organisationId: string, sessionId: string) {
  const [row] = await db
    .select({ number: session.changeNumber, status: session.status, names: session.names })
    .from(session)
    .where(and(eq(session.organisationId, organisationId), eq(session.id, sessionId)));
  return row ?? null;
}
