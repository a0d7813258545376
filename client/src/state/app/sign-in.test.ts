import { afterEach, describe, expect, it, vi } from 'vitest';
import { signInWithPassword } from './sign-in.ts';

afterEach(() => vi.unstubAllGlobals());

const answered = (status: number, headers: Record<string, string>) =>
  vi.stubGlobal(
    'fetch',
    async () => new Response('{"type":"/problems/too-many-requests"}', { status, headers }),
  );
const json = { 'Content-Type': 'application/problem+json' };

describe('signing in', () => {
  it.each([
    ['1', 'Try again in 1 second.'],
    ['40', 'Try again in 40 seconds.'],
    ['61', 'Try again in 2 minutes.'],
    ['900', 'Try again in 15 minutes.'],
  ])('[P1] after too many wrong tries says when the next is taken: %s', async (again, detail) => {
    answered(429, { ...json, 'Retry-After': again });
    await expect(signInWithPassword('ben@example.org', 'wrong')).rejects.toMatchObject({
      title: 'Too many wrong tries',
      detail,
    });
  });
});
