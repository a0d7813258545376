// `npm start`: install, build what changed, and run the server in this same process, so that a signal to it is a
// signal to the server.
import { build, checkNode, install } from './workspace.mjs';

checkNode();
await install();
await build();
process.env.NODE_ENV ??= 'production';
await import('./dist/main.js');
