// Agreed answers and causes: the facilitator's word on a question, a row from the start (C10).
import type { Actor, AgreedAnswer, Cause } from '@attune/domain';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';

/** Records, changes or clears (`null`) what the group agreed on a question. */
export function agreeOn(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  questionId: string,
  outcome: { agreed: AgreedAnswer | null; cause: Cause | null },
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async () => ({
    command: { type: 'agree', questionId, ...outcome },
  }));
}
