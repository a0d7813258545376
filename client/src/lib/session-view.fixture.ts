// A calibration as the server sends it, in any status, for tests of what is made of it.
import type { ParticipantView, SessionShared, SessionView } from '@attune/contract';

/** Someone who scores, named as their id says. */
export const personView = (id: string, state: ParticipantView['state'] = 'scoring'): ParticipantView => ({
  id,
  memberId: id,
  name: id,
  guest: false,
  admittedBy: null,
  late: false,
  state,
  answered: 0,
  questions: 3,
  submittedAt: state === 'submitted' ? '2026-03-01T10:00:00.000Z' : null,
  reason: state === 'excused' ? 'on leave' : null,
});

export const sharedView = (
  status: SessionShared['status'],
  participants: ParticipantView[],
  more: Partial<SessionShared> = {},
): SessionShared => ({
  id: 's',
  status,
  name: 'Week 12',
  thresholdHundredths: 1_000,
  scope: { kind: 'organisation' },
  facilitator: { memberId: 'ana', name: 'Ana' },
  participants,
  resolutions: [],
  flaggedQuestionIds: [],
  discussion: null,
  revotes: [],
  names: 'shown',
  observers: [],
  lobby: [],
  putOut: [],
  meetingAt: null,
  dueAt: null,
  detailRevision: 1,
  createdAt: '2026-03-01T09:00:00.000Z',
  scoringAt: null,
  reviewAt: null,
  resolvedAt: null,
  closedAt: null,
  deleted: false,
  ...more,
});

export const detailView = (thresholdHundredths = 1_000): SessionView['detail'] => ({
  settings: {
    name: 'Week 12',
    scorecardVersionId: 'v',
    thresholdHundredths,
    scope: { kind: 'organisation' },
    interactionReference: null,
    interactionDate: null,
    recordingUrl: null,
    transcript: [],
    meetingAt: null,
    dueAt: null,
    questionIds: null,
    agentName: null,
    agentNameHidden: false,
  },
  scorecard: {
    name: 'Voice',
    description: '',
    passMarkHundredths: 8_000,
    disputeWindowHours: 72,
    sections: [],
  },
  scorecardId: 'c',
  scorecardVersion: 1,
  scorecardStanding: 'newest',
  clientName: null,
  lobName: null,
});
