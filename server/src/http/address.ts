// Where a request comes from, as the connection has it: never what a header says.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { RequestEnv } from './request.ts';

/** The address the connection comes from; unknown where there is none, as in a test without a socket. */
export function addressOf(c: Context<RequestEnv>): string | undefined {
  return c.env?.incoming ? getConnInfo(c).remote.address : undefined;
}
