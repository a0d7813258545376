import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const page = (name: string) => readFileSync(join(import.meta.dirname, `../${name}.html`), 'utf8');

it('the evaluator’s page is the main one but for its script: what one says of itself, the other says too', () => {
  expect(page('score').replace('/src/score/main.ts', '/src/main.ts')).toBe(page('index'));
});
