import { expect, it } from 'vitest';
import { placeHashOf } from './place.ts';

const key = new Uint8Array(32).fill(7);
const hash = (address: string | undefined, session = 'one') => placeHashOf(key, session, address);

it('[J1] one network is one place, however its address is written, and says nothing of it', () => {
  expect(hash('::ffff:192.0.2.7')).toBe(hash('192.0.2.7'));
  expect(hash('2001:db8:1:2:3::4')).toBe(hash('2001:db8:1:2::9'));
  expect(hash('2001:0db8:0001:0002:ffff::1')).toBe(hash('2001:db8:1:2::'));
  expect(hash('2001:db8:1:3::4')).not.toBe(hash('2001:db8:1:2::4'));
  expect(hash('192.0.2.8')).not.toBe(hash('192.0.2.7'));
  expect(hash('192.0.2.7', 'two')).not.toBe(hash('192.0.2.7'));
  expect(hash('192.0.2.7')).toMatch(/^[0-9a-f]{64}$/);
  expect(hash(undefined)).toBeNull();
});
