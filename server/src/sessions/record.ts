// The record as it is read: built from rows, as this reader may see it (C12).
import { type Actor, buildRecord, type CalibrationRecord, maySession } from '@attune/domain';
import { inSnapshot } from '../db/transact.ts';
import type { CommandDeps } from './execute.ts';
import { loadRecordRows } from './record.store.ts';
import { recordForViewer } from './stand-ins.ts';
import { loadSession } from './store.ts';
import { sessionToSubject } from './views.ts';

/** The record, `null` where there is none yet or it is not the actor's to read. */
export function readRecord(
  { db, serverKey }: Pick<CommandDeps, 'db' | 'serverKey'>,
  actor: Actor,
  sessionId: string,
): Promise<CalibrationRecord | null> {
  return inSnapshot(db, async (tx) => {
    const stored = await loadSession(tx, actor.organisationId, sessionId);
    if (!stored || !maySession(actor, 'record.read', sessionToSubject(stored))) return null;
    const rows = await loadRecordRows(tx, stored);
    return rows && recordForViewer(serverKey, stored, actor, buildRecord(rows));
  });
}
