// `npm test`: install, check, unit and server tests, build, browser tests. Runs everything even after a failure, tells
// how long each part and the ten slowest tests took, and ends with the sum of both runners as the last line: `N passed, N failed`.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, install, packageBin, root, run } from '../server/workspace.mjs';

checkNode();
const total = { passed: 0, failed: 0, skipped: 0 };
const times = [];
/** Every test that ran: where it is, what it is called, and how long it took in milliseconds. */
const tests = [];

/** Runs one part; a part that breaks without counting tests counts as one failure. */
async function phase(name, action) {
  process.stdout.write(`\n— ${name}\n`);
  const started = performance.now();
  let outcome;
  try {
    outcome = await action();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
    outcome = { passed: 0, failed: 1, skipped: 0 };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  times.push(`${name} ${seconds} s${outcome.failed > 0 ? ' (failed)' : ''}`);
  for (const key of Object.keys(total)) total[key] += outcome[key];
}

const nothing = { passed: 0, failed: 0, skipped: 0 };
const byExitCode = (code) => ({ ...nothing, failed: code === 0 ? 0 : 1 });
const reportFile = (name) => join(tmpdir(), `attune-${name}-${process.pid}.json`);

function takeReport(file) {
  if (!existsSync(file)) return null;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file, { force: true });
  return report;
}

/** A runner that broke although no test failed (a file that cannot be loaded) still counts as a failure. */
function counted(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function unit() {
  const file = reportFile('vitest');
  const args = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    '--passWithNoTests',
  ];
  const code = await run(process.execPath, [packageBin('', 'vitest', 'vitest'), ...args]);
  const report = takeReport(file);
  if (report === null) return byExitCode(code);
  for (const { name, assertionResults } of report.testResults)
    for (const { fullName, duration } of assertionResults)
      tests.push({ file: relative(root, name), title: fullName, ms: duration ?? 0 });
  return counted(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

async function browser() {
  if (!hasBrowserTests(join(root, 'test'))) return nothing;
  const chromium = await findChromium();
  const file = reportFile('playwright');
  const code = await run(
    process.execPath,
    [
      packageBin('test', '@playwright/test', 'playwright'),
      'test',
      '-c',
      'test/playwright.config.ts',
      '--reporter=list,json',
    ],
    { env: { ...process.env, CI: 'true', CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
  );
  const report = takeReport(file);
  if (report === null) return byExitCode(code);
  tests.push(...report.suites.flatMap(testsOf));
  const { expected, unexpected, flaky, skipped } = report.stats;
  return counted(code, { passed: expected, failed: unexpected + flaky, skipped });
}

/** Playwright's tests, which lie in suites within suites. */
const testsOf = ({ specs = [], suites = [] }) => [
  ...specs.map(({ file, title, tests: runs }) => ({
    file: join('test', file),
    title,
    ms: runs.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
  })),
  ...suites.flatMap(testsOf),
];

/** The slowest tests of all, one a line. */
const slowest = (howMany) =>
  tests
    .sort((one, other) => other.ms - one.ms)
    .slice(0, howMany)
    .map(({ file, title, ms }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${file}: ${title}`)
    .join('\n');

function hasBrowserTests(folder) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (entry.name === 'node_modules') return false;
    return entry.isDirectory() ? hasBrowserTests(join(folder, entry.name)) : entry.name.endsWith('.e2e.ts');
  });
}

/** A Chromium that exists: the one named, the system's, Playwright's; else one is installed. */
async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is "${named}", where there is no file: name a Chromium, or leave it out.`);
  }
  const own = () => {
    const require = createRequire(pathToFileURL(join(root, 'test', 'package.json')));
    return require('@playwright/test').chromium.executablePath();
  };
  const present = () =>
    ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', own()].find((path) =>
      existsSync(path),
    );
  if (present() !== undefined) return present();
  process.stdout.write('Installing Chromium for the browser tests…\n');
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await run('apt-get', ['update', '-q']);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
  } else {
    await run(process.execPath, [
      packageBin('test', '@playwright/test', 'playwright'),
      'install',
      'chromium',
    ]);
  }
  const installed = present();
  if (installed !== undefined) return installed;
  throw new Error(
    'There is no Chromium, and it could not be installed: install one and set CHROMIUM_PATH to it.',
  );
}

await phase('install', async () => {
  await install({ force: true });
  return nothing;
});
await phase('check', async () => {
  return byExitCode(await run(process.execPath, [join(root, 'test', 'check.mjs')]));
});
await phase('unit and server tests', unit);
await phase('build', async () => {
  await build();
  return nothing;
});
await phase('browser tests', browser);

process.stdout.write(`\nThe slowest tests:\n${slowest(10)}\n`);
process.stdout.write(`\n${times.join(', ')}${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
