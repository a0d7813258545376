// A command's route, declared: what it does, what it takes, what it answers; and the one call that does it. Around that call stand,
// for every command alike: the checks of path, query and body, the idempotency key, one transaction that is handed in, and the
// reply, kept in the same transaction.
import type { Actor } from '@attune/domain';
import type { Context, Env, Handler, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { TypedResponse } from 'hono/types';
import type { StatusCode } from 'hono/utils/http-status';
import type { JSONParsed } from 'hono/utils/types';
import type * as z from 'zod/mini';
import type { Caller, SignedIn } from '../caller.ts';
import type { Database } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import type { Outcome } from '../outcome.ts';
import type { ActorEnv } from './actor.ts';
import type { BodySize } from './body.ts';
import { callerOf } from './caller.ts';
import { failureProblem } from './failure.ts';
import { createOnce, type Reply, sendReply } from './idempotency.ts';
import { problemReply } from './problem.ts';
import { describe, validateBody, validateParams, validateQuery } from './validate.ts';

type Schema = z.core.$ZodType;
/** By status; `null` for an empty one. */
type Replies = Readonly<Record<number, Schema | null>>;

interface Takes<P, Q, B, R extends Replies> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Where the body may be longer than usual (`body.ts`). */
  readonly size?: BodySize;
  readonly replies: R;
  /** Which of several replies it is. */
  readonly status?: (value: ValueOf<R>) => keyof R & number;
}

/** What a reply is made of: its body as the schema says, or nothing. */
type ValueOf<R extends Replies> = {
  [S in keyof R]: R[S] extends Schema ? z.output<R[S]> : null;
}[keyof R];

/** Who asks, and for what: checked against the schemas. What a command does not declare is `undefined`. */
export interface Asked<P, Q, B> {
  readonly actor: Actor;
  readonly signedIn: SignedIn;
  readonly caller: Caller;
  readonly params: OutOf<P>;
  readonly query: OutOf<Q>;
  readonly body: OutOf<B>;
}
type OutOf<S> = S extends Schema ? z.output<S> : undefined;

/** What validators and replies tell the client's typed calls. */
type InputOf<H> = H extends MiddlewareHandler<Env, string, infer I> ? I : unknown;
type Inputs<P, Q, B> = (P extends Schema ? InputOf<ReturnType<typeof validateParams<P>>> : unknown) &
  (Q extends Schema ? InputOf<ReturnType<typeof validateQuery<Q>>> : unknown) &
  (B extends Schema ? InputOf<ReturnType<typeof validateBody<B>>> : unknown);
type ResponseOf<R extends Replies> = {
  [S in keyof R & StatusCode]: R[S] extends Schema
    ? Response & TypedResponse<JSONParsed<z.output<R[S]>>, S, 'json'>
    : Response & TypedResponse<null, S, 'body'>;
}[keyof R & StatusCode];

/** The handlers of a command's route, in their order. */
type Route<P, Q, B, R extends Replies> = readonly [
  MiddlewareHandler,
  MiddlewareHandler,
  MiddlewareHandler,
  MiddlewareHandler,
  Handler<ActorEnv, string, Inputs<P, Q, B> & object, Promise<ResponseOf<R>>>,
];

const pass = createMiddleware((_c, next) => next());

/**
 * Declares commands: `.put('/organisation', ...command('Turns guests on or off.', { body, replies: { 200: view } }, run))`. `run`
 * does the work in the transaction it is handed; where it fails, the failure is the reply, and what was written before is committed
 * with it: services ask before they write. The whole reply is kept for repeats, so it should be small: an id, a number.
 */
export function createCommands(deps: { readonly db: Database; readonly serverKey: Uint8Array }) {
  const once = createOnce(deps);
  return function command<
    const R extends Replies,
    P extends Schema | undefined = undefined,
    Q extends Schema | undefined = undefined,
    B extends Schema | undefined = undefined,
  >(
    summary: string,
    takes: Takes<P, Q, B, R>,
    run: (unit: Unit, asked: Asked<P, Q, B>) => Promise<Outcome<ValueOf<R>>>,
  ): Route<P, Q, B, R> {
    const { params, query, body, size, replies } = takes;
    const statusOf = takes.status ?? (() => Number(Object.keys(replies)[0]));
    const answer = async (c: Context<ActorEnv>) => {
      const asked = askedOf<P, Q, B>(c, { params, query, body });
      const reply = await once(c, async (unit): Promise<Reply> => {
        const outcome = await run(unit, asked);
        if (outcome.kind !== 'done') return problemReply(c.get('requestId'), failureProblem(outcome));
        const { value } = outcome;
        return { status: statusOf(value), body: value === null ? '' : JSON.stringify(value) };
      });
      return sendReply(c, reply);
    };
    const handlers = [
      describe(summary, replies),
      params ? validateParams(params) : pass,
      query ? validateQuery(query) : pass,
      body ? validateBody(body, size) : pass,
      answer,
    ];
    // The handlers read from the context what their types say; the types of the whole are for the routes around.
    return handlers as unknown as Route<P, Q, B, R>;
  };
}

function askedOf<P, Q, B>(
  c: Context<ActorEnv>,
  declared: Readonly<Record<'params' | 'query' | 'body', Schema | undefined>>,
): Asked<P, Q, B> {
  const read = (target: 'param' | 'query' | 'json', schema: Schema | undefined): unknown =>
    schema === undefined ? undefined : c.req.valid(target as never);
  const checked = {
    params: read('param', declared.params),
    query: read('query', declared.query),
    body: read('json', declared.body),
  } as Pick<Asked<P, Q, B>, 'params' | 'query' | 'body'>;
  return { actor: c.get('actor'), signedIn: c.get('signedIn'), caller: callerOf(c), ...checked };
}
