// `npm run reset-password -- EMAIL`, `npm run rotate-key`: installs and builds what is missing, then runs the command on the same
// data as `npm start`, by the same environment.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, install, root } from './workspace.mjs';

checkNode();
await install();
await build();
const [name, ...rest] = process.argv.slice(2);
const { main } = await import(pathToFileURL(join(root, 'server', 'dist', `${name}.js`)).href);
process.exitCode = await main(rest, process.env, process.stdout, process.stderr);
