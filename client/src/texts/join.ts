// Words of coming in by a join link.
import type { SessionStatus } from '@attune/domain';

const first = (name: string) => name.split(' ')[0] ?? name;

/** What joining means in each status one can join in. */
const now: Readonly<Partial<Record<SessionStatus, string>>> = {
  draft: 'Scoring has not started yet.',
  scoring: 'Scoring is open.',
  review: 'Scoring is over: you watch the discussion.',
};

export const join = {
  about: (facilitator: string, status: SessionStatus) => `Facilitated by ${facilitator}. ${now[status]}`,
  name: 'Your name',
  ask: 'Ask to join',
  askAbout: (facilitator: string) => `${first(facilitator)} sees your name and lets you in.`,
  joinAs: (name: string) => `Join as ${first(name)}`,
  signedInAs: (name: string) => `You are signed in as ${name}.`,
  notYou: 'Sign in as someone else',
  hasAccount: 'Have an account?',
  signInInstead: 'Sign in instead',
  signIn: 'Sign in',
  furtherDevice: 'Already in on another device?',
  waiting: (facilitator: string | null) =>
    `Waiting ${facilitator ? `for ${first(facilitator)} to let you in` : 'to be let in'}`,
  waitingAs: (name: string) => `You asked as ${name}.`,
  stay: 'Keep this page open; it moves on by itself.',
  offline: 'You keep your place. This page moves on when you are back.',
  out: 'You are not in this calibration',
  outText:
    'The facilitator did not let you in, or has made a new link. If you should be in it, speak to them.',
  gone: 'This calibration is not open any more',
  goneText: 'It was finished or removed before you were let in.',
  over: 'This calibration is over',
  overText: 'It can no longer be joined.',
  noGuests: 'Only members with an account can join this calibration.',
  mayNot: 'You cannot join this calibration',
  mayNotText: (why: 'role' | 'elsewhere', facilitator: string) =>
    `${
      why === 'role'
        ? 'Your role does not take part in calibrations.'
        : 'It is for people who work for its client or line of business.'
    } Ask ${first(facilitator)} if you should be in it.`,
  dead: 'This link does not work',
  deadText: 'It may have expired, or a newer one has taken its place. Ask for a new link.',
  incomplete: 'This link is incomplete',
  incompleteText: 'Copy the whole link and open it again, or scan the code.',
} as const;
