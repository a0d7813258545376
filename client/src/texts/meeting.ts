// Words of a running meeting: following, who is here, timers, sweeping and undoing, re-votes.
import type { DiscussionView } from '@attune/contract';
import type { BoardQuestion } from '@attune/domain';
import { count, list, percent, plural, points } from '../lib/format.ts';
import { inPassing } from './guest.ts';

const placeWords = (number: number | null) =>
  number === null ? 'the overview' : `question ${count(number)}`;

const times = (k: number) => plural(k, { one: '# answer', other: '# answers' });

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.round((ms % 60_000) / 1000);
  const parts = [
    ...(minutes > 0 ? [plural(minutes, { one: '# minute', other: '# minutes' })] : []),
    ...(seconds > 0 || minutes === 0 ? [plural(seconds, { one: '# second', other: '# seconds' })] : []),
  ];
  return parts.join(' ');
}

/** `2:41`: seconds are rounded up, so that a running timer never shows 0:00. */
function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const ordinals = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const endings: Readonly<Record<Intl.LDMLPluralRule, string>> = {
  zero: 'th',
  one: 'st',
  two: 'nd',
  few: 'rd',
  many: 'th',
  other: 'th',
};
const early = ['First', 'Second', 'Third', 'Fourth', 'Fifth'];
const roundName = (round: number) =>
  `${early[round - 1] ?? `${round}${endings[ordinals.select(round)]}`} round`;

/** Names where they are few enough to be asked by name; they stand with their answers below in any case. */
const anyOf = (names: readonly string[]): string =>
  names.length <= 4 ? list(names) : `any of ${count(names.length)} people`;

