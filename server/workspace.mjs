// What `npm start`, `npm run dev` and `npm test` share: the Node check, the install, the build of what changed.
// Runs before anything is installed, so it must never import a package.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const pnpmVersion = '12.21.0';
const oldestNode = [20, 19];
const installStamp = join(root, 'node_modules', '.attune-install');
const installInputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].concat(
  ['client', 'server', 'test', 'packages/contract', 'packages/domain'].map(
    (folder) => `${folder}/package.json`,
  ),
);

/** What each bundle is made from; the bundle is built again when one of these files changed. */
const bundles = {
  server: ['server/src', 'server/vite.config.ts', 'server/package.json', 'packages', 'pnpm-lock.yaml'],
  client: [
    'client/src',
    'client/messages',
    'client/project.inlang/settings.json',
    'client/texts.mjs',
    'client/public',
    'client/index.html',
    'client/display.html',
    'client/score.html',
    'client/vite.config.ts',
    'client/package.json',
    'packages',
    'pnpm-lock.yaml',
  ],
};

/** What Vite is called with, one build after the other; the client's say why there are two. */
const builds = { server: [[]], client: [[], ['--mode', 'evaluator']] };

/** Ends the process with a sentence when this Node is too old to run Attune. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  process.stderr.write(
    `Attune needs Node ${oldestNode.join('.')} or newer, and this is Node ${process.versions.node}. ` +
      'Install the current LTS from https://nodejs.org and run the command again.\n',
  );
  process.exit(1);
}

/** Runs a program from the repository's top with its output on ours; resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a program quietly: its output is shown on standard error only when it fails, then the process ends. */
async function runQuietly(what, command, args, options = {}) {
  const output = [];
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
    child.on('close', resolve);
  });
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  process.stderr.write(`\n${what} did not work; the lines above say why.\n`);
  process.exit(1);
}

function fileHash(path) {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : '-';
}

function installKey() {
  return (
    installInputs.map((path) => fileHash(join(root, path))).join('\n') +
    `\n${process.platform}-${process.arch}`
  );
}

/** The command that runs the pinned pnpm, from npx's cache where it is there: people need nothing but npm. */
export function pnpm(...args) {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  return [npx, '--prefer-offline', '--yes', `pnpm@${pnpmVersion}`, ...args];
}

/** Installs the packages of the lockfile, unless this very lockfile is installed already. */
export async function install({ force = false } = {}) {
  const key = installKey();
  if (!force && existsSync(installStamp) && readFileSync(installStamp, 'utf8') === key) return;
  process.stderr.write('Installing packages…\n');
  const [command, ...args] = pnpm('install', '--frozen-lockfile');
  await runQuietly('Installing packages', command, args, { env: { ...process.env, CI: 'true' } });
  writeFileSync(installStamp, key);
}

/** What people wrote: nothing installed, built or compiled. */
function* filesIn(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'paraglide'].includes(entry.name)) continue;
    yield* filesIn(join(path, entry.name));
  }
}

function sourceKey(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of [...filesIn(join(root, path))].sort()) {
      if (/\.(test|e2e)\.ts$/.test(file)) continue;
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** Builds `server/dist` and `client/dist`, each only when its sources changed since it was built. */
export async function build() {
  for (const [name, paths] of Object.entries(bundles)) {
    const stamp = join(root, name, 'dist', '.attune-build');
    const key = sourceKey(paths);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) continue;
    process.stderr.write(`Building the ${name}…\n`);
    for (const args of builds[name]) {
      const command = [packageBin(name, 'vite', 'vite'), 'build', ...args];
      await runQuietly(`Building the ${name}`, process.execPath, command, {
        cwd: join(root, name),
        env: { ...process.env, NODE_ENV: 'production' },
      });
    }
    writeFileSync(stamp, key);
  }
}

/** The file behind a package's command, as installed for one workspace folder (`''` is the top). */
export function packageBin(folder, packageName, command) {
  const manifestPath = join(root, folder, 'node_modules', packageName, 'package.json');
  const manifest = createRequire(pathToFileURL(join(root, 'package.json')))(manifestPath);
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command];
  return join(root, folder, 'node_modules', packageName, bin);
}

/** The environment with the top's commands on the PATH, so that package scripts find biome and tsc. */
export function environmentWithBins() {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
  };
}
