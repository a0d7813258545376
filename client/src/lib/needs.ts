// What a dashboard shows: the reader's calibrations by what they ask of the reader. Each appears once, under the most
// pressing of its reasons.
import type { SessionSummary } from '@attune/contract';

export interface Needs {
  /** Scoring that waits for the reader, the nearest due date first. */
  readonly toScore: readonly SessionSummary[];
  /** Everyone has submitted, and the reader facilitates. */
  readonly ready: readonly SessionSummary[];
  readonly review: readonly SessionSummary[];
  readonly drafts: readonly SessionSummary[];
  /** Those in which the reader has nothing to do yet, or has done their part. */
  readonly waiting: readonly SessionSummary[];
}

const fewestSubmissions = 2;
/** Later than any date: those without one come last. */
const never = '9999';

export function needsOf(sessions: readonly SessionSummary[], memberId: string): Needs {
  const needs = { toScore: [], ready: [], review: [], drafts: [], waiting: [] } as {
    [K in keyof Needs]: SessionSummary[];
  };
  for (const session of sessions) needs[placeOf(session, memberId)]?.push(session);
  needs.toScore.sort((a, b) => (a.dueAt ?? never).localeCompare(b.dueAt ?? never));
  needs.review.sort((a, b) => (a.meetingAt ?? never).localeCompare(b.meetingAt ?? never));
  return needs;
}

function placeOf(session: SessionSummary, memberId: string): keyof Needs {
  const facilitates = session.facilitator.memberId === memberId;
  if (session.status === 'draft') return facilitates ? 'drafts' : 'waiting';
  if (session.status !== 'scoring') return 'review';
  if (session.own?.state === 'scoring') return 'toScore';
  const isComplete = session.submitted >= fewestSubmissions && session.submitted === session.participants;
  return facilitates && isComplete ? 'ready' : 'waiting';
}
