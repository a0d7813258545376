// Sessions in every status for the domain's tests: two questions, three participants.

import type { Sheet } from './answer.ts';
import { firstDiscussion } from './discussion.ts';
import { binary, pass, scale, scorecardOf, value } from './questions.fixture.ts';
import { isRevealed, type Participant, type Session, type SessionStatus, type Settings } from './session.ts';

export const now = '2026-03-02T10:00:00.000Z';

export const settings: Settings = {
  name: 'March voice',
  scorecardVersionId: 'version',
  thresholdHundredths: 1_000,
  scope: { kind: 'client', clientId: 'acme' },
  interactionReference: null,
  interactionDate: null,
  recordingUrl: null,
  transcript: [{ speaker: 'Agent', second: 0, text: 'Hello' }],
  meetingAt: null,
  dueAt: null,
  questionIds: null,
  agentName: null,
  agentNameHidden: false,
};

export const scorecard = scorecardOf(scale('a', 0, 10), binary('b'));

export const fullSheet: Sheet = {
  a: { answer: value(7), comment: '', evidence: [] },
  b: { answer: pass, comment: '', evidence: [] },
};

export const scoring = (name: string): Participant => ({
  id: `p-${name}`,
  memberId: name,
  late: false,
  state: 'scoring',
});
export const submitted = (name: string): Participant => ({
  ...scoring(name),
  state: 'submitted',
  submittedAt: now,
});
export const excused = (name: string): Participant => ({
  ...scoring(name),
  state: 'excused',
  reason: 'ill',
  excusedAt: now,
});

/** A session in the status; from review on question `a` is flagged and nothing is resolved. */
export function sessionIn(
  status: SessionStatus,
  participants: readonly Participant[] = ['ana', 'ben', 'cho'].map(isRevealed(status) ? submitted : scoring),
): Session {
  const common = {
    id: 'session',
    facilitatorId: 'lea',
    settings,
    scorecard,
    participants,
    observers: [],
    lobby: [],
    putOut: [],
    names: 'shown' as const,
  };
  if (!isRevealed(status)) return { ...common, status };
  return {
    ...common,
    status,
    flaggedQuestionIds: ['a'],
    resolutions: [],
    discussion: firstDiscussion,
    revotes: [],
  };
}
