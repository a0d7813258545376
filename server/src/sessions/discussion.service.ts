// What the facilitator does to run the meeting: focus, timer, sweep, undo, names, handing over (C9, J3, C3).
import {
  type Actor,
  type DiscussionCommand,
  type NamesMode,
  type Resolution,
  type SweptAnswer,
  sweepable,
  whyNotFacilitate,
} from '@attune/domain';
import { findMember } from '../people/store.ts';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';

/** Focus, timer, undo, speak-first: what needs nothing but the session itself. */
export function runDiscussion(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  command: Exclude<DiscussionCommand, { type: 'sweep' }>,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async () => ({ command }));
}

/** Agrees on every unanimous question that has no agreed answer yet. */
export function sweepUnanimous(deps: CommandDeps, actor: Actor, sessionId: string): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (_tx, { board, session }) => {
    const resolutions: readonly Resolution[] = 'resolutions' in session ? session.resolutions : [];
    const answers: readonly SweptAnswer[] = board ? sweepable(board, resolutions) : [];
    return { command: { type: 'sweep', answers } };
  });
}

/** Whose names the board shows, and to whom. */
export function setNames(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  names: NamesMode,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async () => ({
    command: { type: 'set-names', names },
  }));
}

/** Makes another lead the facilitator. */
export function handOver(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  memberId: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (tx, { session }) => {
    const next = await findMember(tx, actor.organisationId, memberId);
    const hindrance = next ? whyNotFacilitate(next, session.settings.scope) : { why: 'unknown' as const };
    if (hindrance) return { refusal: { code: 'may-not-facilitate', people: [{ memberId, ...hindrance }] } };
    return { command: { type: 'hand-over', memberId } };
  });
}
