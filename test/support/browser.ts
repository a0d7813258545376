// How Chromium is found and started in tests.
import { existsSync } from 'node:fs';

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** CHROMIUM_PATH, else one of the system, else `undefined`: Playwright's own. */
export function chromiumPath(): string | undefined {
  return process.env.CHROMIUM_PATH || systemPaths.find(existsSync);
}

/** Options for Playwright's `launch`; nothing is fetched in the background, and root needs no sandbox. */
export const launchOptions = {
  executablePath: chromiumPath(),
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
};
