// SQL of the journal's writes: one statement takes the locks, asks the rows whether an update is still permitted, numbers it and adds it,
// so that a group of updates is one message to the database and one back.
import { sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import type { DocumentHandle } from './store.ts';

/** What became of an update. `held`: a command holds the session, or another node the document; nothing was written. */
export type Written = 'stored' | 'refused' | 'held';

export interface Update {
  readonly handle: DocumentHandle;
  readonly rowId: string;
  /** As they lie at rest. */
  readonly bytes: Uint8Array;
  /** When the writer's sign-in was made, ISO 8601 UTC: a sheet's first update keeps it as what its place was begun under (J2). */
  readonly signedInAt: string;
  /** Client ids the writer uses for the first time, and who the writer is; notes only. */
  readonly claims: readonly { readonly clientId: number; readonly memberId: string }[];
}

/**
 * Adds updates in their order, under their documents' next numbers, where the session's row still permits it.
 *
 * Every row that decides is locked, and so read as it is now and not as it was when the statement began: whoever submits, reveals or
 * resolves holds the session, so that nothing slips in behind them. A document stays locked until the commit: nobody numbers an update
 * of it before these are there to be read. Documents are locked in the order of their ids: two who wait never wait for one another.
 *
 * @param waits for a command on a session, or another node on a document; else what they hold is left out
 * @returns by row id
 */
export async function writeUpdates(
  db: Database | Tx,
  updates: readonly Update[],
  waits: boolean,
): Promise<Map<string, Written>> {
  // One value, whatever the number of updates: the statement stays the same, and is prepared.
  const told = updates.map(({ handle, rowId, bytes, signedInAt, claims }, place) => ({
    place,
    document_id: handle.id,
    row_id: rowId,
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    signed_in_at: signedInAt,
    claims,
  }));
  const orNot = sql.raw(waits ? '' : 'skip locked');
  const rows = await db.execute<{ row_id: string; written: Written }>(sql`
    with entry as (
      select entry.*, document.session_id
      from json_to_recordset(${JSON.stringify(told)}::json) as entry
        (place int, document_id uuid, row_id uuid, bytes text, signed_in_at timestamptz, claims json)
      left join document on document.id = entry.document_id
    ), free as (
      select id, status from session where id in (select session_id from entry) for share ${orNot}
    ), owned as (
      select document.id, document.organisation_id, document.kind, document.participant_id, free.status
      from document join free on free.id = document.session_id
      where document.id in (select document_id from entry)
      order by document.id
      for no key update of document ${orNot}
    ), scoring as (
      select participant.id, participant.begun_at
      from participant join owned on owned.participant_id = participant.id
      where participant.state = 'scoring'
      for share of participant
    ), permitted as (
      select entry.*, owned.organisation_id, scoring.id as participant_id, scoring.begun_at,
        row_number() over (partition by entry.document_id order by entry.place) as nth
      from entry join owned on owned.id = entry.document_id
      left join scoring on scoring.id = owned.participant_id
      where (owned.kind = 'sealed' and owned.status = 'scoring' and scoring.id is not null)
         or (owned.kind = 'notes' and owned.status = 'review')
    ), raised as (
      update document set update_number = update_number + more.count
      from (select document_id, count(*) as count from permitted group by document_id) as more
      where document.id = more.document_id
      returning document.id, update_number - more.count as before
    ), added as (
      insert into document_update (organisation_id, document_id, number, row_id, bytes)
      select organisation_id, document_id, before + nth, row_id, decode(bytes, 'base64')
      from permitted join raised on raised.id = permitted.document_id
    ), claimed as (
      insert into document_client (organisation_id, document_id, client_id, member_id)
      select organisation_id, document_id, claim."clientId", claim."memberId"
      from permitted, json_to_recordset(claims) as claim ("clientId" bigint, "memberId" uuid)
      on conflict do nothing
    ), begun as (
      update participant set begun_at = now(), begun_signed_in_at = permitted.signed_in_at
      from permitted
      where participant.id = permitted.participant_id and permitted.nth = 1
        and permitted.begun_at is null and participant.begun_at is null
    )
    select entry.row_id, case
        when permitted.row_id is not null then 'stored'
        when owned.id is not null or entry.session_id is null then 'refused'
        else 'held'
      end as written
    from entry
    left join owned on owned.id = entry.document_id
    left join permitted on permitted.row_id = entry.row_id`);
  return new Map([...rows].map(({ row_id, written }) => [row_id, written]));
}
