// What browsers are told to hold on to.
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { RequestEnv } from './request.ts';
import { securityHeaders } from './security.ts';

async function transportSecurity(publicUrl: string): Promise<string | null> {
  const app = new Hono<RequestEnv>().use(securityHeaders(publicUrl)).get('/', (c) => c.text(''));
  return (await app.request('/')).headers.get('strict-transport-security');
}

it('[live 5] over https browsers are to use nothing else, subdomains included; over http nothing is said', async () => {
  expect(await transportSecurity('https://attune.example')).toBe('max-age=31536000; includeSubDomains');
  expect(await transportSecurity('http://attune.example')).toBeNull();
});
