// Compiles the catalogue of texts, `messages/en.json`, into `src/paraglide`, where components find each text as a function of `m`.
// Build, development, tests and check all come through here. What is compiled is never committed.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileProject } from '@inlang/paraglide-js';
import messageFormat from '@inlang/plugin-message-format';
import { loadProjectInMemory, newProject } from '@inlang/sdk';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const catalogue = file('./messages/en.json');
const compiled = file('./src/paraglide');
const written = /^(messages\/.+|messages|registry|runtime)\.js$/;

const compilerOptions = {
  strategy: ['baseLocale'],
  experimentalStaticLocale: '"en"',
  isServer: 'false',
  outputStructure: 'locale-modules',
  emitGitIgnore: false,
  emitPrettierIgnore: false,
  emitReadme: false,
  includeEslintDisableComment: false,
};

/**
 * Paraglide takes anything for a value that goes into a text. Here it is a number where its form or its digits follow a rule, else
 * a string: so no number is shown without its separators.
 */
function withStrictInputs(output) {
  const counted = new Map();
  const messages = /\(inputs: (\w+)\) => LocalizedString\} \*\/ \(i\) => (\{[\s\S]*?\n\};)/g;
  for (const [, inputs, body] of output['messages/en.js'].matchAll(messages)) {
    const names = [...body.matchAll(/registry\.\w+\("en", i\?\.(\w+)/g)].map(([, name]) => name);
    counted.set(inputs, new Set(names));
  }
  const strictly = (source) =>
    source.replaceAll(/@typedef \{\{.*\}\} (\w+)/g, (typedef, inputs) =>
      typedef.replaceAll(/(\w+): NonNullable<unknown>/g, (_input, name) =>
        counted.get(inputs)?.has(name) ? `${name}: number` : `${name}: string`,
      ),
    );
  return mapValues(output, strictly);
}

/**
 * Each message asks which language is shown, at some 40 bytes a message. There is one language: each is that language's message,
 * and the runtime that chooses is left out of the bundle. With a second language this function goes.
 */
function withoutChoosing(output) {
  const chooses =
    /\(\(inputs(?: = \{\})?, options = \{\}\) => \{\s+experimentalStaticLocale \?\? options\.locale \?\? getLocale\(\)\s+return (__en\.\w+)\(inputs\)\s+\}\)/g;
  const index = output['messages/_index.js']
    .replaceAll(chooses, '($1)')
    .replace('import { getLocale, experimentalStaticLocale } from "../runtime.js"\n', '');
  if (index.includes('getLocale')) throw new Error('Paraglide writes messages in another way: see texts.mjs');
  return { ...output, 'messages/_index.js': index };
}

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

/**
 * Compiles the catalogue. A file that would be the same is left alone, so that nobody who watches it wakes up; another is put in
 * place whole, so that nobody reads half of it.
 *
 * @throws {Error} when the catalogue holds what is no message.
 */
export async function compileTexts() {
  const settings = JSON.parse(readFileSync(file('./project.inlang/settings.json'), 'utf8'));
  const project = await loadProjectInMemory({
    blob: await newProject({ settings: { ...settings, modules: [] } }),
    providePlugins: [messageFormat],
  });
  await project.importFiles({
    pluginKey: messageFormat.key,
    files: [{ locale: settings.baseLocale, content: readFileSync(catalogue) }],
  });
  const [problem] = await project.errors.get();
  if (problem) throw problem;
  const output = withoutChoosing(withStrictInputs(await compileProject({ project, compilerOptions })));
  await project.close();
  for (const [name, source] of Object.entries(output)) {
    if (written.test(name)) write(join(compiled, name), source);
  }
}

function write(path, source) {
  if (existsSync(path) && readFileSync(path, 'utf8') === source) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, source);
  renameSync(`${path}.${process.pid}`, path);
}

/** For Vite and Vitest: compiles the catalogue before anything else, and again whenever it changes. */
export function texts() {
  return {
    name: 'attune:texts',
    configResolved: compileTexts,
    configureServer({ watcher }) {
      watcher.add(catalogue);
    },
    async watchChange(path) {
      if (path === catalogue) await compileTexts();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileTexts();
