// Where a request comes from, as the security log tells it: an address and a device in words, both only ever shown.

import type { Context } from 'hono';
import type { Caller } from '../caller.ts';
import { addressOf } from './address.ts';
import { deviceOf } from './device.ts';

export function callerOf(c: Context): Caller {
  const userAgent = c.req.header('user-agent');
  return { address: addressOf(c) ?? null, device: userAgent ? deviceOf(userAgent) : null };
}
