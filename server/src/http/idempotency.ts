// A command sent twice happens once: the first reply to an `Idempotency-Key` is kept, and given again to a repeat. What the
// command wrote and its reply are one transaction: whatever dies in between, both are there or neither. Two at once: the
// second waits for the first. Without the header a command simply runs, in a transaction alike.
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Database } from '../db/client.ts';
import { transact, type Unit } from '../db/transact.ts';
import type { ActorEnv } from './actor.ts';
import { bodyText } from './body.ts';
import { createGate, type Gate } from './gate.ts';
import { findReply, insertReply, lockKey } from './kept-reply.store.ts';
import { hashOfBody, openReply, sealReply } from './kept-reply.ts';
import { ProblemError } from './problem.ts';

/** What is kept of a reply, and is all of it: JSON, a problem from 400 on, and empty for 204. Small: it is stored for a day. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

const keyPattern = /^[\x21-\x7e]{8,100}$/;
const keyHeader = 'idempotency-key';

/** Replies of 5xx are not kept: what failed by our fault may be tried again under the same key. */
const isKept = (status: number) => status < 500 && status !== 429;

/** Thrown to undo what a command did whose reply is not kept; the reply itself is given. */
class NotKept extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super('a reply that is not kept');
    this.reply = reply;
  }
}

/** Keyed commands at once on one pool. Each holds a connection: some must be left for whoever only reads. */
const mostAtOnce = 12;
const gates = new WeakMap<Database, Gate>();

function gateOf(db: Database): Gate {
  const gate = gates.get(db) ?? createGate(mostAtOnce);
  gates.set(db, gate);
  return gate;
}

/** Runs a command in a transaction of its own; under a key, only where it has not run before. */
export type Once = (c: Context<ActorEnv>, run: (unit: Unit) => Promise<Reply>) => Promise<Reply>;

/** Keeps and repeats replies by member and key, for a day at least; another request under a used key is `key-reused`. */
export function createOnce({
  db,
  serverKey,
}: {
  readonly db: Database;
  readonly serverKey: Uint8Array;
}): Once {
  return async (c, run) => {
    const key = c.req.header(keyHeader);
    if (key === undefined) return transact(db, run);
    if (!keyPattern.test(key)) {
      throw new ProblemError('invalid-input', {
        errors: [{ pointer: `header:${keyHeader}`, code: 'idempotency-key' }],
      });
    }
    const { organisationId, memberId } = c.get('actor');
    const owner = { organisationId, memberId, key };
    const { pathname, search } = new URL(c.req.url);
    const request = `${c.req.method} ${pathname}${search}`;
    const bodyHash = hashOfBody(serverKey, await bodyText(c));

    const runOrRepeat = async (unit: Unit): Promise<Reply> => {
      const { tx } = unit;
      await lockKey(tx, owner);
      const kept = await findReply(tx, owner);
      if (kept) {
        if (kept.request !== request || Buffer.compare(bodyHash, kept.bodyHash) !== 0)
          throw new ProblemError('key-reused');
        c.header('Idempotent-Replayed', 'true');
        return { status: kept.status, body: openReply(serverKey, owner, kept.reply) };
      }
      const reply = await run(unit);
      if (!isKept(reply.status)) throw new NotKept(reply);
      await insertReply(tx, {
        ...owner,
        request,
        bodyHash,
        status: reply.status,
        reply: sealReply(serverKey, owner, reply.body),
      });
      return reply;
    };
    try {
      return await gateOf(db)(() => transact(db, runOrRepeat));
    } catch (error) {
      if (error instanceof NotKept) return error.reply;
      throw error;
    }
  };
}

/** Answers with a reply as it was made, or kept. */
export function sendReply(c: Context<ActorEnv>, { status, body }: Reply): Response {
  if (status === 204) return c.body(null, 204);
  c.header('Content-Type', status < 400 ? 'application/json' : 'application/problem+json');
  return c.body(body, status as ContentfulStatusCode);
}
