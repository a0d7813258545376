// SQL of scorecards and their versions. A published version's content never changes.
import type { Scope, Scorecard } from '@attune/domain';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { scorecard, scorecardVersion } from '../db/schema.ts';
import { columnsOfScope, scopeOfColumns } from '../db/scope.ts';

type Reader = Database | Tx;

export interface StoredScorecard {
  readonly id: string;
  readonly organisationId: string;
  readonly scope: Scope;
  readonly archived: boolean;
  readonly versionId: string;
  readonly version: number;
  readonly content: Scorecard;
  readonly publishedAt: string | null;
}

/** Every version of the organisation's scorecards, newest first; those of one scorecard, where an id is given. */
export async function listVersions(
  db: Reader,
  organisationId: string,
  scorecardId?: string,
): Promise<StoredScorecard[]> {
  const rows = await db
    .select({ scorecard, version: scorecardVersion })
    .from(scorecardVersion)
    .innerJoin(scorecard, eq(scorecard.id, scorecardVersion.scorecardId))
    .where(
      and(
        eq(scorecard.organisationId, organisationId),
        scorecardId ? eq(scorecard.id, scorecardId) : undefined,
      ),
    )
    .orderBy(desc(scorecardVersion.version), asc(scorecardVersion.name), asc(scorecardVersion.id));
  return rows.map(({ scorecard: card, version }) => ({
    id: card.id,
    organisationId: card.organisationId,
    scope: scopeOfColumns(card),
    archived: card.archivedAt !== null,
    versionId: version.id,
    version: version.version,
    content: version.content,
    publishedAt: version.publishedAt && new Date(version.publishedAt).toISOString(),
  }));
}

export async function insertScorecard(
  tx: Tx,
  organisationId: string,
  row: { id: string; scope: Scope; now: string },
): Promise<void> {
  await tx.insert(scorecard).values({
    id: row.id,
    organisationId,
    ...columnsOfScope(row.scope),
    createdAt: row.now,
  });
}

export async function insertVersion(
  tx: Tx,
  organisationId: string,
  row: { id: string; scorecardId: string; version: number; content: Scorecard; now: string },
): Promise<void> {
  await tx.insert(scorecardVersion).values({
    id: row.id,
    organisationId,
    scorecardId: row.scorecardId,
    version: row.version,
    name: row.content.name,
    content: row.content,
    createdAt: row.now,
  });
}

/** Holds the scorecard's row until the transaction ends. */
export async function lockScorecard(tx: Tx, organisationId: string, scorecardId: string): Promise<void> {
  await tx
    .select({ id: scorecard.id })
    .from(scorecard)
    .where(and(eq(scorecard.organisationId, organisationId), eq(scorecard.id, scorecardId)))
    .for('update');
}

/** Replaces the content of a version that is still a draft. */
export async function updateDraft(
  tx: Tx,
  organisationId: string,
  versionId: string,
  content: Scorecard,
): Promise<void> {
  await tx
    .update(scorecardVersion)
    .set({ content, name: content.name })
    .where(
      and(
        eq(scorecardVersion.organisationId, organisationId),
        eq(scorecardVersion.id, versionId),
        isNull(scorecardVersion.publishedAt),
      ),
    );
}

export async function publishVersion(
  tx: Tx,
  organisationId: string,
  versionId: string,
  now: string,
): Promise<void> {
  await tx
    .update(scorecardVersion)
    .set({ publishedAt: now })
    .where(
      and(
        eq(scorecardVersion.organisationId, organisationId),
        eq(scorecardVersion.id, versionId),
        isNull(scorecardVersion.publishedAt),
      ),
    );
}

export async function archiveScorecard(
  tx: Tx,
  organisationId: string,
  scorecardId: string,
  now: string,
): Promise<void> {
  await tx
    .update(scorecard)
    .set({ archivedAt: now })
    .where(and(eq(scorecard.organisationId, organisationId), eq(scorecard.id, scorecardId)));
}
