// Words of coming in by a link: the join page, the lobby, a personal invite, and the limited frame of those who came so.
import type { SessionStatus } from '@attune/domain';

const firstNameOf = (name: string) => name.split(' ')[0] ?? name;

/** What joining means in each status. */
const now: Readonly<Record<SessionStatus, string>> = {
  draft: 'Scoring has not started yet.',
  scoring: 'Scoring is open.',
  review: 'Scoring is over. You watch the discussion.',
  resolved: '',
  closed: '',
};

export const join = {
  title: 'Join a calibration',
  facilitatedBy: (name: string) => `Facilitated by ${name}`,
  now,
  name: 'Your name',
  nameHint: 'As the others know you.',
  ask: 'Ask to join',
  askAbout: (facilitator: string) => `${firstNameOf(facilitator)} sees your name and lets you in.`,
  joinAs: (name: string) => `Join as ${firstNameOf(name)}`,
  signedInAs: (name: string) => `You are signed in as ${name}.`,
  notYou: 'Sign in as someone else',
  hasAccount: 'Have an account?',
  signInInstead: 'Sign in instead',
  signIn: 'Sign in',
  waiting: {
    title: (facilitator: string) => `Waiting for ${firstNameOf(facilitator)} to let you in`,
    unnamed: 'Waiting to be let in',
    as: (name: string) => `You asked as ${name}.`,
    stay: 'Keep this page. It goes on by itself.',
    offline: 'You keep your place. This page goes on when you are back.',
  },
  entering: 'You are in. Opening…',
  turnedAway: {
    title: 'You are not in this calibration',
    text: 'The facilitator did not let you in, or took you out again. If that is a mistake, speak to them.',
  },
  gone: {
    title: 'This calibration is not open any more',
    text: 'It was finished or removed before you were let in.',
  },
  over: { title: 'This calibration is over', text: 'It can no longer be joined.' },
  noGuests: {
    title: 'Sign in to join',
    text: 'Only members with an account can join this calibration.',
  },
  mayNot: {
    title: 'You cannot join this calibration',
    text: (facilitator: string) =>
      `It is for members who work for its client or line of business. Ask ${firstNameOf(facilitator)} if you think you should be in it.`,
  },
  notValid: {
    title: 'This link does not work',
    text: 'It may have expired, or a newer one has taken its place. Ask for a new link.',
  },
  incomplete: {
    title: 'This link is incomplete',
    text: 'Copy the whole link and open it again, or scan the code.',
  },
} as const;

export const invite = {
  title: 'Your invitation to score',
  opening: 'Opening your scoring page…',
  asking: {
    title: 'Say yes on your other device',
    text: (name: string) =>
      `${firstNameOf(name)}, this invitation was opened on another device first. Allow this one there, or ask whoever facilitates to do so.`,
    stay: 'Keep this page. It goes on by itself.',
    offline: 'You are offline. This page goes on when you are back.',
  },
  refused: {
    title: 'This device was not allowed',
    text: 'Go on with the device you opened the invitation on first, or ask whoever facilitates.',
  },
} as const;
