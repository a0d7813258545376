// Words of the inbox: what happened, by whom, in which calibration; and of reminding.
import type { NotificationKind, NotificationView } from '@attune/contract';
import { count, list, plural } from '../lib/format.ts';

const someone = 'Someone';

type Telling = Pick<NotificationView, 'byName' | 'sessionName'>;

/** What each kind says; the calibration's name stands in its own line. */
const sentences: Readonly<Record<NotificationKind, (by: string) => string>> = {
  invited: (by) => `${by} added you as a participant`,
  'scoring-opened': (by) => `${by} started scoring: it is your turn`,
  'due-near': () => 'Scoring is due soon, and yours is missing',
  reminded: (by) => `${by} reminds you: your scoring is missing`,
  'everyone-submitted': () => 'Everyone has submitted: you can reveal',
  'review-started': (by) => `${by} revealed all answers: the review has started`,
  'record-closed': (by) => `${by} closed it: the record stands`,
  'handed-over': (by) => `${by} handed it over to you: you facilitate now`,
  'taken-over': (by) => `${by} took over as facilitator`,
  'guest-waiting': () => 'A guest waits to be let in',
};

const titles: Readonly<Record<NotificationKind, string>> = {
  invited: 'I am added to a calibration',
  'scoring-opened': 'Scoring starts',
  'due-near': 'Scoring is due within a day and mine is missing',
  reminded: 'The facilitator reminds me',
  'everyone-submitted': 'Everyone has submitted, where I facilitate',
  'review-started': 'The answers are revealed',
  'record-closed': 'A calibration is closed',
  'handed-over': 'A calibration is handed over to me',
  'taken-over': 'Somebody takes a calibration over from me',
  'guest-waiting': 'A guest waits to be let in, where I facilitate',
};

export const inbox = {
  title: 'Inbox',
  open: (unread: number) => (unread === 0 ? 'Inbox' : `Inbox, ${count(unread)} unread`),
  badge: (unread: number) => (unread > 99 ? '99+' : count(unread)),
  about: 'What happened in your calibrations.',
  sentence: ({ byName }: Telling, kind: NotificationKind) => sentences[kind](byName ?? someone),
  news: (one: NotificationView) => `${one.sessionName}: ${sentences[one.kind](one.byName ?? someone)}.`,
  unread: 'unread',
  readAll: 'Mark all as read',
  older: 'Show older',
  empty: 'Nothing yet',
  emptyText:
    'When you are added to a calibration, when scoring starts or its answers are revealed, it says so here.',
  choices: 'Tell me in the inbox when',
  saved: 'Saved',
  titles,
  missing: (names: readonly string[]) =>
    names.length > 4
      ? `${plural(names.length, { one: '# person has', other: '# people have' })} not submitted yet.`
      : `${list(names)} ${names.length === 1 ? 'has' : 'have'} not submitted yet.`,
  due: 'Scoring is due',
  overdue: 'Scoring was due',
  remind: 'Remind',
  remindAll: (k: number, of: number) =>
    k < of ? `Remind ${count(k)} of ${count(of)}` : k === 1 ? 'Remind' : `Remind all ${count(k)}`,
  guestsMissing: (names: readonly string[]) =>
    names.length <= 3
      ? `${list(names)} ${names.length === 1 ? 'is a guest' : 'are guests'} without an inbox: tell them yourself.`
      : `${count(names.length)} are guests without an inbox: tell them yourself.`,
  remindedNow: (k: number) =>
    k === 0
      ? 'Nobody was reminded: they have turned reminders off.'
      : `Reminded ${plural(k, { one: '# person', other: '# people' })}.`,
  again: (time: string) => `They were reminded a short while ago. Again possible at ${time}.`,
} as const;
