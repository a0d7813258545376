import { expect, it } from 'vitest';
import { fingerprint } from './seals.svelte.ts';

it('[X1] a fingerprint is the commitment’s first 64 bits, in groups to be read aloud', () => {
  expect(fingerprint(`0123456789abcdef${'f'.repeat(48)}`)).toBe('0123 4567 89ab cdef');
});
