// How the client is built: one lazy chunk a screen, the Latin font preloaded, every text file beside its Brotli form.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Links the font from the page, so that it arrives with the style sheet rather than after it. */
function preloadFont(): Plugin {
  return {
    name: 'attune:preload-font',
    transformIndexHtml(_html, { bundle }) {
      const font = Object.keys(bundle ?? {}).find((name) => name.includes('inter-latin-wght-normal'));
      if (!font) return [];
      const attrs = { rel: 'preload', href: `/${font}`, as: 'font', type: 'font/woff2', crossorigin: '' };
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  };
}

/** Below this a file is not worth compressing. */
const leastBytes = 256;

/** Writes `file.br` beside every text file worth it, those of `public` too; the server sends it where the browser takes it. */
function brotli(): Plugin {
  const compress = (text: Buffer) =>
    brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const isText = (name: string) => /\.(js|css|svg)$/.test(name);
  return {
    name: 'attune:brotli',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const add = (name: string, text: Buffer) => {
          if (!isText(name) || text.length < leastBytes) return;
          this.emitFile({ type: 'asset', fileName: `${name}.br`, source: compress(text) });
        };
        for (const [name, output] of Object.entries(bundle)) {
          add(name, Buffer.from(output.type === 'chunk' ? output.code : output.source));
        }
        for (const name of readdirSync(file('./public'))) add(name, readFileSync(file(`./public/${name}`)));
      },
    },
  };
}

/** Modules that do nothing but declare: what nobody uses of them does not ship, and what few use ships with those. */
const pure = [
  /client[\\/]src[\\/]lib[\\/](dates|format)\.ts/,
  /packages[\\/](contract|domain)[\\/]/,
  /node_modules[\\/]svelte[\\/]src[\\/](?!internal[\\/](disclose-version|flags))/,
  /node_modules[\\/](yjs|lib0|y-protocols)[\\/]/,
];

const pattern = (parts: readonly string[]) => new RegExp(parts.join('|').replaceAll('/', '[\\\\/]'));

/**
 * What an evaluator's phone loads first lies in few files, because many small ones compress badly: what every page
 * starts with, and what keeps a document live. What only later screens use of Svelte and Yjs stays with those screens.
 */
const chunks = [
  {
    name: 'start',
    includeDependenciesRecursively: false,
    test: pattern([
      'svelte/src/(?!.*(animate/|easing/|loop|timing|svelte-head|size|transitions|custom-element|legacy-client|/(map|set|date|url)|bindings/(input|select))\\.js)',
      'node_modules/clsx/|vite/preload-helper|rolldown/runtime',
      'client/src/(api|router|App)\\.',
      'client/src/parts/(frame/(Screen|Overlays)|base/(Icon|ErrorState|Later))\\.',
      'client/src/parts/(base/(Skeleton|ProgressBar)|connection/(SavedState|ConnectionBanner))\\.',
      'client/src/lib/(actions|drafts|format|icons|ids|typed-routes)\\.',
      'client/src/state/(announcer|me|prefs)\\.',
      'client/src/texts/(connection|problems|shell|words)\\.',
      'packages/domain/src/(answer|points|score|scorecard)\\.',
      // The bare socket by which every signed-in page hears of news; documents are apart.
      'lib0/(array|binary|decoding|encoding|error|math|number|string)\\.',
      'client/src/state/(link|own-message)\\.',
      'packages/contract/src/(message-types|room-name)\\.',
    ]),
  },
  {
    name: 'live',
    includeDependenciesRecursively: false,
    test: pattern([
      'yjs/src/(?!.*(UndoManager|RelativePosition|PermanentUserData|isParentOf))',
      'lib0/(?!(schema|hash|dom|diff|eventloop|prng|mutex|indexeddb)\\b)',
      'y-protocols/(?!awareness)',
      'client/src/state/(clock|kept-seal|live-session|provider|room|save-count)\\.|client/src/lib/quiet-',
      'packages/contract/src/session-patch\\.|client/src/texts/score\\.',
      'client/src/parts/question/(Binary|Checklist|NotApplicable|Option|Rubric|Scale|TextBox)\\.|client/src/lib/answer-keys',
    ]),
  },
];

const alias = [
  // In its many files, so that what only the notes' editor uses of it (undo, carets) can stay with the editor.
  { find: /^yjs$/, replacement: file('./node_modules/yjs/src/index.js') },
  { find: 'lib0/logging', replacement: file('./src/lib/quiet-logging.ts') },
  { find: /^(lib0|\.)\/environment(\.js)?$/, replacement: file('./src/lib/quiet-environment.ts') },
];

const server = process.env.ATTUNE_SERVER ?? 'http://127.0.0.1:4400';

export default defineConfig({
  plugins: [svelte(), preloadFont(), brotli()],
  resolve: { dedupe: ['yjs', 'lib0', 'y-protocols'], alias },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The product, and the meeting screen as a page of its own.
      input: { index: file('./index.html'), display: file('./display.html') },
      output: { codeSplitting: { groups: chunks } },
      // The contract and the domain are declarations: a part that nobody uses must not ship.
      treeshake: { moduleSideEffects: pure.map((test) => ({ test, sideEffects: false })) },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, xfwd: true },
      '/sync': { target: server, ws: true },
    },
  },
});
