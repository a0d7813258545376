import type { ParticipantView, SessionShared, SessionView } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { mayExcuse, whyNotNext } from './why-not.ts';

const person = (id: string, state: ParticipantView['state']): ParticipantView => ({
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

const sessionWith = (
  status: SessionShared['status'],
  participants: ParticipantView[],
): Pick<SessionView, 'shared' | 'detail'> => ({
  shared: {
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
  },
  detail: {
    settings: {
      name: 'Week 12',
      scorecardVersionId: 'v',
      thresholdHundredths: 1_000,
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
  },
});

describe('why a session cannot go on', () => {
  it('[C4] says how many participants a draft has, and needs', () => {
    const draft = sessionWith('draft', [person('ben', 'scoring')]);
    expect(whyNotNext(draft)).toEqual({ code: 'too-few-participants', have: 1, need: 2 });
  });

  it('[C4] lets a draft with two begin', () => {
    expect(whyNotNext(sessionWith('draft', [person('ben', 'scoring'), person('eva', 'scoring')]))).toBeNull();
  });

  it('[C7] names those a reveal waits for, and nobody who is excused', () => {
    const scoring = sessionWith('scoring', [
      person('ben', 'scoring'),
      person('eva', 'submitted'),
      person('kim', 'excused'),
    ]);
    expect(whyNotNext(scoring)).toEqual({ code: 'not-all-submitted', waitingFor: ['ben'] });
  });

  it('[C7] says when too few submissions would remain', () => {
    const scoring = sessionWith('scoring', [person('eva', 'submitted'), person('kim', 'excused')]);
    expect(whyNotNext(scoring)).toEqual({ code: 'too-few-submissions', have: 1, need: 2 });
  });

  it('[C11] leaves resolving to the meeting, which alone knows the notes', () => {
    expect(whyNotNext(sessionWith('review', []))).toBeNull();
  });

  it('[C7] offers an excuse only to who still scores, and only while two remain', () => {
    const two = [person('ben', 'scoring'), person('eva', 'submitted')];
    expect(mayExcuse(sessionWith('scoring', two), 'ben')).toBe(false);
    const three = sessionWith('scoring', [...two, person('kim', 'scoring')]);
    expect(mayExcuse(three, 'ben')).toBe(true);
    expect(mayExcuse(three, 'eva')).toBe(false);
    expect(mayExcuse(sessionWith('draft', three.shared.participants.slice()), 'ben')).toBe(false);
  });
});
