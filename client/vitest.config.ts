import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Rune modules (`.svelte.ts`) are compiled as in the browser; without that condition Svelte would load its server side.
export default defineConfig({
  plugins: [svelte()],
  resolve: { conditions: ['browser'], dedupe: ['yjs', 'lib0', 'y-protocols'] },
  test: { name: 'client', environment: 'node', include: ['src/**/*.test.ts'] },
});
