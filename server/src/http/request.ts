// What every request carries, from the first middleware on.
import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { createMiddleware } from 'hono/factory';

export interface RequestEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Minted by us, told in the reply's `X-Request-Id` and in the log; a caller's own id is never taken over. */
    requestId: string;
    /** Where the request comes from; see `address.ts`. */
    address: string | undefined;
  };
}

export const requestId = createMiddleware<RequestEnv>(async (c, next) => {
  const id = randomUUID();
  c.set('requestId', id);
  c.header('X-Request-Id', id);
  await next();
});
