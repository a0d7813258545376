// Calibrations put straight into the tables, in any number and status: for what is read of many, not for what is done with one.
import { randomUUID } from 'node:crypto';
import { isRevealed, type Scope } from '@attune/domain';
import type { Database } from '../db/client.ts';
import { observer, participant, putOut, scorecard, scorecardVersion, session } from '../db/schema.ts';
import { columnsOfScope } from '../db/scope.ts';
import { insertClient } from '../people/clients.store.ts';
import { insertMember, insertOrganisation } from '../people/store.ts';

export type Status = 'draft' | 'scoring' | 'review' | 'resolved' | 'closed';
export const statuses: readonly Status[] = ['draft', 'scoring', 'review', 'resolved', 'closed'];

/** An organisation with two clients, the first with two lines of business, people, and two scorecards. */
export interface Home {
  readonly organisationId: string;
  readonly clientId: string;
  readonly lobId: string;
  readonly otherLobId: string;
  readonly otherClientId: string;
  /** Member ids by name. */
  readonly members: Readonly<Record<'ana' | 'max' | 'me' | 'ben' | 'chidi', string>>;
  readonly cards: readonly { readonly id: string; readonly versionId: string }[];
}

export async function makeHome(db: Database): Promise<Home> {
  const [organisationId, clientId, lobId, otherLobId, otherClientId] = ids(5);
  const [ana, max, me, ben, chidi] = ids(5);
  const members = { ana, max, me, ben, chidi };
  const cards = [0, 1].map(() => ({ id: randomUUID(), versionId: randomUUID() }));
  await db.transaction(async (tx) => {
    await insertOrganisation(tx, { id: organisationId, name: 'Northwind', demo: false });
    const lobs = [
      { id: lobId, name: 'Cards' },
      { id: otherLobId, name: 'Loans' },
    ];
    await insertClient(tx, organisationId, { id: clientId, name: 'Kestrel Bank', lobs });
    await insertClient(tx, organisationId, { id: otherClientId, name: 'Harbour', lobs: [] });
    for (const [name, id] of Object.entries(members)) {
      await insertMember(tx, organisationId, {
        id,
        userId: randomUUID(),
        accountId: randomUUID(),
        newGrantId: () => randomUUID(),
        name,
        email: `${id}@example.org`,
        roles: ['lead'],
        access: { kind: 'organisation' },
        password: null,
      });
    }
    for (const [index, { id, versionId }] of cards.entries()) {
      await tx.insert(scorecard).values({ id, organisationId });
      await tx.insert(scorecardVersion).values({
        id: versionId,
        organisationId,
        scorecardId: id,
        version: 1,
        name: `Scorecard ${index + 1}`,
        content: { name: '', description: '', passMarkHundredths: null, disputeWindowHours: 0, sections: [] },
      });
    }
  });
  return { organisationId, clientId, lobId, otherLobId, otherClientId, members, cards };
}

const ids = (count: 5): [string, string, string, string, string] => {
  const [a, b, c, d, e] = Array.from({ length: count }, () => randomUUID());
  return [a ?? '', b ?? '', c ?? '', d ?? '', e ?? ''];
};

/** One session to put in; what is left out is nobody's in particular. */
export interface SessionRow {
  readonly id?: string;
  readonly name?: string;
  readonly status?: Status;
  readonly scope?: Scope;
  readonly facilitatorId?: string;
  /** 0 or 1. */
  readonly card?: number;
  readonly interactionReference?: string | null;
  readonly createdAt?: string;
  readonly dueAt?: string | null;
  readonly flagged?: number;
  readonly participants?: readonly {
    readonly memberId: string;
    readonly state: 'scoring' | 'submitted' | 'excused';
  }[];
  readonly observers?: readonly string[];
  readonly putOut?: readonly string[];
}

/** Puts the sessions in and returns their ids, in order. */
export async function insertSessions(
  db: Database,
  { organisationId, members, cards }: Home,
  rows: readonly SessionRow[],
): Promise<string[]> {
  const made = rows.map((row) => ({ ...row, id: row.id ?? randomUUID() }));
  await db.transaction(async (tx) => {
    for (const row of made) {
      const status = row.status ?? 'draft';
      const wasRevealed = isRevealed(status);
      const createdAt = row.createdAt ?? '2026-03-02T10:00:00Z';
      await tx.insert(session).values({
        id: row.id,
        organisationId,
        status,
        facilitatorId: row.facilitatorId ?? members.ana,
        name: row.name ?? 'Calibration',
        scorecardVersionId: cards[row.card ?? 0]?.versionId ?? '',
        ...columnsOfScope(row.scope ?? { kind: 'organisation' }),
        thresholdHundredths: 1_000,
        interactionReference: row.interactionReference ?? null,
        dueAt: row.dueAt ?? null,
        wrappedKey: new Uint8Array(),
        auditHead: new Uint8Array(),
        flaggedQuestionIds: wasRevealed
          ? Array.from({ length: row.flagged ?? 0 }, (_, at) => `q${at}`)
          : null,
        createdBy: members.ana,
        createdAt,
        statusAt: createdAt,
      });
      for (const [place, person] of (row.participants ?? []).entries())
        await tx.insert(participant).values({
          id: randomUUID(),
          organisationId,
          sessionId: row.id,
          memberId: person.memberId,
          place,
          state: person.state,
          submittedAt: person.state === 'submitted' ? createdAt : null,
          excusedAt: person.state === 'excused' ? createdAt : null,
          excusedReason: person.state === 'excused' ? 'ill' : null,
        });
      for (const memberId of row.observers ?? [])
        await tx.insert(observer).values({ sessionId: row.id, memberId, organisationId, addedAt: createdAt });
      for (const memberId of row.putOut ?? [])
        await tx.insert(putOut).values({ sessionId: row.id, memberId, organisationId, at: createdAt });
    }
  });
  return made.map(({ id }) => id);
}
