// In-app notifications (O7): what happened in which session, as codes the page words. Never an answer.
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';

export const notificationKinds = [
  'invited',
  'scoring-opened',
  'due-near',
  'reminded',
  'everyone-submitted',
  'review-started',
  'record-closed',
  'handed-over',
  'taken-over',
  'guest-waiting',
  'version-moved',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notificationView = z.object({
  id: idSchema,
  kind: z.enum(notificationKinds),
  sessionId: idSchema,
  sessionName: z.string(),
  /** Who caused it; `null` for the clock. */
  byName: z.nullable(z.string()),
  dueAt: z.nullable(z.string()),
  at: z.string(),
  readAt: z.nullable(z.string()),
});
export type NotificationView = z.infer<typeof notificationView>;

export const notificationQuery = z.object({
  cursor: z.optional(z.string().check(z.maxLength(200))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 30),
});
export const notificationPage = z.object({
  notifications: z.array(notificationView),
  unread: z.int(),
  nextCursor: z.nullable(z.string()),
});

/** Left out: all of one's own. */
export const readNotificationsBody = z.object({
  ids: z.optional(z.array(idSchema).check(z.minLength(1), z.maxLength(100))),
});
export const unreadCount = z.object({ unread: z.int() });

/** Kinds one wants to hear of in the app. */
export const notificationChoices = z.object({
  inApp: z.array(z.enum(notificationKinds)).check(z.maxLength(100)),
});

/** Left out: everyone who has not submitted. */
export const remindBody = z.object({
  participantIds: z.optional(z.array(idSchema).check(z.minLength(1), z.maxLength(1_000))),
});
export const reminded = z.object({ participantIds: z.array(idSchema) });
