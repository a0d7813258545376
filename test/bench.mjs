// `npm run bench -- 200`: installs and builds what is missing, then measures a meeting of so many beside its peer.
import { build, checkNode, install, run } from '../server/workspace.mjs';

checkNode();
await install();
await build();
const file = 'test/bench/meeting.bench.ts';
process.exitCode = await run(process.execPath, ['--import', 'tsx', file, ...process.argv.slice(2)]);
