// Putting people out of a session, letting them back in, and giving guests another name (C12, J1): the facilitator's alone. And
// what an excused participant is told.
import type { OwnExcuse } from '@attune/contract';
import type { Actor } from '@attune/domain';
import type { Database } from '../db/client.ts';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';
import { readAs } from './read.ts';
import { findCommitment } from './submission.store.ts';

/** Puts a participant or an observer out: at once, for good, and before the reveal with all they wrote. */
export function putOut(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  { memberId, reason }: { memberId: string; reason: string },
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (tx, stored) => {
    const place = stored.session.participants.find((participant) => participant.memberId === memberId);
    const isDiscarded = place?.state === 'submitted' && stored.session.status === 'scoring';
    const name = stored.names.get(memberId) ?? '';
    const discarded = isDiscarded ? await findCommitment(tx, stored.organisationId, place.id) : null;
    return { command: { type: 'put-out', memberId, name, reason, discarded } };
  });
}

/** Lets a member who was put out after the reveal read on. A guest comes anew, by the lobby: their sign-in is gone. */
export function letBackIn(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  memberId: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (_tx, stored) =>
    stored.guests.has(memberId)
      ? { refusal: { code: 'not-put-out' } }
      : { command: { type: 'let-back-in', memberId, name: stored.names.get(memberId) ?? '' } },
  );
}

/** Gives a guest another name, before or after they are let in. */
export function renameGuest(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  memberId: string,
  to: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (_tx, stored) =>
    // Under which name somebody was put out is not to be changed afterwards.
    stored.guests.has(memberId) && !stored.session.putOut.includes(memberId)
      ? { command: { type: 'rename-guest', memberId, from: stored.names.get(memberId) ?? '', to } }
      : { refusal: { code: 'not-a-guest' } },
  );
}

/** That one is excused, by whom and why: all that an excused participant still reads. */
export async function readOwnExcuse(
  db: Database,
  actor: Actor,
  sessionId: string,
): Promise<OwnExcuse | null> {
  const stored = await readAs(db, actor, sessionId, 'excuse.read');
  const own = stored?.session.participants.find(({ memberId }) => memberId === actor.memberId);
  if (!stored || own?.state !== 'excused') return null;
  const { settings, facilitatorId } = stored.session;
  return {
    sessionName: settings.name,
    facilitator: stored.names.get(facilitatorId) ?? '',
    reason: own.reason,
    excusedAt: own.excusedAt,
    mayReturn: stored.session.status === 'scoring',
  };
}
