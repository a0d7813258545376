import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesToAskAbout, isShut, type PlaceAnswer, type PlaceEntry, placeMarks } from './place.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

describe('a reset by someone else', () => {
  it('[J2] shuts what was begun before it to sign-ins made after it, and nothing else', () => {
    const begun = at(10);
    const reset = at(20);
    expect(isShut(begun, { signedInAt: at(30), resetAt: reset })).toBe(true);
    // The sign-in of the very reset.
    expect(isShut(begun, { signedInAt: reset, resetAt: reset })).toBe(true);
    expect(isShut(begun, { signedInAt: at(5), resetAt: reset })).toBe(false);
    expect(isShut(at(25), { signedInAt: at(30), resetAt: reset })).toBe(false);
    expect(isShut(null, { signedInAt: at(30), resetAt: reset })).toBe(false);
    expect(isShut(begun, { signedInAt: at(30), resetAt: null })).toBe(false);
  });

  it('[J2] never shuts a place to the sign-in that began it', () => {
    const minute = fc.integer({ min: 0, max: 59 });
    fc.assert(
      fc.property(minute, fc.option(minute), (signedIn, reset) => {
        const signedInAt = at(signedIn);
        expect(isShut(signedInAt, { signedInAt, resetAt: reset === null ? null : at(reset) })).toBe(false);
      }),
    );
  });
});

const entry = (browser: string, minute: number): PlaceEntry => ({
  id: `${browser}@${minute}`,
  browser,
  device: `Firefox on ${browser}`,
  enteredAt: at(minute),
});
const said = (by: string, about: string, answer: 'me' | 'not-me', minute: number): PlaceAnswer => ({
  by,
  about,
  answer,
  answeredAt: at(minute),
});
const askedAbout = (browser: string, entries: PlaceEntry[], answers: PlaceAnswer[] = []) =>
  entriesToAskAbout(browser, entries, answers).map(({ id }) => id);

describe('the question about other browsers', () => {
  const [desk, phone, stranger] = ['desk', 'phone', 'stranger'];

  it('[J2] is put to every browser in the place about every other, and to the next that comes about those before', () => {
    const entries = [entry(desk, 1), entry(phone, 5)];
    expect(askedAbout(desk, entries)).toEqual(['phone@5']);
    expect(askedAbout(phone, entries)).toEqual(['desk@1']);
    expect(askedAbout('tablet', entries)).toEqual(['desk@1', 'phone@5']);
    expect(askedAbout(desk, [entry(desk, 1)])).toEqual([]);
  });

  it('[J2] is not put again for a new sign-in of the same browser, unless it had been disowned', () => {
    const entries = [entry(desk, 1), entry(phone, 5), entry(phone, 30)];
    expect(askedAbout(desk, entries, [said(desk, phone, 'me', 6)])).toEqual([]);
    expect(askedAbout(desk, entries, [said(desk, phone, 'not-me', 6)])).toEqual(['phone@30']);
    expect(askedAbout(desk, entries, [said(desk, phone, 'not-me', 40)])).toEqual([]);
    // What any browser disowned has ended: the others have nothing to decide.
    expect(askedAbout('tablet', entries, [said(desk, phone, 'not-me', 40)])).toEqual(['desk@1']);
    expect(askedAbout(desk, entries)).toEqual(['phone@30']);
  });

  it('[J2] is answered by each browser for itself: two strangers cannot vouch for each other', () => {
    const entries = [entry(desk, 1), entry(stranger, 5), entry('accomplice', 6)];
    const answers = [said('accomplice', stranger, 'me', 7), said(stranger, 'accomplice', 'me', 7)];
    expect(askedAbout(desk, entries, answers)).toEqual(['stranger@5', 'accomplice@6']);
  });
});

describe('marks beside a name', () => {
  it('[J2] are read out of the log, and follow a place that was started again', () => {
    const log = [
      { at: at(1), event: { type: 'invite-opened', participantId: 'old', device: 'Safari on iPhone' } },
      { at: at(2), event: { type: 'place-disowned', participantId: 'old', device: 'Edge', afresh: true } },
      {
        at: at(3),
        event: {
          type: 'place-restarted',
          participantId: 'old',
          newParticipantId: 'new',
          cause: 'reset',
          resetBy: 'Grace',
        },
      },
      { at: at(4), event: { type: 'submitted', participantId: 'new' } },
      { at: at(5), event: 'anything' },
    ];
    const people = [
      { participantId: 'new', openedByLinkAt: at(0) },
      { participantId: 'late', openedByLinkAt: at(9) },
      { participantId: 'plain', openedByLinkAt: null },
      // A record of the version before says nothing of it.
      { participantId: 'older' },
    ];
    const marks = placeMarks({ people, log });
    expect([...marks.keys()]).toEqual(['new', 'late']);
    expect(marks.get('late')).toEqual([{ kind: 'personal-link', at: at(9), device: null }]);
    expect(marks.get('new')).toEqual([
      { kind: 'personal-link', at: at(1), device: 'Safari on iPhone' },
      { kind: 'disowned', at: at(2), device: 'Edge', afresh: true },
      { kind: 'reset', at: at(3), by: 'Grace', afresh: true },
    ]);
  });

  it('[J2] say of an account that somebody else reset in the session’s time, once, though nothing had been begun', () => {
    const reset = { at: at(1), by: 'Grace' };
    const log = [
      {
        at: at(2),
        event: { type: 'place-entered', participantId: 'ben', device: 'Edge', further: false, reset },
      },
      {
        at: at(3),
        event: { type: 'place-entered', participantId: 'ben', device: 'Edge', further: false, reset },
      },
      { at: at(3), event: { type: 'place-entered', participantId: 'cho', device: 'Edge', further: false } },
    ];
    expect([...placeMarks({ people: [], log })]).toEqual([
      ['ben', [{ kind: 'reset', at: at(1), by: 'Grace', afresh: false }]],
    ]);
  });
});
