// Making a session (C2): the one thing that is no command, since there is nothing yet to decide about.
import { type Actor, keepSettings, mayDo, type Settings } from '@attune/domain';
import type { Unit } from '../db/transact.ts';
import { newSessionKey, wrapSessionKey } from '../documents/seal.ts';
import { denied, done, type Outcome } from '../outcome.ts';
import { findOrganisation } from '../people/store.ts';
import { appendAudit, firstAuditHead } from './audit.ts';
import { announce, writeChange } from './changes.ts';
import { saveTranscript } from './detail.store.ts';
import type { CommandDeps } from './execute.ts';
import { checkSettings } from './settings-check.ts';
import { insertDocument, insertSession, loadSession, saveColumns } from './store.ts';

/** Without a threshold of its own, a session begins with the organisation's. */
export type NewSession = Omit<Settings, 'thresholdHundredths'> & {
  readonly thresholdHundredths?: number | undefined;
};

/** Makes a session in `draft`, facilitated by the actor (C2); returns its id. */
export async function createSession(
  { tx, whenCommitted }: Unit,
  deps: CommandDeps,
  actor: Actor,
  chosen: NewSession,
): Promise<Outcome<{ id: string }>> {
  if (!mayDo(actor, 'calibrations.create')) return denied('not-allowed');
  const now = deps.now();
  const sessionId = deps.newId();
  const { organisationId } = actor;
  const host = await findOrganisation(tx, organisationId);
  if (!host) throw new Error('an actor without an organisation');
  const { thresholdHundredths = host.thresholdHundredths } = chosen;
  const settings: Settings = { ...chosen, thresholdHundredths };
  const checked = await checkSettings(tx, actor, settings, { before: null, now });
  if ('problems' in checked) return { kind: 'bad-input', slug: 'invalid-input', errors: checked.problems };
  await insertSession(tx, organisationId, {
    id: sessionId,
    facilitatorId: actor.memberId,
    settings: keepSettings(settings),
    wrappedKey: wrapSessionKey(deps.serverKey, { organisationId, sessionId }, newSessionKey()),
    auditHead: firstAuditHead(sessionId),
    now,
  });
  await saveTranscript(tx, organisationId, sessionId, settings.transcript);
  await insertDocument(tx, organisationId, { id: deps.newId(), sessionId, participantId: null });
  const stored = await loadSession(tx, organisationId, sessionId);
  if (!stored) throw new Error('a session just inserted is not there');
  const created = { type: 'created', name: settings.name } as const;
  const logged = await appendAudit(tx, stored, [created], actor.memberId, now);
  const saved = { ...logged, number: 1 };
  await saveColumns(tx, saved);
  await writeChange(tx, stored, saved, [{ type: 'created', byMemberId: actor.memberId }], now);
  whenCommitted(() => announce(deps.bus, saved));
  return done({ id: sessionId });
}
