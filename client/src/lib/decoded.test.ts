import { expect, it } from 'vitest';
import { decoded } from './decoded.ts';

it('[C9] an address that somebody typed is taken as it stands', () => {
  expect(['q%201', '50%', '%f', ''].map(decoded)).toEqual(['q 1', '50%', '%f', '']);
});
