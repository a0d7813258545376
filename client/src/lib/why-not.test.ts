import type { ParticipantView, SessionShared } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { detailView, personView as person, sharedView } from './session-view.fixture.ts';
import { mayExcuse, whyNotNext } from './why-not.ts';

const sessionWith = (status: SessionShared['status'], participants: ParticipantView[]) => ({
  shared: sharedView(status, participants),
  detail: detailView(),
});

describe('why a session cannot go on', () => {
  it('[C4] says how many participants a draft has, and needs', () => {
    const draft = sessionWith('draft', [person('ben', 'scoring')]);
    expect(whyNotNext(draft)).toEqual({ code: 'too-few-participants', have: 1, need: 2 });
  });

  it('[S1] names the chosen questions that are gone from a draft’s version, until the choice is mended', () => {
    const two = sessionWith('draft', [person('ben', 'scoring'), person('eva', 'scoring')]);
    const detail = { ...two.detail, goneQuestions: [{ id: 'q2', prompt: 'Was it kind?' }] };
    expect(whyNotNext({ ...two, detail })).toEqual({ code: 'questions-gone', questionIds: ['q2'] });
    expect(whyNotNext(two)).toBeNull();
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
