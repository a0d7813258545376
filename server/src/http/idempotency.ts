// A command sent twice happens once: the first reply to an `Idempotency-Key` is kept, and given again to a repeat. Two at once:
// the second waits for the first. Without the header a command simply runs.
import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Database } from '../db/client.ts';
import { commandReply } from '../db/schema.ts';
import type { ActorEnv } from './actor.ts';
import { createGate, type Gate } from './gate.ts';
import { ProblemError } from './problem.ts';

const keyPattern = /^[\x21-\x7e]{8,100}$/;

/** Replies of 5xx are not kept: what failed by our fault may be tried again under the same key. */
const isKept = (status: number) => status < 500 && status !== 429;

/**
 * Keyed commands at once on one pool. Each holds a connection for its key while its work takes others: were all of the pool
 * held by keys, no work could go on, ever.
 */
const mostAtOnce = 8;
const gates = new WeakMap<Database, Gate>();

function gateOf(db: Database): Gate {
  const gate = gates.get(db) ?? createGate(mostAtOnce);
  gates.set(db, gate);
  return gate;
}

/** Keeps and repeats replies by member and key; another request under a used key is `key-reused`. */
export function idempotent({ db }: { readonly db: Database }): MiddlewareHandler<ActorEnv> {
  return createMiddleware<ActorEnv>(async (c, next) => {
    const key = c.req.header('idempotency-key');
    if (key === undefined) return next();
    if (!keyPattern.test(key)) {
      throw new ProblemError('invalid-input', {
        errors: [{ pointer: 'header:idempotency-key', detail: 'must be 8 to 100 visible ASCII characters' }],
      });
    }
    const { memberId } = c.get('actor');
    const request = `${c.req.method} ${c.req.path}${new URL(c.req.url).search}`;
    const bodyHash = createHash('sha256')
      .update(await c.req.raw.clone().text())
      .digest();

    // The key's lock is held on a connection of its own while the command runs on others.
    const run = () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${memberId} ${key}`}, 7))`);
        const [kept] = await tx
          .select()
          .from(commandReply)
          .where(and(eq(commandReply.memberId, memberId), eq(commandReply.key, key)));
        if (kept) {
          if (kept.request !== request || !bodyHash.equals(kept.bodyHash))
            throw new ProblemError('key-reused');
          const { body, type } = kept.reply as { body: string; type: string | null };
          c.header('Idempotent-Replayed', 'true');
          if (type !== null) c.header('Content-Type', type);
          return kept.status === 204
            ? c.body(null, 204)
            : new Response(body, { status: kept.status, headers: c.res.headers });
        }
        await next();
        const reply = c.res.clone();
        if (!isKept(reply.status)) return undefined;
        await tx.insert(commandReply).values({
          memberId,
          key,
          request,
          bodyHash,
          status: reply.status,
          reply: { body: await reply.text(), type: reply.headers.get('content-type') },
        });
        return undefined;
      });
    return gateOf(db)(run);
  });
}
