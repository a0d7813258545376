// Where the client's unit tests run: Node, with Svelte compiled and resolved as for the browser. It has no DOM, and needs
// none: what needs one is tested in a real browser.
import type { Environment } from 'vitest/runtime';

const environment: Environment = {
  name: 'attune-client',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => {} }),
};

export default environment;
