// What the inbox says where it depends on who did it and how many are meant; and of reminding.
import type { NotificationKind, NotificationView } from '@attune/contract';
import { count, list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

/** What happened; the calibration's name stands in its own line. */
const sentence = ({ byName }: Pick<NotificationView, 'byName'>, kind: NotificationKind): string =>
  m.inbox_sentence({ kind, by: byName ?? m.inbox_someone() });

export const inbox = {
  badge: (unread: number) => (unread > 99 ? '99+' : count(unread)),
  sentence,
  news: (one: NotificationView) =>
    m.inbox_news({ session: one.sessionName, sentence: sentence(one, one.kind) }),
  missing: (names: readonly string[]) =>
    names.length > 4
      ? m.inbox_missingMany({ count: names.length })
      : m.inbox_missing({ count: names.length, names: list(names) }),
  remindAll: (many: number, of: number) =>
    many < of
      ? m.inbox_remindSome({ count: many, of })
      : many === 1
        ? m.inbox_remind()
        : m.inbox_remindAll({ count: many }),
  guestsMissing: (names: readonly string[]) =>
    names.length <= 3
      ? m.inbox_guestsMissing({ count: names.length, names: list(names) })
      : m.inbox_guestsMissingMany({ count: names.length }),
} as const;
