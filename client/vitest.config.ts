import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { texts } from './texts.mjs';

// Rune modules (`.svelte.ts`) are compiled and resolved as in the browser; Svelte would load its server side otherwise.
export default defineConfig({
  plugins: [texts(), svelte()],
  resolve: { conditions: ['browser', 'module', 'development'], dedupe: ['yjs', 'lib0', 'y-protocols'] },
  test: {
    name: 'client',
    maxWorkers: 2,
    sequence: { groupOrder: 0 },
    environment: fileURLToPath(new URL('./unit-environment.ts', import.meta.url)),
    include: ['src/**/*.test.ts'],
    server: { deps: { inline: [/svelte/] } },
  },
});
