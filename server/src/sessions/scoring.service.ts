// What the facilitator may do while people score: excuse one who will not come, and let one back in (C7).
import type { Actor } from '@attune/domain';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';

export function excuseParticipant(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  participantId: string,
  reason: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async () => ({
    command: { type: 'excuse', participantId, reason },
  }));
}

export function readmitParticipant(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  participantId: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async () => ({
    command: { type: 'readmit', participantId },
  }));
}
