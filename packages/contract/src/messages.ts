// Our own socket messages, beside y-websocket's 0 (sync), 1 (awareness), 2 (auth), 3 (query awareness). Each is
// `varUint(type) • varString(JSON)`. The server sends them only to a client that said hello; docs/protocol.md has the
// formulas. Whoever changes a shape here raises `protocolVersion` and its history.
import * as decoding from 'lib0/decoding';
import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { messageType } from './message-types.ts';
import { seatView, sessionEventView, sessionShared, sessionSharedPatch } from './views/sessions.ts';

/** Client → server: "I understand your messages"; sent again, it asks for a new snapshot. */
export const helloMessage = z.object({ protocol: z.int() });

/** Server → client: the session as of change `number`. Only in a meeting room. */
export const snapshotMessage = z.object({
  protocol: z.int(),
  number: z.int(),
  /** The server's clock, ISO 8601 UTC: timers run by it. */
  at: z.string(),
  session: sessionShared,
  seat: seatView,
});

/**
 * Server → client: change `number`, numbered at commit without gaps. The patch replaces top-level fields of the shared
 * session. A client that sees a number other than the next asks for a snapshot (hello).
 */
export const changeMessage = z.object({
  number: z.int(),
  at: z.string(),
  events: z.array(sessionEventView),
  patch: sessionSharedPatch,
});

/** Server → client: what this connection may do has changed. */
export const seatMessage = z.object({ seat: seatView });

/**
 * Server → client: how many of the document messages (sync step 2 and update) of this connection are stored durably.
 * The client counts what it sent; equal means "Saved".
 */
export const savedMessage = z.object({ count: z.int() });

/** Server → client, feed room: something shown in lists about this session changed. `number` is the session's change. */
export const hintMessage = z.object({ sessionId: idSchema, number: z.int() });

/** Server → client, feed room: how many of one's notifications are unread now. */
export const inboxMessage = z.object({ unread: z.int() });

/** Why the server does not take an edit, while the connection goes on. */
const refusalReason = z.enum(['readOnly', 'documentTooLarge']);
export type RefusalReason = z.infer<typeof refusalReason>;

/**
 * Server → client: these document messages of this connection, counted from 1, were not taken and never will be. The count of
 * what is stored goes on past them. What builds on a refused edit cannot be taken either: a client goes on with a fresh document,
 * on a new connection.
 */
export const refusedMessage = z.object({ reason: refusalReason, messages: z.array(z.int()) });

export const messageSchemas = {
  [messageType.hello]: helloMessage,
  [messageType.snapshot]: snapshotMessage,
  [messageType.change]: changeMessage,
  [messageType.seat]: seatMessage,
  [messageType.saved]: savedMessage,
  [messageType.hint]: hintMessage,
  [messageType.inbox]: inboxMessage,
  [messageType.refused]: refusedMessage,
} as const;

type Schemas = typeof messageSchemas;
export type OwnMessageType = keyof Schemas;
export type OwnMessage<T extends OwnMessageType> = z.infer<Schemas[T]>;

/** Reads the body after the type has been read; `null` when it is not what the type promises. */
export function decodeMessage<T extends OwnMessageType>(
  type: T,
  decoder: decoding.Decoder,
): OwnMessage<T> | null {
  try {
    const parsed: unknown = JSON.parse(decoding.readVarString(decoder));
    const result = messageSchemas[type].safeParse(parsed);
    return result.success ? (result.data as OwnMessage<T>) : null;
  } catch {
    return null;
  }
}
