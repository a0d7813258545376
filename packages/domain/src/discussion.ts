// Running the discussion in review (C9): the facilitator's current question, its timer, sweeping what everyone agreed on anyway,
// and undoing a slip. A reveal is never undone here. Time comes in as an argument.
import type { Answer } from './answer.ts';
import type { Board, BoardQuestion } from './board.ts';
import { canonicalJson } from './proof.ts';
import { questionsOf } from './scorecard.ts';
import {
  accept,
  type Decision,
  type Resolution,
  type Revealed,
  refuse,
  type Session,
  wrongStatus,
} from './session.ts';

/** The shared timer of one question. A running one whose `endsAt` has passed is over. Durations in milliseconds. */
export type QuestionTimer = {
  readonly questionId: string;
  /** What it was set to, extensions included. */
  readonly durationMs: number;
} & (
  | { readonly state: 'running'; readonly endsAt: string }
  | { readonly state: 'paused'; readonly leftMs: number }
);

/** A sweep sets each of these as agreed. */
export interface SweptAnswer {
  readonly questionId: string;
  readonly agreed: Answer;
}

/** What can be undone: where the focus was before, or what a sweep agreed on. */
export type UndoStep =
  | { readonly kind: 'focus'; readonly questionId: string | null }
  | { readonly kind: 'sweep'; readonly answers: readonly SweptAnswer[] };

/** The meeting as the facilitator drives it. */
export interface Discussion {
  /** The question everyone follows; `null` shows the overview. */
  readonly focusQuestionId: string | null;
  /** At most one of them runs; it belongs to the question in focus when it was started or resumed. */
  readonly timers: readonly QuestionTimer[];
  /** Whether a flagged question's card names who might speak first. */
  readonly speakFirst: boolean;
  /** The latest last. */
  readonly undo: readonly UndoStep[];
}

export const firstDiscussion: Discussion = {
  focusQuestionId: null,
  timers: [],
  speakFirst: true,
  undo: [],
};

/** Steps that can be undone, one after another. */
const mostUndo = 20;
export const shortestTimerMs = 10_000;
export const longestTimerMs = 60 * 60 * 1000;

export type TimerAction =
  | { readonly kind: 'start'; readonly durationMs: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'extend'; readonly byMs: number }
  | { readonly kind: 'stop' };

export type DiscussionCommand =
  | { readonly type: 'focus'; readonly questionId: string | null }
  | { readonly type: 'timer'; readonly questionId: string; readonly action: TimerAction }
  /** `answers`: what `sweepable` found on the session's board. */
  | { readonly type: 'sweep'; readonly answers: readonly SweptAnswer[] }
  /** Undoes the latest step, if it is still the one the person saw. */
  | { readonly type: 'undo'; readonly kind: UndoStep['kind'] }
  | { readonly type: 'set-speak-first'; readonly on: boolean };

export type DiscussionEvent =
  | { readonly type: 'focused'; readonly questionId: string | null }
  | { readonly type: 'timer-changed'; readonly questionId: string; readonly action: TimerAction['kind'] }
  | { readonly type: 'swept'; readonly questionIds: readonly string[] }
  | { readonly type: 'sweep-undone'; readonly questionIds: readonly string[] }
  | { readonly type: 'speak-first-set'; readonly on: boolean };

type InReview = Extract<Session, { status: 'review' }>;

/** @param now ISO 8601 instant, UTC */
export function decideDiscussion(session: Session, command: DiscussionCommand, now: string): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  switch (command.type) {
    case 'focus':
      return focus(session, command.questionId, now);
    case 'timer':
      return setTimer(session, command.questionId, command.action, now);
    case 'sweep':
      return sweep(session, command.answers);
    case 'undo':
      return undo(session, command.kind, now);
    case 'set-speak-first':
      return accept(withDiscussion(session, { speakFirst: command.on }), {
        type: 'speak-first-set',
        on: command.on,
      });
  }
}

const withDiscussion = (session: InReview, change: Partial<Discussion>): InReview => ({
  ...session,
  discussion: { ...session.discussion, ...change },
});

const knows = (session: Session, questionId: string) =>
  questionsOf(session.scorecard).some(({ id }) => id === questionId);

