import type { SessionShared, SessionView } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { afterChange, afterView, type Live } from './followed-session.svelte.ts';

const shared: SessionShared = {
  id: 's',
  status: 'scoring',
  name: 'Week 12',
  thresholdHundredths: 1_000,
  scope: { kind: 'organisation' },
  facilitator: { memberId: 'ana', name: 'Ana' },
  participants: ['ben', 'chloe'].map((id) => ({
    id,
    memberId: id,
    name: id,
    guest: false,
    admittedBy: null,
    late: false,
    state: 'scoring',
    answered: 0,
    questions: 3,
    submittedAt: null,
    reason: null,
  })),
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
};
const seat = { may: ['session.read' as const], participantId: null };
const live = { number: 7, shared, seat };
const detail = (threshold: number): SessionView['detail'] => ({
  settings: {
    name: 'Week 12',
    scorecardVersionId: 'v',
    thresholdHundredths: threshold,
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
const view = (number: number, revision: number): [Live, SessionView['detail']] => [
  { number, shared: { ...shared, name: `Week ${number}`, detailRevision: revision }, seat },
  detail(revision * 100),
];

describe('following changes', () => {
  it('[live 1] applies the next change, and only to whom it names', () => {
    const ben = shared.participants[0];
    if (!ben) throw new Error('no Ben');
    const after = afterChange(live, { number: 8, patch: { changedParticipants: [{ ...ben, answered: 2 }] } });
    if (after === 'gap') throw new Error('no gap expected');
    expect(after.number).toBe(8);
    expect(after.shared.participants.map(({ answered }) => answered)).toEqual([2, 0]);
    expect(after.shared.participants[1]).toBe(shared.participants[1]);
    expect(after.seat).toBe(seat);
  });

  it('[live 1] says a gap when a number is missing, and changes nothing', () => {
    expect(afterChange(live, { number: 9, patch: { status: 'review' } })).toBe('gap');
  });

  it('[live 1] lets what is already included pass, a repeat as well as an old one', () => {
    expect(afterChange(live, { number: 7, patch: { status: 'review' } })).toBe(live);
    expect(afterChange(live, { number: 3, patch: { status: 'draft' } })).toBe(live);
  });
});

describe('taking a view', () => {
  it('[C3] takes the first one whole', () => {
    const known = afterView({ live: undefined, detail: undefined }, ...view(1, 1));
    expect(known.live?.number).toBe(1);
    expect(known.detail?.revision).toBe(1);
  });

  it('[C4] takes settings from a view that progress has overtaken', () => {
    const known = afterView({ live, detail: { revision: 1, content: detail(100) } }, ...view(5, 2));
    expect(known.live).toBe(live);
    expect(known.detail?.content.settings.thresholdHundredths).toBe(200);
  });

  it('[live 1] shows something though a newer snapshot came before the first view', () => {
    const known = afterView({ live, detail: undefined }, ...view(6, 1));
    expect(known.live).toBe(live);
    expect(known.detail?.revision).toBe(1);
  });

  it('[C3] never goes back: an older view changes neither', () => {
    const before = { live, detail: { revision: 3, content: detail(300) } };
    expect(afterView(before, ...view(6, 2))).toEqual(before);
  });
});
