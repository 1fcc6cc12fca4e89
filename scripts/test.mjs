// npm test [-- [--only lint|unit|host|vsix|ui|training]… [--grep TEXT] [--heavy] [--update-expected]]
// Sets up, then runs everything, two suites at a time; at the end come the failed tests once more and
// “N passed, N failed, N skipped” over all suites.
// What a suite's results file says decides, not its exit code. A suite that ran fewer tests than
// test/expected.json says has failed, and so has one that left something in the temporary folder.
//   --heavy            fifty times the work in fuzz and property tests (TEST_SCALE), and the suite
//                      “training”, which needs Python (that of PYTHON, or one it sets up: 3 GB)
//   --update-expected  writes the numbers of this run to test/expected.json
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './processes.mjs';
import { setUp } from './setup.mjs';
import { doAll } from './testing/lanes.mjs';
import { temporaryFolderOf } from './testing/leavings.mjs';
import { Summary } from './testing/summary.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const expectedFile = path.join(root, 'test/expected.json');
const suiteLimit = 20 * 60_000;
const heavyScale = '50';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    grep: { type: 'string' },
    heavy: { type: 'boolean', default: false },
    'update-expected': { type: 'boolean', default: false },
  },
});

/** Suites, the long ones first; `shown` ones need VS Code. */
const suites = [
  { name: 'lint', run: lint },
  { name: 'ui', run: ui, shown: true },
  { name: 'unit', run: unit },
  { name: 'vsix', run: packaged, shown: true },
  { name: 'host', run: (suite) => inVsCode(suite, []), shown: true },
  { name: 'training', run: training, heavy: true },
];

const summary = new Summary();
// Ended from outside, it still removes its temporary folders.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
try {
  const unknown = options.only?.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) throw new Error(`There is no suite “${unknown}”.`);
  await setUp(say);
  const wanted = suites.filter(({ heavy }) => options.heavy || !heavy);
  const unrun = options.only?.find((name) => !wanted.some((suite) => suite.name === name));
  if (unrun !== undefined) throw new Error(`The suite “${unrun}” runs with --heavy only.`);
  await runAll(wanted.filter(({ name }) => options.only?.includes(name) ?? true));
} catch (error) {
  summary.fail('The tests could not run', error.message);
}
process.exitCode = summary.failed > 0 ? 1 : 0;
for (const line of summary.lines) say(line);

function say(line) {
  console.log(line);
}

async function runAll(chosen) {
  const expected = existsSync(expectedFile) ? JSON.parse(readFileSync(expectedFile, 'utf8')) : {};
  const ran = { ...expected };
  const shown = chosen.some((suite) => suite.shown);
  let workbench;
  const bringWorkbench = async () => {
    // Loaded late: an old Node has got its message by now.
    const { ensureWorkbench } = await import('./workbench/install.mjs');
    const { forTests } = await import('./workbench/debian.mjs');
    workbench = await ensureWorkbench(say, forTests);
  };
  const jobs = chosen.map((suite) => ({
    isReady: () => !suite.shown || workbench !== undefined,
    run: async () => {
      const count = await runSuite(suite, expected[suite.name], workbench, chosen.length > 1);
      if (count !== undefined) ran[suite.name] = count;
    },
  }));
  await doAll([...(shown ? [{ run: bringWorkbench }] : []), ...jobs]);
  if (options['update-expected']) {
    writeFileSync(expectedFile, `${JSON.stringify(ran, null, 2)}\n`);
    say(`\ntest/expected.json: ${JSON.stringify(ran)}`);
  }
}

/** Runs a suite and notes what came of it; returns the number of tests that ran, undefined where it was skipped. */
async function runSuite({ name, shown, run: runTests }, expected, workbench, isOneOfSeveral) {
  const { onPath } = await import('./processes.mjs');
  // Only the suites in the extension host can do with a VS Code on the desktop.
  const desktop = name !== 'ui' && onPath('code') !== undefined && hasDisplay();
  if (shown && !workbench.ok && !desktop) {
    const count = expected ?? 1;
    say(`\n── ${name}: ${count} skipped: ${workbench.reason}. To run them: ${workbench.command}`);
    summary.skipped += count;
    return undefined;
  }
  say(`\n── ${name}`);
  const began = performance.now();
  const temporary = temporaryFolderOf(name);
  const show = isOneOfSeveral ? (line) => say(`${name.padEnd(4)} │ ${line}`) : say;
  const output = isOneOfSeveral ? { onLine: show } : { show: true };
  const result = await runTests({ name, show, output, env: temporary.environment });
  const count = result.passed + result.failures.length;
  const isWhole = !options.grep && !options['update-expected'];
  if (isWhole && expected === undefined) {
    const error = 'npm test -- --update-expected writes it.';
    result.failures.push({ title: `test/expected.json has no number for “${name}”`, error });
  } else if (isWhole && count < expected) {
    const title = `only ${count} of the ${expected} tests that test/expected.json counts did run`;
    result.failures.push({ title, tests: expected - count });
  }
  const left = temporary.end();
  if (left.length > 0) {
    result.failures.push({ title: 'left in the temporary folder', error: left.join('\n') });
  }
  const seconds = (performance.now() - began) / 1000;
  const failed = summary.add(result, name, seconds);
  say(`── ${name}: ${result.passed} passed, ${failed} failed, ${seconds.toFixed(0)} s`);
  return count;
}

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

