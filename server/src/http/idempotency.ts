// A command sent twice happens once: the first reply to an `Idempotency-Key` is kept, and given again to a repeat. What the
// command wrote and its reply are one transaction: whatever dies in between, both are there or neither. Two at once: the
// second waits for the first. Without the header a command simply runs.
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Database, Tx } from '../db/client.ts';
import { asOneUnit } from '../db/unit.ts';
import type { ActorEnv } from './actor.ts';
import { bodyText } from './body.ts';
import { createGate, type Gate } from './gate.ts';
import { findReply, forgetOld, insertReply, lockKey } from './kept-reply.store.ts';
import { hashOfBody, openReply, sealReply } from './kept-reply.ts';
import { ProblemError } from './problem.ts';

const keyPattern = /^[\x21-\x7e]{8,100}$/;

/** Replies of 5xx are not kept: what failed by our fault may be tried again under the same key. */
const isKept = (status: number) => status < 500 && status !== 429;

/** Thrown to undo what a command did whose reply is not kept; the reply itself is given. */
class NotKept extends Error {}

/** Keyed commands at once on one pool. Each holds a connection: some must be left for whoever only reads. */
const mostAtOnce = 12;
const gates = new WeakMap<Database, Gate>();

function gateOf(db: Database): Gate {
  const gate = gates.get(db) ?? createGate(mostAtOnce);
  gates.set(db, gate);
  return gate;
}

/**
 * Keeps and repeats replies by member and key, for a day at least; another request under a used key is `key-reused`.
 *
 * @param db from `joinUnits`, as everything that the command writes with
 */
export function idempotent({
  db,
  serverKey,
}: {
  readonly db: Database;
  readonly serverKey: Uint8Array;
}): MiddlewareHandler<ActorEnv> {
  return createMiddleware<ActorEnv>(async (c, next) => {
    const key = c.req.header('idempotency-key');
    if (key === undefined) return next();
    if (!keyPattern.test(key)) {
      throw new ProblemError('invalid-input', {
        errors: [{ pointer: 'header:idempotency-key', detail: 'must be 8 to 100 visible ASCII characters' }],
      });
    }
    const { organisationId, memberId } = c.get('actor');
    const owner = { organisationId, memberId, key };
    const { pathname, search } = new URL(c.req.url);
    const request = `${c.req.method} ${pathname}${search}`;
    const bodyHash = hashOfBody(serverKey, await bodyText(c));

    const run = async (tx: Tx) => {
      await lockKey(tx, owner);
      const kept = await findReply(tx, owner);
      if (kept) {
        if (kept.request !== request || Buffer.compare(bodyHash, kept.bodyHash) !== 0)
          throw new ProblemError('key-reused');
        const { body, type } = openReply(serverKey, owner, kept.reply);
        c.header('Idempotent-Replayed', 'true');
        if (type !== null) c.header('Content-Type', type);
        return kept.status === 204
          ? c.body(null, 204)
          : new Response(body, { status: kept.status, headers: c.res.headers });
      }
      await next();
      const reply = c.res.clone();
      if (!isKept(reply.status)) throw new NotKept();
      await forgetOld(tx);
      await insertReply(tx, {
        ...owner,
        request,
        bodyHash,
        status: reply.status,
        reply: sealReply(serverKey, owner, {
          body: await reply.text(),
          type: reply.headers.get('content-type'),
        }),
      });
      return undefined;
    };
    try {
      return await gateOf(db)(() => asOneUnit(db, run));
    } catch (error) {
      if (error instanceof NotKept) return undefined;
      throw error;
    }
  });
}
