// `npm run verify -- record.json`: installs and builds what is missing, then checks an exported record's proofs.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, install, root } from './workspace.mjs';

checkNode();
await install();
await build();
await import(pathToFileURL(join(root, 'server', 'dist', 'verify.js')).href);
