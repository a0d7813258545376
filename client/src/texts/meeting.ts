// What a running meeting says where a place, a length of time or a number of people decides.
import type { DiscussionView } from '@attune/contract';
import type { BoardQuestion } from '@attune/domain';
import { list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { figures } from './figures.ts';
import { inPassing } from './guest.ts';

/** Where someone is: on a question, by its number, or on the overview. */
const placeOf = (number: number | null): string =>
  number === null ? m.meeting_overview() : m.meeting_question({ number });

/** `2 minutes 30 seconds` */
function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.round((ms % 60_000) / 1000);
  const parts = [
    ...(minutes > 0 ? [m.meeting_minutes({ count: minutes })] : []),
    ...(seconds > 0 || minutes === 0 ? [m.meeting_seconds({ count: seconds })] : []),
  ];
  return parts.join(' ');
}

/** In whole seconds, rounded up. */
const leftOf = (ms: number): string => duration(Math.ceil(ms / 1000) * 1000);

/** `2:41`: seconds are rounded up, so that a running timer never shows 0:00. */
function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Names where they are few enough to be asked by name; they stand with their answers below in any case. */
const anyOf = (names: readonly string[]): string =>
  names.length <= 4 ? list(names) : m.meeting_anyOf({ count: names.length });

function shortNames(names: readonly string[]): string {
  const short = names.map(inPassing);
  return short.length > 3 ? m.board_people({ count: short.length }) : list(short);
}

export const meeting = {
  following: (name: string) => m.meeting_following({ name: inPassing(name) }),
  movedOn: (name: string, number: number | null) =>
    m.meeting_movedOn({ name: inPassing(name), place: placeOf(number) }),
  isOn: (name: string, number: number | null) =>
    m.meeting_isOn({ name: inPassing(name), place: placeOf(number) }),
  lookingAround: (number: number | null) => m.meeting_lookingAround({ place: placeOf(number) }),
  followed: (name: string, number: number | null, prompt: string | null) =>
    number === null || prompt === null
      ? m.meeting_openedOverview({ name: inPassing(name) })
      : m.meeting_openedQuestion({ name: inPassing(name), number, prompt }),
  hereList: (names: readonly string[]) => m.meeting_hereList({ count: names.length, names: list(names) }),
  at: (number: number | null) => (number === null ? m.meeting_inLists() : placeOf(number)),

  timer: {
    choice: duration,
    lastUsed: (ms: number) => m.meeting_timer_lastUsed({ duration: duration(ms) }),
    clock,
    left: (ms: number) => m.meeting_timer_left({ duration: leftOf(ms) }),
    pausedAt: (ms: number) => m.meeting_timer_pausedAt({ duration: leftOf(ms) }),
    ended: (number: number | null) =>
      number === null ? m.meeting_timer_ended() : m.meeting_timer_endedFor({ number }),
    elsewhere: (number: number | null) => m.meeting_timer_elsewhere({ place: placeOf(number) }),
  },

  /** @param score what they gave, in the answer's own unit */
  highest: (names: readonly string[], score: string) => m.meeting_highest({ names: anyOf(names), score }),
  lowest: (names: readonly string[], score: string) => m.meeting_lowest({ names: anyOf(names), score }),

  undo: (undo: NonNullable<DiscussionView['undo']>, number: number | null) =>
    undo.kind === 'sweep'
      ? m.meeting_undo_sweep({ count: undo.questionIds.length })
      : m.meeting_undo_back({ place: placeOf(number) }),
  undoAction: (undo: NonNullable<DiscussionView['undo']>, number: number | null) =>
    undo.kind === 'sweep'
      ? m.meeting_undoAction_sweep({ count: undo.questionIds.length })
      : m.meeting_undoAction_back({ place: placeOf(number) }),

  revote: {
    revealWithout: (names: readonly string[]) => m.meeting_revote_revealWithout({ names: shortNames(names) }),
    waitingFor: (names: readonly string[]) => m.meeting_revote_waitingFor({ names: shortNames(names) }),
    withoutTitle: (names: readonly string[]) => m.meeting_revote_withoutTitle({ names: shortNames(names) }),
    withoutBody: (names: readonly string[], n: number) =>
      m.meeting_revote_withoutBody({ names: list(names), count: names.length, n }),
    heading: (round: number, n: number) =>
      m.meeting_revote_heading({ round: m.meeting_revote_round({ round }), n }),
    movement: (before: BoardQuestion, after: BoardQuestion) => {
      const [from, to] = figures.movement(before, after);
      return m.meeting_revote_moved({ from, to });
    },
    measure: ({ measure }: BoardQuestion) => m.board_measureName({ measure: measure ?? 'spread' }),
  },
  swept: (name: string, count: number) => m.meeting_swept({ name: inPassing(name), count }),
} as const;
