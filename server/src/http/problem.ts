// Errors as they leave the server: problem details (RFC 9457), always. What is not one of ours becomes a 500 that tells a
// request id and nothing else; the stack goes to the log.
import { type ProblemBody, type ProblemSlug, problemPath, problemTypes } from '@attune/contract';
import type { Refusal } from '@attune/domain';
import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { NotNowError } from '../not-now.ts';
import type { Logger } from '../ops/log.ts';
import type { InputFault } from '../outcome.ts';
import { inputErrorOf } from './input-detail.ts';
import type { RequestEnv } from './request.ts';

export interface ProblemExtras {
  /** One sentence about this very case; never anything the caller may not know. */
  readonly detail?: string;
  readonly errors?: readonly InputFault[];
  /** The data that lets one mend it. */
  readonly refusal?: Refusal;
  /** The present view, with a stale write. */
  readonly present?: unknown;
  /** The right address (`wrong-address`). */
  readonly address?: string;
  /** Who the browser is signed in as (`other-sign-in`). */
  readonly signedInAs?: string;
  /** Seconds until it is worth trying again (429 and 503). */
  readonly retryAfterSeconds?: number;
}

/** When it is worth trying again, where nothing more is known. */
const againAfterSeconds: Readonly<Record<number, number>> = { 429: 15, 503: 2 };

/** Thrown by handlers and middleware; answered as the problem of that slug. */
export class ProblemError extends Error {
  readonly slug: ProblemSlug;
  readonly extras: ProblemExtras;
  constructor(slug: ProblemSlug, extras: ProblemExtras = {}) {
    super(extras.detail ?? problemTypes[slug].title);
    this.name = 'ProblemError';
    this.slug = slug;
    this.extras = extras;
  }
}

/** A refusal of the domain as the problem of the same slug, with its data. */
export function refusalProblem(refusal: Refusal, extras: ProblemExtras = {}): ProblemError {
  return new ProblemError(refusal.code, { ...extras, refusal });
}

/** A problem as it is answered. @param requestId names the request in the log */
export function problemBodyOf(
  requestId: string | undefined,
  slug: ProblemSlug,
  extras: ProblemExtras = {},
): ProblemBody {
  const { status, title } = problemTypes[slug];
  const body: ProblemBody = { type: problemPath(slug), title, status };
  if (extras.detail !== undefined) body.detail = extras.detail;
  if (extras.errors !== undefined) body.errors = extras.errors.map(inputErrorOf);
  if (extras.address !== undefined) body.address = extras.address;
  if (extras.signedInAs !== undefined) body.signedInAs = extras.signedInAs;
  if (extras.refusal !== undefined) body.refusal = { ...extras.refusal };
  if (extras.present !== undefined) body.present = extras.present;
  if (requestId !== undefined) body.instance = requestId;
  return body;
}

/** The same as a reply that is kept or sent. */
export const problemReply = (requestId: string, { slug, extras }: ProblemError) => ({
  status: problemTypes[slug].status,
  body: JSON.stringify(problemBodyOf(requestId, slug, extras)),
});

/** Answers a problem without throwing. */
export function answerProblem(
  c: Context<RequestEnv>,
  slug: ProblemSlug,
  extras: ProblemExtras = {},
): Response {
  const { status } = problemTypes[slug];
  const body = problemBodyOf(c.get('requestId'), slug, extras);
  const seconds = extras.retryAfterSeconds ?? againAfterSeconds[status] ?? null;
  if (seconds !== null) c.header('Retry-After', String(seconds));
  c.header('Cache-Control', 'no-store');
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify(body), status as ContentfulStatusCode);
}

/** The last word on every error of a request. */
export function onProblem(log: Logger): ErrorHandler<RequestEnv> {
  return (error, c) => {
    if (error instanceof ProblemError) return answerProblem(c, error.slug, error.extras);
    if (error instanceof HTTPException) return answerHttpException(c, error);
    const requestId = c.get('requestId');
    if (isDatabaseUnavailable(error)) {
      log.error({ error, requestId }, 'the database is not available');
      return answerProblem(c, 'unavailable', { detail: 'The database cannot be reached just now.' });
    }
    if (error instanceof NotNowError) {
      log.error({ error, requestId }, 'a request could not be carried out just now');
      return answerProblem(c, 'unavailable', { detail: error.message });
    }
    log.error({ error, requestId, method: c.req.method, route: c.req.routePath }, 'a request failed');
    return answerProblem(c, 'internal');
  };
}

export const onNotFound: NotFoundHandler<RequestEnv> = (c) => answerProblem(c, 'not-found');

function answerHttpException(c: Context<RequestEnv>, error: HTTPException): Response {
  if (error.status === 400 && /malformed json/i.test(error.message))
    return answerProblem(c, 'malformed-json');
  if (error.status === 401) return answerProblem(c, 'not-signed-in');
  if (error.status === 403) return answerProblem(c, 'not-allowed');
  if (error.status === 404) return answerProblem(c, 'not-found');
  if (error.status === 413) return answerProblem(c, 'body-too-large');
  if (error.status === 429) return answerProblem(c, 'too-many-requests');
  if (error.status >= 500) return answerProblem(c, 'internal');
  return answerProblem(c, 'bad-request');
}

/** SQLSTATE classes and the driver's codes that mean "not now": no connection, shutting down, out of disk or of slots. */
const unavailableCode =
  /^(08...|53...|57P0[123]|58030|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED))$/;

/** Whether PostgreSQL could not be reached or cannot write, looking through the error's causes. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && unavailableCode.test(at.code)) return true;
  }
  return false;
}
