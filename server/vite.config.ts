import { defineConfig } from 'vite';

// The server's bundle: workspace packages are compiled in, packages from npm stay outside. `server/drizzle` is read at
// run time beside `dist`, and is not copied.
export default defineConfig({
  // The notes' schema and what reads documents with it must share one prosemirror-model: both are compiled in.
  ssr: { noExternal: [/^prosemirror-/, 'y-prosemirror'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      // The server with its threads, and the commands at the terminal.
      input: {
        main: 'src/main.ts',
        'board-worker': 'src/sessions/board-worker.ts',
        'read-worker': 'src/imports/read-worker.ts',
        verify: 'src/cli/verify.ts',
        'reset-password': 'src/cli/reset-password.ts',
        'rotate-key': 'src/cli/rotate-key.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
