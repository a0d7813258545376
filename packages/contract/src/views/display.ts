// What a meeting screen is given (J3): enough to draw the room, never a control, never anyone's own page. Live state reaches it
// by the meeting room's messages, as everyone's does.
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { reachKind } from './reach.ts';
import { scorecardSchema } from './scorecards.ts';
import { sessionShared } from './sessions.ts';

/** The session the screen shows. The browser's cookie may by now belong to another screen, whose meeting must not show here. */
export const displayQuery = z.object({ session: z.optional(idSchema) });

export const openDisplayBody = z.object({ token: z.string().check(z.minLength(20), z.maxLength(200)) });

export const displayView = z.object({
  /** The number of the last change this view includes. */
  number: z.int(),
  /** The server's clock, for timers. */
  at: z.string(),
  organisation: z.string(),
  shared: sessionShared,
  /** Narrowed to the session's questions. */
  scorecard: scorecardSchema,
  /** The join link to draw as a QR code, while people can still join; `null` otherwise. */
  joinUrl: z.nullable(z.string()),
  /** Whether anyone else can open the join link at all. */
  reach: reachKind,
});
export type DisplayView = z.infer<typeof displayView>;
