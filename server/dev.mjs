// `npm run dev`: the server from its sources, restarted when they change, and Vite with hot reload in front of it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, install, packageBin, root } from './workspace.mjs';

checkNode();
await install();

const port = process.env.PORT ?? '4400';
const pagePort = process.env.CLIENT_PORT ?? '4401';
const children = [
  spawn(process.execPath, ['--watch-path=src', '--watch-preserve-output', '--import', 'tsx', 'src/main.ts'], {
    cwd: join(root, 'server'),
    stdio: 'inherit',
    env: { ...process.env, PORT: port, PUBLIC_URL: process.env.PUBLIC_URL ?? `http://localhost:${pagePort}` },
  }),
  spawn(process.execPath, [packageBin('client', 'vite', 'vite'), '--port', pagePort, '--strictPort'], {
    cwd: join(root, 'client'),
    stdio: 'inherit',
    env: { ...process.env, ATTUNE_SERVER: `http://127.0.0.1:${port}` },
  }),
];

function stop() {
  for (const child of children) child.kill('SIGTERM');
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.on('exit', stop);
