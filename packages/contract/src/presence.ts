// What presence may carry: who is connected, the question they look at, their caret, whether they follow, whether they are
// away. Identity is the server's word, never the client's. In draft and scoring only `user` travels.
import * as z from 'zod/mini';
import { idSchema } from './ids.ts';

/** Largest awareness state a client may send, encoded as JSON. */
export const presenceLimitBytes = 2048;

const place = z.nullable(z.object({ client: z.int(), clock: z.int() }));

/** A Yjs relative position as y-prosemirror sends it. */
const relativePosition = z.object({
  type: z.optional(place),
  tname: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
  item: z.optional(place),
  assoc: z.optional(z.int()),
});

/** The fields a client may set; others are dropped. */
export const presenceFields = z.object({
  questionId: z.optional(z.nullable(z.string().check(z.maxLength(100)))),
  following: z.optional(z.boolean()),
  away: z.optional(z.boolean()),
  cursor: z.optional(z.nullable(z.object({ anchor: relativePosition, head: relativePosition }))),
});

/** The state others receive: the server's identity of the connection beside the client's fields. */
export const presenceState = z.extend(presenceFields, {
  user: z.object({ memberId: idSchema, name: z.string(), color: z.string(), guest: z.boolean() }),
});

export type PresenceFields = z.infer<typeof presenceFields>;
export type PresenceState = z.infer<typeof presenceState>;