export const meeting = {
  strip: 'The meeting',
  number: (number: number) => `Question ${count(number)}`,

  following: (name: string) => `Following ${inPassing(name)}`,
  stop: 'Stop',
  movedOn: (name: string, number: number | null) => `${inPassing(name)} moved on to ${placeWords(number)}`,
  go: 'Go',
  isOn: (name: string, number: number | null) => `${inPassing(name)} is on ${placeWords(number)}`,
  return: 'Return',
  leading: 'You are leading',
  lookAround: 'Look around',
  lookingAround: (number: number | null) => `Looking around. Everyone is on ${placeWords(number)}`,
  bringEveryone: 'Bring everyone here',
  keyFollow: 'Stop or go on following',
  keyLead: 'Stop or go on leading',
  followed: (name: string, number: number | null, prompt: string | null) =>
    number === null || prompt === null
      ? `${inPassing(name)} opened the overview.`
      : `${inPassing(name)} moved on to question ${count(number)}: ${prompt}`,
  notMoved: 'Everyone stays where they are',

  here: 'Here now',
  hereList: (names: readonly string[]) =>
    `${plural(names.length, { one: '# other person is here', other: '# other people are here' })}: ${list(names)}`,
  lookHere: (k: number) => plural(k, { one: '# person looks at this', other: '# people look at this' }),
  away: 'away',
  at: (number: number | null) => (number === null ? 'in the lists' : placeWords(number)),
  isFollowing: 'following',
  notFollowing: 'looking around',
  leads: 'leading',

  timer: {
    start: 'Timer',
    startLabel: 'Start a timer for this question',
    choice: (ms: number) => duration(ms),
    lastUsed: (ms: number) => `${duration(ms)}, last used`,
    presets: 'Start with',
    clock,
    left: (ms: number) => `${duration(Math.ceil(ms / 1000) * 1000)} left`,
    pausedAt: (ms: number) => `Paused with ${duration(Math.ceil(ms / 1000) * 1000)} left`,
    paused: 'Paused',
    over: 'Time is up',
    pause: 'Pause the timer',
    resume: 'Go on with the timer',
    extend: '+1 min',
    extendLabel: 'One more minute',
    stop: 'Stop the timer',
    key: 'Start, pause or go on with the timer',
    ended: (number: number | null) =>
      number === null ? 'Time is up.' : `Time is up for question ${count(number)}.`,
    elsewhere: (number: number | null) => `on ${placeWords(number)}`,
    sound: 'Soft sound when time is up',
  },

  speakFirst: 'Might speak first',
  highest: (names: readonly string[], q: number) => `${anyOf(names)} (highest, ${percent(q)})`,
  lowest: (names: readonly string[], q: number) => `${anyOf(names)} (lowest, ${percent(q)})`,
  nameSpeakers: 'Name who might speak first',
  options: 'Meeting options',

  sweep: (k: number) => `Agree on ${plural(k, { one: '# unanimous', other: '# unanimous' })}`,
  sweepAbout: (k: number) =>
    `${plural(k, { one: 'Everyone answered # question alike', other: 'Everyone answered # questions alike' })}: their answer becomes the agreed one. Can be undone.`,
  undo: (undo: NonNullable<DiscussionView['undo']>, number: number | null) =>
    undo.kind === 'sweep'
      ? `Undo agreeing on ${count(undo.questionIds.length)}`
      : `Back to ${placeWords(number)}`,
  undoAction: (undo: NonNullable<DiscussionView['undo']>, number: number | null) =>
    undo.kind === 'sweep'
      ? `Undo: the sweep of ${times(undo.questionIds.length)}`
      : `Undo: back to ${placeWords(number)}`,

  toDiscuss: (k: number) => plural(k, { one: '# question left', other: '# questions left' }),
  toDiscussTitle: 'Left to discuss',

  keys: {
    agree: 'Agree on an answer',
    cause: 'Say why you differed',
    agreeTitle: 'Agreed answer',
    causeTitle: 'Why we differed',
    mostGiven: (answer: string, k: number, of: number) => `${answer}, given by ${count(k)} of ${count(of)}`,
    na: 'N/A',
    clear: 'Clear',
    cancel: 'Cancel',
    vote: 'Seal your vote',
    option: (digit: number) => `Vote with option ${digit}`,
    left: 'Next flagged question that is left',
  },

  revote: {
    title: 'Re-vote',
    open: 'Re-vote',
    openAbout: 'Everyone answers again, sealed, and the votes are revealed together.',
    openElsewhere: (number: number) => `A re-vote is open on question ${count(number)}.`,
    roundName,
    voted: (k: number, of: number) => `${count(k)} of ${count(of)} voted`,
    hasVoted: 'voted',
    hasNot: 'not yet',
    sealedLine: 'Only you can see this until it is revealed',
    vote: 'Vote',
    change: 'Change vote',
    sealed: 'Sealed',
    sealedAbout: 'You can change it until the reveal.',
    changedAbout: 'Your earlier vote stays sealed until you change it.',
    sending: 'Sealing…',
    waiting: 'Not sealed yet: sent as soon as the connection is back. Keep this page open.',
    reveal: 'Reveal votes',
    revealWithout: (names: readonly string[]) => `Reveal without ${shortNames(names)}`,
    waitingFor: (names: readonly string[]) => `Waiting for ${shortNames(names)}.`,
    noneMissing: 'Names are hidden: without them, the numbers would show which answers are theirs.',
    tooFew: 'At least two votes are needed.',
    withoutTitle: (names: readonly string[]) => `Reveal without ${shortNames(names)}?`,
    withoutBody: (names: readonly string[], k: number) =>
      `${list(names)} ${names.length === 1 ? 'has' : 'have'} not voted and will be missing from this round, n = ${count(k)}. A reveal cannot be undone.`,
    callOff: 'Call off',
    callOffTitle: 'Call the re-vote off?',
    callOffBody: 'The votes given so far are destroyed unread. The first answers stay as they are.',
    heading: (round: number, n: number) => `${roundName(round)}, n = ${count(n)}`,
    movement: (before: BoardQuestion, after: BoardQuestion) => `${spreadOf(before)} → ${spreadOf(after)}`,
    measure: (q: BoardQuestion) =>
      q.measure === 'mode-share' ? 'Chose otherwise' : q.measure === 'jaccard' ? 'Choices apart' : 'Spread',
    moved: (from: string, to: string) => `${from} → ${to}`,
    movedAloud: (from: string, to: string) => `from ${from} to ${to}`,
    stayed: (names: string) => `Unchanged: ${names}`,
    absent: (names: string) => `Did not vote: ${names}`,
    opened: 'A re-vote is open.',
    revealed: 'The re-vote is revealed.',
    calledOff: 'The re-vote is called off.',
  },
  swept: (name: string, k: number) => `${inPassing(name)} agreed on ${times(k)} everyone gave alike.`,
  sweepUndone: 'The agreed answers of the sweep are taken back.',
  evaluator: (letter: string) => `Evaluator ${letter}`,
  you: 'You',
} as const;

function shortNames(names: readonly string[]): string {
  const short = names.map(inPassing);
  return short.length > 3 ? `${count(short.length)} people` : list(short);
}

function spreadOf(q: BoardQuestion): string {
  if (q.measure === null) return '–';
  return q.measure === 'spread'
    ? `${points(q.spread)} ${points(q.spread) === '1' ? 'point' : 'points'}`
    : percent(q.divergence);
}
