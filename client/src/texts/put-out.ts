// Words of putting people out of a session, of letting them back in, and of the names guests gave themselves.
import type { LikeName } from '@attune/contract';
import { isRevealed, type SessionStatus } from '@attune/domain';
import { list, plural } from '../lib/format.ts';
import { named } from './guest.ts';

/** What is lost depends on where the session stands, and on whether they score. */
function consequence(status: SessionStatus, scores: boolean, guest: boolean): string {
  const again = guest
    ? 'To come back they have to ask to join again.'
    : 'The join link does not let them in again.';
  if (!scores || status === 'draft') return `They leave the calibration at once. ${again}`;
  return isRevealed(status)
    ? `They leave the calibration at once. Their answers stay on the board and the record. ${again}`
    : `Their answers are discarded unread and cannot be brought back. They leave at once. ${again}`;
}

export const putOut = {
  item: 'Put out…',
  verb: 'Put out',
  label: (name: string) => `Put out ${name}`,
  title: (name: string) => `Put ${name} out?`,
  consequence,
  tooFew: 'Fewer than two will be left to score: add someone before you reveal.',
  reason: 'Reason',
  reasonHint: 'Kept in the log.',
  out: (names: readonly string[]) => `Put out: ${list(names)}`,
  letBackIn: 'Let back in',
  letBackInName: (name: string) => `Let ${name} back in`,
  people: 'People…',
  peopleTitle: 'People',
  took: 'Participants',
} as const;

export const rename = {
  item: 'Rename…',
  verb: 'Rename',
  title: (name: string) => `Rename ${name}`,
  field: 'Name',
  about: 'Everyone sees the new name. The log keeps both.',
} as const;

const likeness: Readonly<Record<LikeName['is'], (name: string) => string>> = {
  member: (name) => `${name}, who has an account here`,
  here: (name) => `${name}, who is in this calibration`,
  guest: (name) => `another guest, ${name}`,
};

export const lobbyCare = {
  /** Why a name deserves a second look. */
  like: (like: readonly LikeName[]) =>
    `Looks like ${list([...new Set(like.map(({ name, is }) => likeness[is](name)))])}. Nobody has checked who this is.`,
  turnAwayTitle: (name: string) => `Turn ${named({ name, guest: true })} away?`,
  turnAwayBody: 'They are told. They can ask again while the join link works.',
  turnAllAway: 'Turn all away',
  turnAllTitle: (n: number) => plural(n, { one: 'Turn # person away?', other: 'Turn all # people away?' }),
  turnAllBody:
    'They are told. They can ask again while the join link works: make a new one if it got around.',
  admitOthers: 'Let the others in',
} as const;

export const excusedPage = {
  title: 'You are excused from this calibration',
  text: (facilitator: string, reason: string, mayReturn: boolean) =>
    mayReturn
      ? `${facilitator} noted: “${reason}”. What you typed is kept, in case you are let back in. This page then moves on by itself.`
      : `${facilitator} noted: “${reason}”.`,
} as const;

export const shutOut = {
  title: 'You are no longer in this calibration',
  text: 'It was deleted, its facilitator has taken you out of it, or the link you came by has ended.',
} as const;
