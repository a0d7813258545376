// How the client is built: one lazy chunk a screen, the Latin font preloaded, every text file beside its Brotli form.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { texts } from './texts.mjs';

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

/** What opens the session's page in review, beside the page itself. */
const boardEntries = [
  '/src/main.ts',
  '/src/screens/Session.svelte',
  '/src/parts/board/Review.svelte',
  '/src/parts/notes/NoteEditor.svelte',
];

/** Writes `board.json`: the scripts and styles of the board, for the page of those who wait for it. */
function boardFiles(): Plugin {
  return {
    name: 'attune:board-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const files = new Set<string>();
        const take = (chunk: (typeof chunks)[number] | undefined) => {
          if (!chunk || files.has(chunk.fileName)) return;
          files.add(chunk.fileName);
          for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet);
          for (const name of chunk.imports) take(byName.get(name));
        };
        for (const entry of boardEntries) {
          const found = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(entry)));
          if (!found) this.error(`no chunk holds ${entry}`);
          take(found);
        }
        const source = JSON.stringify([...files].map((name) => `/${name}`));
        this.emitFile({ type: 'asset', fileName: 'board.json', source });
      },
    },
  };
}

/**
 * lib0's DOM helpers, which its log needs, make schemas as they load. Nothing here asks them; said to be pure, they stay out, and
 * 12 KB that make schemas with them.
 */
function pureSchemas(): Plugin {
  return {
    name: 'attune:pure-schemas',
    apply: 'build',
    transform: {
      filter: { id: /\/lib0\/dom\.js$/ },
      handler: (code) => code.replaceAll('= $.$custom(', '= /* @__PURE__ */ $.$custom('),
    },
  };
}

/** Sends each address its page while developing, as the server does with the built ones. */
function devPages(): Plugin {
  return {
    name: 'attune:dev-pages',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?');
        const page =
          path === '/display' ? '/display.html' : isEvaluatorAddress.test(path) ? '/score.html' : null;
        if (page) request.url = query ? `${page}?${query}` : page;
        next();
      });
    },
  };
}

/** As in server/src/http/static.ts. */
const isEvaluatorAddress = /^\/(join|calibrations\/[^/]+\/score)\/*$/i;

const server = process.env.ATTUNE_SERVER ?? 'http://127.0.0.1:4400';

/**
 * Two builds, so that nothing another page uses of a module is on an evaluator's phone: the evaluator's page by itself, and
 * the main one with the meeting screen. The first has no part that is fetched apart, unless few ever need it.
 */
const builds = {
  main: { index: file('./index.html'), display: file('./display.html') },
  evaluator: { score: file('./score.html') },
} as const;

/** Many small files compress badly and come one after the other: what two screens use lies in one. */
const shared = { name: 'shared', minShareCount: 2 };

/** On the evaluator's page, too, what every part of it stands on lies in one file. */
const base = { name: 'base', test: /node_modules\/svelte\/src|\/paraglide\/|\/lib\/tab-memory/ };

export default defineConfig(({ mode }) => {
  const isEvaluator = mode === 'evaluator';
  return {
    plugins: [
      texts(),
      svelte(),
      pureSchemas(),
      preloadFont(),
      ...(isEvaluator ? [] : [boardFiles()]),
      brotli(),
      devPages(),
    ],
    resolve: { dedupe: ['yjs', 'lib0', 'y-protocols'] },
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      emptyOutDir: !isEvaluator,
      copyPublicDir: !isEvaluator,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: builds[isEvaluator ? 'evaluator' : 'main'],
        output: { codeSplitting: { groups: [isEvaluator ? base : shared] } },
      },
    },
    server: {
      proxy: {
        '/api': { target: server, xfwd: true },
        '/sync': { target: server, ws: true },
      },
    },
  };
});
