// The specification (docs/spec) is what code and test titles cite by id: whatever they cite is found there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const specFolder = join(root, 'docs/spec');

/** A row of a table: `C7`, `C8a`. */
const rowId = /\b[ACEJNOPSX]\d{1,2}[a-z]?\b/g;
/** A section of a page, or a point of its list: `house 5`, `live 4.1`, `scoring.md 2`. A page whole is cited by its name alone. */
const sectionId = /\b(house|live|look|product|run|scoring|stack|week)(?:\.md)? (\d+(?:\.\d+)?)\b/g;
/** Read like ids and are none: a size of paper, and a name that demo calibrations have. */
const noIds = /\bA4\b|calls, week \d+/g;

/** The ids a page gives: the first cells of its tables, its numbered headings, and the numbered points below those. */
function idsOf(page: string, text: string): string[] {
  const ids: string[] = [page];
  let section = '';
  for (const line of text.split('\n')) {
    const row = /^\| ([A-Z]\d+[a-z]?) \|/.exec(line);
    const heading = /^#+ (\d+(?:\.\d+)?)\.? /.exec(line);
    const point = /^(\d+)\. /.exec(line);
    if (row?.[1]) ids.push(row[1]);
    else if (heading?.[1]) {
      section = heading[1];
      ids.push(`${page} ${section}`);
    } else if (point?.[1] && section !== '') ids.push(`${page} ${section}.${point[1]}`);
  }
  return ids;
}

/** The ids a text cites, each once. */
function citedIn(text: string): string[] {
  const cleared = text.replace(noIds, '');
  const sections = [...cleared.matchAll(sectionId)].map((match) => `${match[1]} ${match[2]}`);
  return [...new Set([...(cleared.match(rowId) ?? []), ...sections])];
}

/** The ids at the head of test titles, whatever they look like: a title must not begin with one that nobody knows. */
function titlesIn(text: string): string[] {
  const heads = [...text.matchAll(/(?:\b(?:it|test|describe)|\)|`)\(\s*['"`]((?:\[[^\]'"`]+\] ?)+)/g)].map(
    ([, head]) => head ?? '',
  );
  const ids = heads.flatMap((head) => [...head.matchAll(/\[([^\]]+)\]/g)].map(([, inside]) => inside ?? ''));
  return [
    ...new Set(ids.flatMap((inside) => inside.match(/[a-z]+(?: \d+(?:\.\d+)?)?|[A-Z]\w*/g) ?? [])),
  ].filter((id) => id !== 'to');
}

function filesUnder(folder: string, endings: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/node_modules|[\\/]dist[\\/]/.test(path));
}

const pages = readdirSync(specFolder).filter((name) => name !== 'README.md');
const given = pages.flatMap((name) =>
  idsOf(name.replace(/\.md$/, ''), readFileSync(join(specFolder, name), 'utf8')),
);

it('[house 2] every id that code, comments and test titles cite is in docs/spec', () => {
  const known = new Set(given);
  const citing = ['packages', 'server', 'client', 'test']
    .flatMap((folder) => filesUnder(folder, /\.(ts|svelte|css|mjs|sql)$/))
    .filter((path) => path !== 'test/spec.test.ts')
    .concat(filesUnder('docs', /\.md$/));
  const unknown = citing.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return [...citedIn(text), ...(/\.(test|e2e|bench)\.ts$/.test(path) ? titlesIn(text) : [])]
      .filter((id) => !known.has(id))
      .map((id) => `${path} cites ${id}: write it in docs/spec, or cite what is there`);
  });
  expect([...new Set(unknown)]).toEqual([]);
});

it('[house 2] no id stands for two things', () => {
  expect(given.filter((id, index) => given.indexOf(id) !== index)).toEqual([]);
});

it('[house 2] what a page of docs links to is there', () => {
  const pagesOfDocs = [...filesUnder('docs', /\.md$/), 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
  const broken = pagesOfDocs.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !existsSync(resolve(root, dirname(path), target)))
      .map((target) => `${path} links to ${target}`),
  );
  expect(broken).toEqual([]);
});

it('[house 2] ids are found as they are written', () => {
  expect(idsOf('live', '## 4. Never\n1. One\n2. Two\n| C8a | what |\n### 6.1 More')).toEqual([
    'live',
    'live 4',
    'live 4.1',
    'live 4.2',
    'C8a',
    'live 6.1',
  ]);
  expect(citedIn('// Held (J2, live 4.4), as in scoring.md 3; on A4')).toEqual([
    'J2',
    'live 4.4',
    'scoring 3',
  ]);
  expect(titlesIn("it('[C2 to C12] a'); test('[live 4.1] [X9] b'); it('[start] c')")).toEqual([
    'C2',
    'C12',
    'live 4.1',
    'X9',
    'start',
  ]);
});
