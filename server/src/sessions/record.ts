// The record as it is read: told from its log, or built from rows, as this reader may see it (C12).
import {
  type Actor,
  buildRecord,
  type CalibrationRecord,
  maySession,
  retellRecord,
  withFigures,
} from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { inSnapshot } from '../db/transact.ts';
import type { CommandDeps } from './execute.ts';
import { loadRecordRows, loadRecordSources } from './record.store.ts';
import { recordForViewer } from './stand-ins.ts';
import { loadSession } from './store.ts';
import type { StoredSession } from './stored-session.ts';
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
    const whole = await loadRecord(tx, stored);
    return whole && withFigures(recordForViewer(serverKey, stored, actor, whole), stored.sectionWeights);
  });
}

/** All of it; `null` where the session is not resolved. */
async function loadRecord(tx: Tx, stored: StoredSession): Promise<CalibrationRecord | null> {
  if (stored.proof === 1) {
    const rows = await loadRecordRows(tx, stored);
    return rows && buildRecord(rows);
  }
  const sources = await loadRecordSources(tx, stored);
  return sources && retellRecord(sources);
}
