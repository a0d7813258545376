// The rules of the house, as tests: which way imports point, how long a file may be, what must not be written. Each failure
// says the sentence to read.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { betweenGroups, circlesOf } from './support/circles.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly {
    readonly target: string;
    readonly typeOnly: boolean;
    /** Loaded only when it is needed. */
    readonly lazy: boolean;
  }[];
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/node_modules|\/dist\//.test(path));
}

const importPattern =
  /(?:^|\n)\s*(import|export)(\s+type)?\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g;

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = [...text.matchAll(importPattern)].map((match) => {
    const specifier = match[3] ?? match[4] ?? match[5] ?? '';
    const target = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(path), specifier))
          .split(sep)
          .join('/')
      : specifier;
    return { target, typeOnly: match[2] !== undefined, lazy: match[4] !== undefined };
  });
  return { path, text, imports };
}

const isTest = (path: string) => /\.(test|e2e|bench|fixture)\.ts$/.test(path);
const sources = ['packages', 'server', 'client', 'test'].flatMap(filesUnder).map(readSource);
const product = sources.filter(({ path }) => !path.startsWith('test/') && !isTest(path));

/** Files in `from` whose imports match `to`. */
function breaking(from: RegExp, to: RegExp, except: RegExp = /$^/): string[] {
  return product
    .filter(({ path }) => from.test(path) && !except.test(path))
    .flatMap(({ path, imports }) =>
      imports.filter(({ target }) => to.test(target)).map(({ target }) => `${path} imports ${target}`),
    );
}

/** Who reaches tables without being a store, and why. The journal is one by another name: it writes many documents at once. */
const reachingTables: Readonly<Record<string, string>> = {
  'server/src/people/auth.ts': 'better-auth’s adapter takes the tables themselves',
  'server/src/cli/demo/seed.ts': 'empties the database, and puts in what no command makes',
};

