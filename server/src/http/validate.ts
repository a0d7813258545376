// Input checked against the contract's schemas, described in the OpenAPI document by the same call. A failure is our 422
// problem, thrown, so that it never enters a route's reply types.
import { type InputCode, type InputError, problemBody } from '@attune/contract';
import type { Env, ValidationTargets } from 'hono';
import { describeRoute, resolver, validator } from 'hono-openapi';
import type * as z from 'zod/mini';
import type { InputFault } from '../outcome.ts';
import { type BodySize, bodyText, parseBody, takesBody } from './body.ts';
import { isInputCode } from './input-detail.ts';
import { ProblemError } from './problem.ts';

type Schema = z.core.$ZodType;

/** Errors told at once. */
const mostErrors = 100;

/** What a check says: a code of ours, or a sentence of the library's. */
interface Issue {
  readonly message: string;
  readonly path?: Path;
}
interface Outcome {
  readonly success: boolean;
  readonly error?: readonly Issue[];
}
type Path = readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;

/**
 * Checks the JSON body; read it with `c.req.valid('json')`. Errors point into the body (`/answers/0/text`).
 *
 * @param size where the body may be longer than the usual one of such a route (`body.ts`)
 */
export function validateBody<S extends Schema>(schema: S, size?: BodySize) {
  // Its entry in the OpenAPI document and its types are the library's; what it does is ours, with the body looked over first.
  const documented = validator<S, 'json', Env, string>('json', schema);
  const handler: typeof documented = async (c, next) => {
    const value = await parseBody(await bodyText(c));
    const result = await schema['~standard'].validate(value);
    if (result.issues) refuse('json', { success: false, error: result.issues });
    else c.req.addValidatedData('json', Object(result.value));
    await next();
  };
  return takesBody(Object.assign(handler, documented), size);
}

/** Checks the query; read it with `c.req.valid('query')`. Errors point at `?name`. */
export const validateQuery = <S extends Schema>(schema: S) =>
  validator<S, 'query', Env, string>('query', schema, (result) => refuse('query', result));

/** Checks the path's parameters; read them with `c.req.valid('param')`. A bad one is `not-found`: no such thing can be. */
export const validateParams = <S extends Schema>(schema: S) =>
  validator<S, 'param', Env, string>('param', schema, (result) => {
    if (!result.success) throw new ProblemError('not-found');
  });

function refuse(target: keyof ValidationTargets, outcome: Outcome): void {
  if (outcome.success) return;
  const errors = (outcome.error ?? []).slice(0, mostErrors).map((issue) => ({
    pointer: pointerTo(target, issue.path),
    ...faultOf(issue),
  }));
  throw new ProblemError('invalid-input', { errors });
}

/** What says how much is taken. */
const haveMost: ReadonlySet<InputCode> = new Set<InputCode>([
  'too-long',
  'too-many-examples',
  'too-many-lines',
]);

function faultOf(issue: Issue): Omit<InputFault, 'pointer'> {
  const { message } = issue;
  if (!isInputCode(message)) return { code: 'invalid', detail: message };
  const most = 'maximum' in issue && typeof issue.maximum === 'number' ? issue.maximum : undefined;
  return haveMost.has(message) && most !== undefined ? { code: message, most } : { code: message };
}

function pointerTo(target: keyof ValidationTargets, path: Path): InputError['pointer'] {
  const keys = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (target === 'query') return `?${keys.join('.')}`;
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * A route's entry in the OpenAPI document: what it does in one sentence, its replies by status (`null` for an empty
 * one), and that every failure is a problem.
 */
export function describe(summary: string, replies: Readonly<Record<number, Schema | null>>) {
  const responses = Object.entries(replies).map(([status, schema]) => [
    status,
    schema === null
      ? { description: summary }
      : { description: summary, content: { 'application/json': { schema: resolver(schema) } } },
  ]);
  return describeRoute({
    summary,
    responses: {
      ...Object.fromEntries(responses),
      default: {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: resolver(problemBody) } },
      },
    },
  });
}
