import type { SessionSummary } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { needsOf } from './needs.ts';

const reader = 'reader';
const summary = (name: string, over: Partial<SessionSummary>): SessionSummary => ({
  id: name,
  number: 1,
  name,
  status: 'scoring',
  scorecardName: 'Voice quality',
  scope: { kind: 'organisation' },
  clientName: null,
  lobName: null,
  facilitator: { memberId: 'someone', name: 'Someone' },
  submitted: 0,
  participants: 3,
  flagged: null,
  interactionReference: null,
  meetingAt: null,
  dueAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  statusAt: '2026-01-01T00:00:00.000Z',
  own: null,
  ...over,
});
const own = (state: 'scoring' | 'submitted') => ({ own: { participantId: 'p', state } });
const mine = { facilitator: { memberId: reader, name: 'Reader' } };
const names = (sessions: readonly SessionSummary[]) => sessions.map(({ name }) => name);

describe('what needs the reader', () => {
  it('[C1] puts what is still to score first, the nearest due date on top', () => {
    const needs = needsOf(
      [
        summary('some day', own('scoring')),
        summary('friday', { ...own('scoring'), dueAt: '2026-03-06T12:00:00.000Z' }),
        summary('monday', { ...own('scoring'), dueAt: '2026-03-02T12:00:00.000Z' }),
      ],
      reader,
    );
    expect(names(needs.toScore)).toEqual(['monday', 'friday', 'some day']);
  });

  it('[C7] offers a reveal to the facilitator alone, and only with every submission in', () => {
    const needs = needsOf(
      [
        summary('ready', { ...mine, submitted: 3 }),
        summary('one missing', { ...mine, submitted: 2 }),
        summary('one alone', { ...mine, submitted: 1, participants: 1 }),
        summary('another’s', { ...own('submitted'), submitted: 3 }),
      ],
      reader,
    );
    expect(names(needs.ready)).toEqual(['ready']);
    expect(names(needs.waiting)).toEqual(['one missing', 'one alone', 'another’s']);
  });

  it('[C4] calls a draft the facilitator’s alone; to those who will score it is something to wait for', () => {
    const needs = needsOf(
      [
        summary('mine', { ...mine, status: 'draft' }),
        summary('invited', { ...own('scoring'), status: 'draft' }),
      ],
      reader,
    );
    expect([names(needs.drafts), names(needs.waiting)]).toEqual([['mine'], ['invited']]);
  });

  it('[C4] asks the facilitator who scores too to score, before anything else', () => {
    const needs = needsOf([summary('both', { ...mine, ...own('scoring'), submitted: 2 })], reader);
    expect(names(needs.toScore)).toEqual(['both']);
    expect([...needs.ready, ...needs.waiting]).toEqual([]);
  });
});
