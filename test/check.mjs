// `npm run check`: format, lint and types of the whole house, with nothing but npm at hand.
import { checkNode, environmentWithBins, install, packageBin, pnpm, run } from '../server/workspace.mjs';

checkNode();
await install();
const options = { env: environmentWithBins() };
const lint = await run(
  process.execPath,
  [packageBin('', '@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
  options,
);
const [command, ...args] = pnpm('-r', '--parallel', '--if-present', 'check');
const types = await run(command, args, options);
process.exitCode = lint === 0 && types === 0 ? 0 : 1;
