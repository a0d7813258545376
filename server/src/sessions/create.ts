// Making a session (C2): the one thing that is no command, since there is nothing yet to decide about.
import type { InputError } from '@attune/contract';
import { type Actor, mayDo, type Settings } from '@attune/domain';
import { newSessionKey, wrapSessionKey } from '../documents/seal.ts';
import { appendAudit, firstAuditHead } from './audit.ts';
import { writeChange } from './changes.ts';
import type { CommandDeps } from './execute.ts';
import { checkSettings } from './settings-check.ts';
import { insertDocument, insertSession, loadSession, saveColumns } from './store.ts';

export type CreateOutcome =
  | { readonly ok: true; readonly sessionId: string }
  | { readonly ok: false; readonly denied: 'not-allowed' }
  | { readonly ok: false; readonly problems: readonly InputError[] };

/** Makes a session in `draft`, facilitated by the actor (C2). */
export async function createSession(
  deps: CommandDeps,
  actor: Actor,
  settings: Settings,
): Promise<CreateOutcome> {
  if (!mayDo(actor, 'calibrations.create')) return { ok: false, denied: 'not-allowed' };
  const now = deps.now();
  const sessionId = deps.newId();
  const { organisationId } = actor;
  const outcome = await deps.db.transaction(async (tx): Promise<CreateOutcome> => {
    const checked = await checkSettings(tx, actor, settings);
    if ('problems' in checked) return { ok: false, problems: checked.problems };
    await insertSession(tx, organisationId, {
      id: sessionId,
      facilitatorId: actor.memberId,
      settings,
      wrappedKey: wrapSessionKey(deps.serverKey, { organisationId, sessionId }, newSessionKey()),
      auditHead: firstAuditHead(sessionId),
      now,
    });
    await insertDocument(tx, organisationId, { id: deps.newId(), sessionId, participantId: null });
    const stored = await loadSession(tx, organisationId, sessionId);
    if (!stored) throw new Error('a session just inserted is not there');
    const logged = await appendAudit(
      tx,
      stored,
      [{ type: 'created', name: settings.name }],
      actor.memberId,
      now,
    );
    const saved = { ...logged, number: 1 };
    await saveColumns(tx, saved);
    await writeChange(tx, stored, saved, [{ type: 'created', byMemberId: actor.memberId }], now);
    return { ok: true, sessionId };
  });
  if (outcome.ok) deps.bus.publish({ type: 'session-changed', organisationId, sessionId, number: 1 });
  return outcome;
}
