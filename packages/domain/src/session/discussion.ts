// Running the discussion in review (C9): the facilitator's current question, its timer, sweeping what everyone agreed on anyway,
// and undoing a slip. A reveal is never undone here.
import { sweepable } from '../board-reading.ts';
import { canonicalJson } from '../canonical.ts';
import { questionsOf } from '../scorecard.ts';
import type { Command } from './command.ts';
import { accept, type Decision, needsStatus, refuse, wrongStatus } from './decision.ts';
import type { FactsOf } from './facts.ts';
import type { Refusal } from './refusal.ts';
import type { InReview, PublicSession, Session } from './state.ts';
import { changeTimer, longestTimerMs, shortestTimerMs } from './timer.ts';

const knows = (session: Session, questionId: string) =>
  questionsOf(session.scorecard).some(({ id }) => id === questionId);

export function focus(
  session: Session,
  { questionId }: Command<'focus'>,
  _facts: null,
  now: string,
): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  if (questionId !== null && !knows(session, questionId))
    return refuse({ code: 'unknown-question', questionId });
  return session.discussion.focusQuestionId === questionId
    ? accept()
    : accept({ type: 'focused', questionId, focusedAt: now, undone: false });
}

export function setTimer(
  session: Session,
  { questionId, action }: Command<'timer'>,
  _facts: null,
  now: string,
): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  if (!knows(session, questionId)) return refuse({ code: 'unknown-question', questionId });
  const present = session.discussion.timers.find((timer) => timer.questionId === questionId) ?? null;
  if (!present && action.kind !== 'start') return refuse({ code: 'no-timer', questionId });
  const timer = changeTimer(present, questionId, action, now);
  if (timer === 'illegal')
    return refuse({ code: 'illegal-duration', shortestMs: shortestTimerMs, longestMs: longestTimerMs });
  return accept({ type: 'timer-changed', questionId, action: action.kind, timer, changedAt: now });
}

/** Asked before the board is looked up, and again by the sweep. */
export const whyNotSweep = (session: PublicSession): Refusal | null =>
  session.status === 'review' ? null : needsStatus(session, 'review');

export function sweep(session: Session, _command: Command<'sweep'>, { board }: FactsOf<'sweep'>): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  const answers = sweepable(board, session.resolutions);
  return answers.length === 0 ? refuse({ code: 'nothing-to-sweep' }) : accept({ type: 'swept', answers });
}

export function setSpeakFirst(session: Session, { on }: Command<'set-speak-first'>): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  return accept({ type: 'speak-first-set', on });
}

export function undo(session: Session, { kind }: Command<'undo'>, _facts: null, now: string): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  const step = session.discussion.undo.at(-1);
  if (!step || step.kind !== kind) return refuse({ code: 'nothing-to-undo' });
  if (step.kind === 'focus')
    return accept({ type: 'focused', questionId: step.questionId, focusedAt: now, undone: true });
  // What was changed by hand since the sweep stays as it is.
  const untouched = step.answers.filter((swept) => stillStands(session, swept));
  return accept({ type: 'sweep-undone', questionIds: untouched.map(({ questionId }) => questionId) });
}

const stillStands = (
  { resolutions }: InReview,
  { questionId, agreed }: { readonly questionId: string; readonly agreed: unknown },
): boolean =>
  resolutions.some(
    (resolution) =>
      resolution.questionId === questionId && canonicalJson(resolution.agreed) === canonicalJson(agreed),
  );
