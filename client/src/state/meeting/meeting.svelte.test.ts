import { noteKey, type SessionShared } from '@attune/contract';
import { naSplitsOf, readingOrder } from '@attune/domain';
import { describe, expect, it, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { board, facilitator, people, view } from '../../../../test/support/review-fixture.ts';

vi.stubGlobal('location', { origin: 'http://localhost', hash: '' });
vi.stubGlobal('matchMedia', () => ({ matches: false }));
vi.mock('../../api.ts', () => ({
  api: { sessions: { ':id': {} } },
  answer: () => {},
  asProblem: () => null,
  command: () => ({}),
}));
const { Meeting } = await import('./meeting.svelte.ts');

function meetingOf(shared: Partial<SessionShared> = {}) {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const meeting = new Meeting(
    {
      id: view.shared.id,
      shared: { ...view.shared, resolutions: [], ...shared },
      seat: view.seat,
      detail: view.detail,
      room: { doc, provider: { awareness } as never, saveState: 'idle', isSynced: true },
      clock: { nowMs: 0 },
      run: async () => null,
      advance: async () => null,
    },
    {
      memberId: facilitator.memberId,
      show: () => {},
      isTyping: () => false,
      followed: () => {},
      timerEnded: () => {},
    },
  );
  meeting.loaded.take({ board, people: [], revotes: [], own: null });
  return { meeting, doc, awareness };
}

function write(doc: Y.Doc, questionId: string, words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment(noteKey(questionId)).insert(0, [paragraph]);
}

describe('a meeting in review', () => {
  it('[C8] shows flagged questions first, and the scorecard’s order when asked', () => {
    const { meeting } = meetingOf();
    expect(meeting.items.map(({ question }) => question.id)).toEqual(readingOrder(board));
    meeting.sortBy('scorecard');
    expect(meeting.items[0]?.question.id).toBe('greeting');
  });

  it('[C8] takes an address that is no question for what it is, and shows the first question', () => {
    const { meeting } = meetingOf();
    location.hash = '#50%';
    meeting.readAddress();
    location.hash = '';
    expect(meeting.focusedId).toBe('50%');
    expect(meeting.focused?.question.id).toBe(board.order[0]);
  });

  it('[C11] counts a flagged question as left until it has a note that says something, or an agreed answer', () => {
    const agreed = { questionId: 'probing', agreed: { kind: 'na' as const }, cause: null };
    const { meeting, doc } = meetingOf({ resolutions: [agreed] });
    const { flaggedQuestionIds } = view.shared;
    expect(meeting.leftIds).toEqual(flaggedQuestionIds.filter((id) => id !== 'probing'));
    write(doc, 'empathy', '   ');
    expect(meeting.leftIds).toContain('empathy');
    write(doc, 'empathy', 'Name what the caller feels.');
    expect(meeting.leftIds).not.toContain('empathy');
  });

  it('[C11] tells what must be resolved from the N/A splits that may be left, until either is settled', () => {
    const { meeting, doc } = meetingOf();
    const splits = naSplitsOf(board);
    expect(splits.length).toBeGreaterThan(0);
    const ids = () =>
      [meeting.mustResolve, meeting.mayLeave].map((of) => of.map(({ question }) => question.id));
    expect(ids()).toEqual([view.shared.flaggedQuestionIds, splits]);
    write(doc, splits[0] ?? '', 'It applies whenever there was a hold.');
    expect(ids()).toEqual([view.shared.flaggedQuestionIds, splits.slice(1)]);
  });

  it('[C9] counts what a sweep would agree on, without what is agreed already', () => {
    const { meeting } = meetingOf();
    const before = meeting.sweepCount;
    expect(before).toBeGreaterThan(0);
    const agreed = { questionId: 'greeting', agreed: { kind: 'binary' as const, pass: true }, cause: null };
    expect(meetingOf({ resolutions: [agreed] }).meeting.sweepCount).toBe(before - 1);
  });

  it('[C8c C13] says how near everyone was to what is agreed, and nothing of a question that is voted on again', () => {
    const resolutions = [
      { questionId: 'probing', agreed: { kind: 'rubric' as const, optionId: 'part' }, cause: null },
      { questionId: 'verification', agreed: { kind: 'binary' as const, pass: true }, cause: null },
    ];
    const revote = {
      id: 'r',
      questionId: 'verification',
      round: 2,
      votedIds: [],
      openedAt: '',
      revealedAt: null,
      state: 'open' as const,
    };
    const before = meetingOf({ resolutions }).meeting.alignments;
    const during = meetingOf({ resolutions, revotes: [revote] }).meeting.alignments;
    expect(before?.people[1]).toMatchObject({ criticalMismatches: 1 });
    expect(during?.people[1]).toMatchObject({ criticalMismatches: 0 });
    expect(during?.agreed).toBe((before?.agreed ?? 0) - 1);
    // As if nothing had been agreed on it at all.
    expect(during).toEqual(meetingOf({ resolutions: resolutions.slice(0, 1) }).meeting.alignments);
  });

  it('[C8] walks to the next flagged question that is left before those that are resolved', () => {
    const { meeting, doc } = meetingOf();
    const [first, second, third] = view.shared.flaggedQuestionIds;
    meeting.focus(first ?? null);
    expect(meeting.nextFlaggedId).toBe(second);
    write(doc, second ?? '', 'Agreed.');
    expect(meeting.nextFlaggedId).toBe(third);
  });

  it('[C9] tells who else is here once each, and leaves out who looks', () => {
    const { meeting, awareness } = meetingOf();
    const [ana] = people;
    if (!ana) throw new Error('the fixture has people');
    const user = { memberId: ana.memberId, name: ana.name, color: '#0072B2' };
    awareness.states.set(1, { user, away: true });
    awareness.states.set(2, { user, questionId: 'empathy' });
    awareness.states.set(3, { user: { ...facilitator, color: '#0072B2' } });
    expect(meeting.presence.others).toEqual([
      { id: ana.memberId, name: ana.name, questionId: 'empathy', away: false, following: true },
    ]);
    awareness.destroy();
  });
});