/** The discussion with its focus moved; a timer running elsewhere pauses and keeps what is left of it. */
export function moveFocus(discussion: Discussion, questionId: string | null, now: string): Discussion {
  return {
    ...discussion,
    focusQuestionId: questionId,
    timers: discussion.timers.map((timer) => (timer.questionId === questionId ? timer : pause(timer, now))),
  };
}

const withStep = (discussion: Discussion, step: UndoStep): Discussion => ({
  ...discussion,
  undo: [...discussion.undo, step].slice(-mostUndo),
});

function focus(session: InReview, questionId: string | null, now: string): Decision {
  if (questionId !== null && !knows(session, questionId))
    return refuse({ code: 'unknown-question', questionId });
  const { discussion } = session;
  if (discussion.focusQuestionId === questionId) return accept(session);
  const step: UndoStep = { kind: 'focus', questionId: discussion.focusQuestionId };
  const moved = withStep(moveFocus(discussion, questionId, now), step);
  return accept({ ...session, discussion: moved }, { type: 'focused', questionId });
}

const millis = (instant: string) => new Date(instant).getTime();
const instantOf = (ms: number) => new Date(ms).toISOString();

/** What is left of a timer at `now`, in milliseconds, never below 0. */
export function timeLeftMs(timer: QuestionTimer, nowMs: number): number {
  return timer.state === 'paused' ? timer.leftMs : Math.max(0, millis(timer.endsAt) - nowMs);
}

function pause(timer: QuestionTimer, now: string): QuestionTimer {
  if (timer.state === 'paused') return timer;
  const { questionId, durationMs } = timer;
  return { questionId, durationMs, state: 'paused', leftMs: timeLeftMs(timer, millis(now)) };
}

function run(timer: QuestionTimer, now: string): QuestionTimer {
  const { questionId, durationMs } = timer;
  const endsAt = instantOf(millis(now) + timeLeftMs(timer, millis(now)));
  return { questionId, durationMs, state: 'running', endsAt };
}

function setTimer(session: InReview, questionId: string, action: TimerAction, now: string): Decision {
  if (!knows(session, questionId)) return refuse({ code: 'unknown-question', questionId });
  const present = session.discussion.timers.find((timer) => timer.questionId === questionId);
  if (!present && action.kind !== 'start') return refuse({ code: 'no-timer', questionId });
  const changed = changeTimer(present ?? null, questionId, action, now);
  if (changed === 'illegal') {
    return refuse({ code: 'illegal-duration', shortestMs: shortestTimerMs, longestMs: longestTimerMs });
  }
  const others = session.discussion.timers
    .filter((timer) => timer.questionId !== questionId)
    .map((timer) => (changed?.state === 'running' ? pause(timer, now) : timer));
  return accept(withDiscussion(session, { timers: changed ? [...others, changed] : others }), {
    type: 'timer-changed',
    questionId,
    action: action.kind,
  });
}

function changeTimer(
  present: QuestionTimer | null,
  questionId: string,
  action: TimerAction,
  now: string,
): QuestionTimer | null | 'illegal' {
  if (action.kind === 'start') {
    const { durationMs } = action;
    const legal =
      Number.isInteger(durationMs) && durationMs >= shortestTimerMs && durationMs <= longestTimerMs;
    if (!legal) return 'illegal';
    return run({ questionId, durationMs, state: 'paused', leftMs: durationMs }, now);
  }
  if (!present || action.kind === 'stop') return null;
  switch (action.kind) {
    case 'pause':
      return pause(present, now);
    case 'resume':
      return run(present, now);
    case 'extend': {
      const leftMs = timeLeftMs(present, millis(now)) + action.byMs;
      const legal = Number.isInteger(action.byMs) && action.byMs > 0 && leftMs <= longestTimerMs;
      if (!legal) return 'illegal';
      const longer: QuestionTimer = {
        questionId,
        durationMs: present.durationMs + action.byMs,
        state: 'paused',
        leftMs,
      };
      return present.state === 'running' ? run(longer, now) : longer;
    }
  }
}

/** The answer everyone gave, where everyone gave the same and nobody left it blank; `null` otherwise, and for texts. */
export function unanimousAnswer(question: BoardQuestion): Answer | null {
  if (question.answers.length === 0 || question.flagged || question.notComparable === 'text') return null;
  const given = question.distribution.filter(({ participantIds }) => participantIds.length > 0);
  const [only] = given;
  return given.length === 1 && only?.participantIds.length === question.answers.length ? only.answer : null;
}