describe('imports point one way', () => {
  it('[house 1] the domain depends on nothing: no package, no time, no randomness, no input or output', () => {
    expect(breaking(/^packages\/domain\//, /^(?!packages\/domain\/)/)).toEqual([]);
    const impure = product.filter(
      ({ path, text }) =>
        path.startsWith('packages/domain/') && /Date\.now\(|new Date\(\)|Math\.random\(|console\./.test(text),
    );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it('[house 1] the contract knows the domain and the wire, never server, client or storage', () => {
    expect(
      breaking(
        /^packages\/contract\//,
        /@attune\/(server|client|test)|^(server|client|test)\/|drizzle|hono|svelte/,
      ),
    ).toEqual([]);
  });

  it('[house 1] the client takes `type Api` from the server and nothing else', () => {
    const taken = product
      .filter(({ path }) => path.startsWith('client/'))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target }) => /@attune\/server|^server\//.test(target))
          .filter(({ target, typeOnly }) => !(typeOnly && target === '@attune/server/api'))
          .map(({ target }) => `${path} imports ${target}`),
      );
    expect(taken).toEqual([]);
  });

  it('[house 1] nothing of the product imports a test', () => {
    expect(breaking(/./, /^test\/|@attune\/test|\.test\.ts$/)).toEqual([]);
  });

  it('[house 1] services and stores never import the hub; only the start does', () => {
    expect(
      breaking(/^server\/src\//, /^server\/src\/hub\//, /^server\/src\/(hub\/|main\.ts|start\.ts)/),
    ).toEqual([]);
  });

  it('[house 1] stores know SQL and the domain, not HTTP, sockets or services', () => {
    expect(
      breaking(/^server\/src\/.*store\.ts$/, /^hono|^server\/src\/(http|hub)\/|\.service\.ts$|routes\.ts$/),
    ).toEqual([]);
  });

  it('[house 1] SQL stands in stores: nothing else of the server knows a table', () => {
    const tables = /^drizzle-orm|^server\/src\/db\/schema/;
    const stores = /store\.ts$|^server\/src\/db\/|^server\/src\/documents\/journal\.ts$/;
    const reaching = breaking(/^server\/src\//, tables, stores);
    const declared = Object.keys(reachingTables);
    expect(reaching.filter((line) => !declared.some((path) => line.startsWith(`${path} `)))).toEqual([]);
    expect(declared.filter((path) => !reaching.some((line) => line.startsWith(`${path} `)))).toEqual([]);
  });

  it('[house 1] routes know neither SQL nor Yjs', () => {
    expect(breaking(/^server\/src\/.*routes\.ts$/, /^drizzle-orm|^yjs$|db\/schema\.ts$|^postgres$/)).toEqual(
      [],
    );
  });

  it('[house 1] services know neither HTTP nor sockets', () => {
    expect(breaking(/^server\/src\/.*service\.ts$/, /^hono|^ws$|^server\/src\/(http|hub)\//)).toEqual([]);
  });

  it('[house 1] components draw: they import no Yjs, no provider and no storage', () => {
    expect(
      breaking(/^client\/src\/(parts|screens|score)\/.*\.svelte$/, /^yjs$|^y-websocket$|^y-indexeddb$/),
    ).toEqual([]);
  });

  it('[house 1] parts know no screens: a screen puts them together', () => {
    expect(breaking(/^client\/src\/(parts|display|score)\//, /^client\/src\/screens\//)).toEqual([]);
    expect(breaking(/^client\/src\/(parts|screens)\//, /^client\/src\/score\//)).toEqual([]);
  });

  it('[house 1] state knows no markup, and lib knows no state', () => {
    expect(breaking(/^client\/src\/state\//, /\.svelte$|^client\/src\/(parts|screens|score)\//)).toEqual([]);
    expect(breaking(/^client\/src\/lib\//, /^client\/src\/(state|parts|screens|score)\//)).toEqual([]);
  });
});

describe('nothing imports in a circle', () => {
  const files = new Map(
    product.map(({ path, imports }) => [
      path,
      imports.filter(({ lazy }) => !lazy).map(({ target }) => target),
    ]),
  );

  it('[house 2] no files import each other, by whatever way: what both need goes into a third', () => {
    expect(circlesOf(files).map((circle) => circle.join(' '))).toEqual([]);
  });

  it('[house 2] no folders of the server import each other: one of them is the lower one', () => {
    const server = new Map([...files].filter(([path]) => path.startsWith('server/src/')));
    const folders = betweenGroups(server, (path) => path.replace('server/src/', '').split('/')[0] ?? path);
    expect(circlesOf(folders).map((circle) => circle.join(' '))).toEqual([]);
  });

  it('[house 1] what lives longer in the client knows nothing of what comes and goes upon it', () => {
    const lifetimes = [['live'], ['app'], ['page'], ['session', 'sheet', 'meeting']];
    const rankOf = (path: string) => {
      const folder = path.match(/^client\/src\/state\/([^/]+)\//)?.[1] ?? '';
      return lifetimes.findIndex((folders) => folders.includes(folder));
    };
    const state = [...files].filter(([path]) => path.startsWith('client/src/state/'));
    expect(state.filter(([path]) => rankOf(path) < 0)).toEqual([]);
    const upwards = state.flatMap(([path, targets]) =>
      targets.filter((target) => rankOf(target) > rankOf(path)).map((target) => `${path} imports ${target}`),
    );
    expect(upwards).toEqual([]);
  });
});

describe('files have one idea', () => {
  it('[house 3] a source file has at most 400 lines, a test 600, a component 150', () => {
    const tooLong = sources
      .map(({ path, text }) => {
        const longest = path.endsWith('.svelte') ? 150 : isTest(path) ? 600 : 400;
        // What a component looks like is not what it does: its styles are not counted.
        const counted = path.endsWith('.svelte') ? text.replace(/<style[\s\S]*<\/style>/, '') : text;
        return { path, lines: counted.trimEnd().split('\n').length, longest };
      })
      .filter(({ lines, longest }) => lines > longest)
      .map(({ path, lines, longest }) => `${path} has ${lines} lines, ${longest} are allowed`);
    expect(tooLong).toEqual([]);
  });

  it('[house 5] nobody escapes from the types, and no component writes raw HTML', () => {
    const escapes = sources
      .filter(({ path }) => path !== 'test/house.test.ts')
      .filter(({ text }) => /\bas any\b|: any\b|@ts-ignore|@ts-nocheck|\{@html/.test(text))
      .map(({ path }) => path);
    expect(escapes).toEqual([]);
  });

  it('[house 5] no test sleeps, skips or runs alone', () => {
    const found = sources
      .filter(({ path }) => path !== 'test/house.test.ts' && isTest(path))
      .filter(({ text }) => /waitForTimeout|\b(it|test|describe)\.(only|skip|todo)\(/.test(text))
      .map(({ path }) => path);
    expect(found).toEqual([]);
  });

  it('[house 5] every test title in the domain, the server and test begins with the id of its rule', () => {
    const untitled = sources
      .filter(({ path }) => isTest(path) && !path.startsWith('client/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\n\s*(?:it|test)\(\s*(['"`])((?:(?!\1).)*)\1/g)]
          .filter((match) => !match[2]?.startsWith('['))
          .map((match) => `${path}: ${match[2]}`),
      );
    expect(untitled).toEqual([]);
  });
});
