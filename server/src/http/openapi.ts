// The OpenAPI document: what the routes say of themselves, and what the way to them adds: how long a body may be.
import type { Context, Hono } from 'hono';
import { type GenerateSpecOptions, generateSpecs } from 'hono-openapi';
import { bodyRouteOf, bodySizes } from './body.ts';
import type { RequestEnv } from './request.ts';

const options: Partial<GenerateSpecOptions> = {
  documentation: { info: { title: 'Attune', version: '1', description: 'The API of Attune.' } },
  defaultValidationErrorResponse: false,
  excludeStaticFile: false,
};

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' as const } } },
});

/** Answers the document, made once. `x-body-limit` is the longest body of a route, in bytes; `x-value-limit` its most values. */
export function openApiDocument(app: Hono<RequestEnv>) {
  let document: ReturnType<typeof describe> | undefined;
  return async (c: Context<RequestEnv>) => {
    document ??= describe(app, c);
    return c.json(await document);
  };
}

async function describe(app: Hono<RequestEnv>, c: Context<RequestEnv>) {
  const document = await generateSpecs(app, options, c);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations ?? {})) {
      if (typeof operation !== 'object' || !('responses' in operation)) continue;
      // The very handlers that answer such a request.
      const [matched] = app.router.match(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x'));
      const route = bodyRouteOf(matched.map(([[, { handler }]]) => handler));
      if (!route) continue;
      const { bytes, values } = bodySizes[route.size];
      Object.assign(operation, { 'x-body-limit': bytes, 'x-value-limit': values });
      operation.responses = {
        ...operation.responses,
        413: problem(`The body is longer than ${bytes} bytes, or has more than ${values} values.`),
        ...(route.size === 'part' ? {} : { 415: problem('The body is not JSON.') }),
        429: problem('Too many requests that failed; Retry-After tells when to come again.'),
      };
    }
  }
  return document;
}
