// SQL of progress: how many questions each has answered, told as one numbered change, without reading the session.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { participant, session } from '../db/schema.ts';

/** Holds the session's row, where answers are still counted: a change is numbered by whoever holds it. */
export async function holdScoring(tx: Tx, organisationId: string, sessionId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: session.id })
    .from(session)
    .where(
      and(
        eq(session.organisationId, organisationId),
        eq(session.id, sessionId),
        eq(session.status, 'scoring'),
      ),
    )
    .for('update');
  return rows.length > 0;
}

/** Writes the counts that are news, of those who still score; returns the rows of these alone, in the order of joining. */
export async function saveAnswered(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  counts: readonly { readonly participantId: string; readonly answered: number }[],
) {
  const told = sql`jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as told("participantId" uuid, answered integer)`;
  const rows = await tx
    .update(participant)
    .set({ answered: sql`told.answered` })
    .from(told)
    .where(
      and(
        eq(participant.organisationId, organisationId),
        eq(participant.sessionId, sessionId),
        eq(participant.state, 'scoring'),
        sql`${participant.id} = told."participantId"`,
        sql`${participant.answered} <> told.answered`,
      ),
    )
    .returning({
      id: participant.id,
      memberId: participant.memberId,
      late: participant.late,
      place: participant.place,
      answered: participant.answered,
    });
  return rows.sort((one, other) => one.place - other.place);
}

/** Counts a change of a session whose row is held; returns its number. */
export async function nextChangeNumber(tx: Tx, organisationId: string, sessionId: string): Promise<number> {
  const [row] = await tx
    .update(session)
    .set({ changeNumber: sql`${session.changeNumber} + 1` })
    .where(and(eq(session.organisationId, organisationId), eq(session.id, sessionId)))
    .returning({ number: session.changeNumber });
  if (!row) throw new Error('a session whose row is held is not there');
  return row.number;
}