function node(args, { env, ...extra }) {
  const scale = options.heavy ? { TEST_SCALE: heavyScale } : {};
  const timeout = options.heavy ? 0 : suiteLimit;
  const all = { ...process.env, ...scale, ...env };
  return run(process.execPath, args, { cwd: root, env: all, timeout, ...extra });
}

/** The three checks of the source, each counted as one test. */
async function lint({ show, env }) {
  const checks = {
    ESLint: ['node_modules/eslint/bin/eslint.js', '.'],
    Prettier: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
    TypeScript: ['node_modules/typescript/bin/tsc', '-p', '.', '--noEmit'],
  };
  const result = { passed: 0, failures: [] };
  const ends = Object.entries(checks).map(async ([title, args]) => {
    const { code, output } = await node(args, { env });
    show(`  ${code === 0 ? '✔' : '✘'} ${title}`);
    if (code === 0) result.passed += 1;
    else result.failures.push({ title, error: output });
  });
  await Promise.all(ends);
  return result;
}

function unit(suite) {
  return mocha(suite, ['--config', 'test/unit/.mocharc.json', 'test/unit'], 30_000);
}

function ui(suite) {
  const folder = 'test/vscode/ui';
  const hooks = ['vscode/evidence', 'temporaryFolder'].flatMap((name) => [
    '--require',
    `./test/${name}.ts`,
  ]);
  // What a failed hook left open must not keep it running.
  const args = ['--extension', 'test.ts', '--forbid-pending', '--exit', ...hooks, folder];
  return mocha(suite, args, 300_000);
}

/** Trains a pack in Python and loads it with the command line. */
function training(suite) {
  const folder = 'test/training';
  return mocha(suite, ['--extension', 'test.ts', '--forbid-pending', folder], 300_000);
}

/** Runs TypeScript tests with mocha in a Node of their own. */
function mocha(suite, args, timeout) {
  const program = ['--import', 'tsx', 'node_modules/mocha/bin/_mocha', ...args];
  const scaled = timeout * (options.heavy ? Number(heavyScale) : 1);
  program.push('--timeout', String(scaled), ...(options.grep ? ['--grep', options.grep] : []));
  program.push('--reporter', 'test/results.cjs', '--reporter-option');
  return counted(suite, (results) => [...program, `file=${results}`]);
}

/** Runs the suite that lives inside VS Code. */
function inVsCode(suite, args) {
  const program = ['--import', 'tsx', 'test/vscode/run.ts', ...args];
  if (options.grep) program.push('--grep', options.grep);
  return counted(suite, (results) => [...program, '--results', results]);
}

async function packaged(suite) {
  const vsix = path.join(root, 'out/packaged.vsix');
  const { code, output } = await node(['scripts/package.mjs', '--out', vsix], { env: suite.env });
  suite.show(output.trimEnd());
  if (code === 0) return inVsCode(suite, ['--vsix', vsix]);
  return { passed: 0, failures: [{ title: 'packaging', error: output }] };
}

async function counted({ name, output, env }, command) {
  const results = path.join(root, `out/results/${name}.json`);
  rmSync(results, { force: true });
  const { code } = await node(command(results), { env, ...output });
  if (!existsSync(results)) {
    const title = `The suite ended with ${code} and left no results.`;
    return { passed: 0, failures: [{ title }] };
  }
  const { tests } = JSON.parse(readFileSync(results, 'utf8'));
  const failures = tests.filter(({ state }) => state !== 'passed');
  const passed = tests.length - failures.length;
  // Something went wrong outside any test.
  if (failures.length === 0 && code !== 0)
    failures.push({ title: `The suite ended with ${code}.` });
  return { passed, failures };
}
