import type { SeatView } from '@attune/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiProblem } from '../../api.ts';
import { Follow } from './follow.svelte.ts';
import type { Place } from './in-view.svelte.ts';

/** A page that shows what it is told, a meeting whose focus the test moves, a server that answers when it is let. */
function fake({ mayLead = false, focus = null as Place, kept = null as boolean | null } = {}) {
  const page = {
    focus,
    shown: null as Place,
    typing: false,
    told: [] as Place[],
    led: [] as Place[],
    keptNow: kept,
    answers: [] as ((problem: ApiProblem | null) => void)[],
  };
  const session = {
    seat: { may: mayLead ? (['session.facilitate'] as SeatView['may']) : [] },
    shared: {
      status: 'review' as const,
      discussion: { focusQuestionId: focus, timers: [], speakFirst: false, undo: null },
    },
  };
  const view = { place: null as Place };
  const follow = new Follow(session, view, {
    show: (place) => {
      page.shown = place;
      view.place = place;
    },
    followed: (place) => page.told.push(place),
    lead: (place) => {
      page.led.push(place);
      return new Promise((resolve) => page.answers.push(resolve));
    },
    isTyping: () => page.typing,
    kept: () => page.keptNow,
    keep: (isWith) => {
      page.keptNow = isWith;
    },
  });
  const move = (place: Place) => {
    page.focus = place;
    session.shared.discussion.focusQuestionId = place;
    follow.hear(place);
  };
  const look = (place: Place) => {
    page.shown = place;
    view.place = place;
    follow.byHand(place);
  };
  /** The server takes what was sent, and its word comes back. */
  const serve = async (problem: ApiProblem | null = null) => {
    const at = page.led.at(-1) ?? null;
    if (!problem) move(at);
    page.answers.shift()?.(problem);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { follow, page, view, move, look, serve };
}

beforeEach(() => {
  vi.useFakeTimers();
});

describe('following', () => {
  it('[C9] goes with the meeting by default, and says so once', () => {
    const { follow, page, move } = fake();
    follow.begin(null);
    move('q4');
    expect(page).toMatchObject({ shown: 'q4', told: ['q4'] });
    expect(follow.isWith).toBe(true);
    move('q4');
    expect(page.told).toEqual(['q4']);
  });

  it('[C9] begins where the meeting is, without announcing it', () => {
    const { follow, page } = fake({ focus: 'q2' });
    follow.begin(null);
    expect(page).toMatchObject({ shown: 'q2', told: [] });
  });

  it('[C9] stays with the question somebody came for by a link', () => {
    const { follow, page, view, move } = fake({ focus: 'q2' });
    view.place = 'q7';
    page.shown = 'q7';
    follow.begin('q7');
    expect(follow.isWith).toBe(false);
    move('q3');
    expect(page.shown).toBe('q7');
  });

  it('[C9] stays away through a reload, and goes on following through one', () => {
    const away = fake({ focus: 'q2', kept: false });
    away.follow.begin(null);
    expect(away.follow.isWith).toBe(false);
    const following = fake({ focus: 'q2', kept: true });
    following.follow.begin('q1');
    expect(following.page.shown).toBe('q2');
  });

  it('[C9] leaves at once when one looks elsewhere by hand, and returns by one action', () => {
    const { follow, page, move, look } = fake();
    follow.begin(null);
    move('q1');
    look('q5');
    expect(follow.isWith).toBe(false);
    expect(page.keptNow).toBe(false);
    move('q2');
    expect(page.shown).toBe('q5');
    follow.toggle();
    expect(page.shown).toBe('q2');
    expect(follow.isWith).toBe(true);
    follow.toggle();
    expect(follow.isWith).toBe(false);
  });

  it('[C9] never pulls anybody out of a field: the move waits until the typing is over', () => {
    const { follow, page, move } = fake();
    follow.begin(null);
    move('q1');
    page.typing = true;
    move('q2');
    expect(page).toMatchObject({ shown: 'q1', told: ['q1'] });
    expect(follow.isWaiting).toBe(true);
    follow.typingMayBeOver();
    vi.runAllTimers();
    expect(page.shown).toBe('q1');
    page.typing = false;
    follow.typingMayBeOver();
    expect(page.shown).toBe('q1');
    vi.runAllTimers();
    expect(page).toMatchObject({ shown: 'q2', told: ['q1', 'q2'] });
    expect(follow.isWaiting).toBe(false);
  });

  it('[C9] goes at once when one presses while a move waits; forgets it when the meeting comes back', () => {
    const { follow, page, move } = fake();
    follow.begin(null);
    move('q1');
    page.typing = true;
    move('q2');
    follow.toggle();
    expect(page.shown).toBe('q2');
    expect(follow.isWith).toBe(true);
    move('q3');
    expect(follow.isWaiting).toBe(true);
    move('q2');
    expect(follow.isWaiting).toBe(false);
  });
});

describe('leading', () => {
  it('[C9] takes everyone along, and leaves out what was only passed over', async () => {
    const { follow, page, look, serve } = fake({ mayLead: true });
    follow.begin(null);
    look('q1');
    look('q2');
    look('q3');
    expect(page.led).toEqual(['q1']);
    await serve();
    expect(page.led).toEqual(['q1', 'q3']);
    expect(page.shown).toBe('q3');
    await serve();
    expect(page).toMatchObject({ shown: 'q3', focus: 'q3', told: [] });
  });

  it('[C9] looks around without dragging anybody, returns, or brings everyone', async () => {
    const { follow, page, look, serve } = fake({ mayLead: true, focus: 'q1' });
    follow.begin(null);
    follow.toggle();
    look('q6');
    expect(page.led).toEqual([]);
    follow.toggle();
    expect(page.shown).toBe('q1');
    follow.leave();
    look('q6');
    follow.bringEveryone();
    expect(page.led).toEqual(['q6']);
    await serve();
    expect(follow.isWith).toBe(true);
  });

  it('[C9] comes along when the focus is undone', () => {
    const { follow, page, move } = fake({ mayLead: true, focus: 'q2' });
    follow.begin(null);
    move('q1');
    expect(page).toMatchObject({ shown: 'q1', told: [] });
  });

  it('[C9] does not claim to lead when the server refused', async () => {
    const { follow, look, serve } = fake({ mayLead: true });
    follow.begin(null);
    look('q1');
    await serve({ slug: 'unreachable' } as ApiProblem);
    expect(follow.isWith).toBe(false);
    expect(follow.problem).not.toBeNull();
  });
});
