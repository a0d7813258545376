// The catalogue and the components agree: each text is used, none stands anywhere else, and numbers take the form they need.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import catalogue from '../../messages/en.json' with { type: 'json' };
import { m } from '../paraglide/messages.js';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const word = /\p{L}{2}/u;
/** What assistive technology and the browser show of an attribute. */
const shownAttribute = /^(aria-(label|description|roledescription|placeholder)|title|placeholder|alt|label)$/;
/** Keys are called what stands on them; an address begins as addresses do. */
const notWords = new Set(['Esc', 'https://']);

/** A node of Svelte's syntax tree, as far as this looks at it. */
interface Node {
  readonly type?: string;
  readonly name?: string;
  readonly data?: string;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every text that markup holds itself: between tags, and in attributes that are shown. */
function* textsIn(value: unknown, attribute: string | null = null): Generator<string> {
  if (!isNode(value)) return;
  const within =
    value.type === 'Attribute' || value.type === 'StyleDirective' ? (value.name ?? '') : attribute;
  if (value.type === 'Text' && value.data && (within === null || shownAttribute.test(within)))
    yield value.data.trim();
  for (const [key, child] of Object.entries(value)) if (key !== 'metadata') yield* textsIn(child, within);
}

describe('the catalogue of texts', () => {
  it('[house 6] every text in it is used', () => {
    const used = new Set(
      sources.flatMap(({ text }) => [...text.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key)),
    );
    expect(Object.keys(catalogue).filter((key) => key !== '$schema' && !used.has(key))).toEqual([]);
  });

  it('[house 6] no component holds a text of its own', { timeout: 60_000 }, () => {
    const found = sources
      .filter(({ path }) => path.endsWith('.svelte'))
      .flatMap(({ path, text }) =>
        [...textsIn(parse(text, { modern: true }).fragment)]
          .filter((bare) => word.test(bare) && !notWords.has(bare))
          .map((bare) => `${path}: ${bare}`),
      );
    expect(found).toEqual([]);
  });

  it('[C1] a number takes the form it needs, and its separators', () => {
    expect([0, 1, 2, 1200].map((count) => m.board_questionCount({ count }))).toEqual([
      '0 questions',
      '1 question',
      '2 questions',
      '1,200 questions',
    ]);
    expect([1, 3, 6, 11, 21, 22].map((round) => m.meeting_revote_round({ round }))).toEqual([
      'First round',
      'Third round',
      '6th round',
      '11th round',
      '21st round',
      '22nd round',
    ]);
  });
});
