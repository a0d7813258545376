// SQL of scorecards and their versions. A published version's content never changes.
import type { Scope, Scorecard } from '@attune/domain';
import { and, asc, desc, eq, isNull, ne } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { member, scorecard, scorecardVersion, session } from '../db/schema.ts';
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
  /** Counts the changes of a draft. */
  readonly revision: number;
  readonly lastChange: LastChange | null;
}

/** Who last changed a draft, by name, and when. */
export interface LastChange {
  readonly by: string | null;
  readonly at: string;
}

/** Who changes something, and when. */
export interface Change {
  readonly memberId: string;
  readonly now: string;
}

/** Every version of the organisation's scorecards, newest first; those of one scorecard, where an id is given. */
export async function listVersions(
  db: Reader,
  organisationId: string,
  scorecardId?: string,
): Promise<StoredScorecard[]> {
  const rows = await db
    .select({ scorecard, version: scorecardVersion, changedBy: member.name })
    .from(scorecardVersion)
    .innerJoin(scorecard, eq(scorecard.id, scorecardVersion.scorecardId))
    .leftJoin(
      member,
      and(
        eq(member.organisationId, scorecardVersion.organisationId),
        eq(member.id, scorecardVersion.changedBy),
      ),
    )
    .where(
      and(
        eq(scorecard.organisationId, organisationId),
        scorecardId ? eq(scorecard.id, scorecardId) : undefined,
      ),
    )
    .orderBy(desc(scorecardVersion.version), asc(scorecardVersion.name), asc(scorecardVersion.id));
  return rows.map(({ scorecard: card, version, changedBy }) => ({
    id: card.id,
    organisationId: card.organisationId,
    scope: scopeOfColumns(card),
    archived: card.archivedAt !== null,
    versionId: version.id,
    version: version.version,
    content: version.content,
    publishedAt: version.publishedAt && new Date(version.publishedAt).toISOString(),
    revision: version.revision,
    lastChange: version.changedAt ? { by: changedBy, at: new Date(version.changedAt).toISOString() } : null,
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

const draftIs = (organisationId: string, versionId: string) =>
  and(
    eq(scorecardVersion.organisationId, organisationId),
    eq(scorecardVersion.id, versionId),
    isNull(scorecardVersion.publishedAt),
  );

/** Replaces the content of a version that is still a draft: its next revision. */
export async function updateDraft(
  tx: Tx,
  organisationId: string,
  draft: { readonly versionId: string; readonly revision: number; readonly content: Scorecard },
  { memberId, now }: Change,
): Promise<void> {
  const { versionId, revision, content } = draft;
  await tx
    .update(scorecardVersion)
    .set({ content, name: content.name, revision, changedAt: now, changedBy: memberId })
    .where(draftIs(organisationId, versionId));
}

/** Gives the scorecard another scope: only where none of its versions was published. */
export async function updateScope(
  tx: Tx,
  organisationId: string,
  scorecardId: string,
  scope: Scope,
): Promise<void> {
  await tx
    .update(scorecard)
    .set(columnsOfScope(scope))
    .where(and(eq(scorecard.organisationId, organisationId), eq(scorecard.id, scorecardId)));
}

/** Takes a draft away; what was published stays. */
export async function deleteDraft(tx: Tx, organisationId: string, versionId: string): Promise<void> {
  await tx.delete(scorecardVersion).where(draftIs(organisationId, versionId));
}

/** Takes a scorecard away that has no version left. */
export async function deleteScorecard(tx: Tx, organisationId: string, scorecardId: string): Promise<void> {
  await tx
    .delete(scorecard)
    .where(and(eq(scorecard.organisationId, organisationId), eq(scorecard.id, scorecardId)));
}

/** How many calibrations in draft are made on other versions of the scorecard. */
export async function countDraftSessions(
  db: Reader,
  organisationId: string,
  scorecardId: string,
  exceptVersionId: string,
): Promise<number> {
  return await db.$count(
    db
      .select({ id: session.id })
      .from(session)
      .innerJoin(scorecardVersion, eq(scorecardVersion.id, session.scorecardVersionId))
      .where(
        and(
          eq(session.organisationId, organisationId),
          eq(session.status, 'draft'),
          eq(scorecardVersion.scorecardId, scorecardId),
          ne(scorecardVersion.id, exceptVersionId),
        ),
      )
      .as('drafts'),
  );
}

export async function publishVersion(
  tx: Tx,
  organisationId: string,
  versionId: string,
  now: string,
): Promise<void> {
  await tx.update(scorecardVersion).set({ publishedAt: now }).where(draftIs(organisationId, versionId));
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