/** What a sweep would agree on: every unanimous question without an agreed answer, in scorecard order. */
export function sweepable(board: Board, resolutions: readonly Resolution[]): SweptAnswer[] {
  const settled = new Set(
    resolutions.filter(({ agreed }) => agreed !== null).map(({ questionId }) => questionId),
  );
  return board.questions.flatMap((question) => {
    const agreed = settled.has(question.questionId) ? null : unanimousAnswer(question);
    return agreed ? [{ questionId: question.questionId, agreed }] : [];
  });
}

function sweep(session: InReview, answers: readonly SweptAnswer[]): Decision {
  if (answers.length === 0) return refuse({ code: 'nothing-to-sweep' });
  const swept = new Map(answers.map(({ questionId, agreed }) => [questionId, agreed]));
  const discussion = withStep(session.discussion, { kind: 'sweep', answers });
  return accept(
    { ...session, discussion, resolutions: withAgreed(session.resolutions, swept) },
    { type: 'swept', questionIds: [...swept.keys()] },
  );
}

/** The resolutions with these agreed answers; causes and notes stay. */
function withAgreed(
  resolutions: readonly Resolution[],
  agreed: ReadonlyMap<string, Answer | null>,
): Resolution[] {
  const known = new Set(resolutions.map(({ questionId }) => questionId));
  const changed = resolutions.map((resolution) => {
    const answer = agreed.get(resolution.questionId);
    return answer === undefined ? resolution : { ...resolution, agreed: answer };
  });
  const added = [...agreed]
    .filter(([questionId]) => !known.has(questionId))
    .map(([questionId, answer]) => ({ questionId, agreed: answer, cause: null, noted: false }));
  return [...changed, ...added];
}

function undo(session: InReview, kind: UndoStep['kind'], now: string): Decision {
  const step = session.discussion.undo.at(-1);
  if (!step || step.kind !== kind) return refuse({ code: 'nothing-to-undo' });
  const discussion = { ...session.discussion, undo: session.discussion.undo.slice(0, -1) };
  if (step.kind === 'focus') {
    const { questionId } = step;
    return accept(
      { ...session, discussion: moveFocus(discussion, questionId, now) },
      { type: 'focused', questionId },
    );
  }
  // What was changed by hand since the sweep stays as it is.
  const untouched = step.answers.filter(({ questionId, agreed }) =>
    session.resolutions.some(
      (resolution) =>
        resolution.questionId === questionId && canonicalJson(resolution.agreed) === canonicalJson(agreed),
    ),
  );
  const cleared = new Map(untouched.map(({ questionId }) => [questionId, null]));
  return accept(
    { ...session, discussion, resolutions: withAgreed(session.resolutions, cleared) },
    { type: 'sweep-undone', questionIds: [...cleared.keys()] },
  );
}

/** Who might speak first about a flagged question: whoever scored it highest and lowest (C9). */
export interface SpeakFirst {
  readonly highest: readonly string[];
  readonly lowest: readonly string[];
}

/** `null` where the question is not flagged, or has no two different scores. Ids are the participants'. */
export function speakFirst(question: BoardQuestion): SpeakFirst | null {
  const scored = question.answers.flatMap(({ participantId, q }) =>
    q === null ? [] : [{ participantId, q }],
  );
  if (!question.flagged || scored.length < 2) return null;
  const shares = scored.map(({ q }) => q);
  const [high, low] = [Math.max(...shares), Math.min(...shares)];
  if (high === low) return null;
  const at = (share: number) =>
    scored.filter(({ q }) => q === share).map(({ participantId }) => participantId);
  return { highest: at(high), lowest: at(low) };
}

/** Questions left to talk about, in the board's order: flagged without a resolution, then N/A splits without one. */
export function leftToDiscuss(board: Board, { resolutions }: Pick<Revealed, 'resolutions'>): string[] {
  const settled = new Set(
    resolutions.filter(({ agreed, noted }) => agreed !== null || noted).map(({ questionId }) => questionId),
  );
  const groups = new Map(board.questions.map(({ questionId, group }) => [questionId, group]));
  return board.order.filter((id) => groups.get(id) !== 'rest' && !settled.has(id));
}
