// SQL of what sessions need to know of members, scopes and scorecards.
import type { Access, Role, Scope, Scorecard } from '@attune/domain';
import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { client, lob, member, memberGrant, participant, scorecard, scorecardVersion } from '../db/schema.ts';
import { scopeOfColumns } from './store.ts';

type Reader = Database | Tx;

export interface Invitee {
  readonly memberId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly access: Access;
  readonly active: boolean;
}

/** Members with their access, by name; all of the organisation, or those of the ids given. */
export async function listInvitees(
  db: Reader,
  organisationId: string,
  memberIds?: readonly string[],
): Promise<Invitee[]> {
  const rows = await db
    .select()
    .from(member)
    .where(
      and(
        eq(member.organisationId, organisationId),
        memberIds ? inArray(member.id, [...memberIds]) : undefined,
      ),
    )
    .orderBy(asc(member.name), asc(member.id));
  const grants = await db.select().from(memberGrant).where(eq(memberGrant.organisationId, organisationId));
  return rows.map((row) => ({
    memberId: row.id,
    name: row.name,
    roles: row.roles,
    active: row.active,
    access: row.wholeOrganisation
      ? { kind: 'organisation' }
      : {
          kind: 'grants',
          grants: grants
            .filter(({ memberId }) => memberId === row.id)
            .map(({ clientId, lobId }) => ({ clientId, lobId })),
        },
  }));
}

export async function findMember(
  db: Reader,
  organisationId: string,
  memberId: string,
): Promise<Invitee | null> {
  const [found] = await listInvitees(db, organisationId, [memberId]);
  return found ?? null;
}

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

/** Members already in the session. */
export async function participantMemberIds(
  db: Reader,
  organisationId: string,
  sessionId: string,
): Promise<string[]> {
  const rows = await db
    .select({ memberId: participant.memberId })
    .from(participant)
    .where(and(eq(participant.organisationId, organisationId), eq(participant.sessionId, sessionId)));
  return rows.map(({ memberId }) => memberId);
}
