// `npm run bench -- 200` measures a meeting of so many beside its peer, `npm run bench -- session` a large session beside an earlier
// commit, and `npm run bench -- editor` the editor of a large scorecard. Installs and builds what is missing first.
import { build, checkNode, install, run } from '../server/workspace.mjs';

checkNode();
await install();
await build();
const [first, ...others] = process.argv.slice(2);
const [file, args] =
  first === 'session' || first === 'editor'
    ? [`test/bench/${first}.bench.ts`, others]
    : ['test/bench/meeting.bench.ts', process.argv.slice(2)];
process.exitCode = await run(process.execPath, ['--import', 'tsx', file, ...args]);
