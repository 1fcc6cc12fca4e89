// npm test [-- [--only lint|unit|host|vsix|ui|training]… [--grep TEXT] [--heavy] [--update-expected]]
// Sets up, then runs everything; the last line is “N passed, N failed, N skipped” over all suites.
// What a suite's results file says decides, not its exit code, and a suite that ran fewer tests
// than test/expected.json says has failed.
//   --heavy            fifty times the work in fuzz and property tests (TEST_SCALE), and the suite
//                      “training”, which needs Python (that of PYTHON, or one it sets up: 3 GB)
//   --update-expected  writes the numbers of this run to test/expected.json
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './processes.mjs';
import { setUp } from './setup.mjs';

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

/** Suites in the order they run; `shown` ones need VS Code. */
const suites = [
  { name: 'lint', run: lint },
  { name: 'unit', run: unit },
  { name: 'host', run: () => inVsCode('host', []), shown: true },
  { name: 'vsix', run: packaged, shown: true },
  { name: 'ui', run: ui, shown: true },
  { name: 'training', run: training, heavy: true },
];

const total = { passed: 0, failed: 0, skipped: 0 };
try {
  const unknown = options.only?.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) throw new Error(`There is no suite “${unknown}”.`);
  await setUp(say);
  const wanted = suites.filter(({ heavy }) => options.heavy || !heavy);
  const unrun = options.only?.find((name) => !wanted.some((suite) => suite.name === name));
  if (unrun !== undefined) throw new Error(`The suite “${unrun}” runs with --heavy only.`);
  await runAll(wanted.filter(({ name }) => options.only?.includes(name) ?? true));
} catch (error) {
  say(error.message);
  total.failed += 1;
}
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);

function say(line) {
  console.log(line);
}

async function runAll(chosen) {
  const expected = existsSync(expectedFile) ? JSON.parse(readFileSync(expectedFile, 'utf8')) : {};
  const ran = { ...expected };
  // Loaded late: an old Node has got its message by now.
  const { ensureWorkbench } = await import('./workbench/install.mjs');
  const { forTests } = await import('./workbench/debian.mjs');
  const workbench = chosen.some(({ shown }) => shown)
    ? await ensureWorkbench(say, forTests)
    : undefined;
  const { onPath } = await import('./processes.mjs');
  for (const suite of chosen) {
    const { name, shown } = suite;
    // Only the suites in the extension host can do with a VS Code on the desktop.
    const desktop = name !== 'ui' && onPath('code') !== undefined && hasDisplay();
    if (shown && !workbench.ok && !desktop) {
      const count = expected[name] ?? 1;
      say(`\n── ${name}: ${count} skipped: ${workbench.reason}. To run them: ${workbench.command}`);
      total.skipped += count;
      continue;
    }
    say(`\n── ${name}`);
    const started = performance.now();
    const result = await suite.run();
    const count = result.passed + result.failed;
    ran[name] = count;
    if (!options.grep && !options['update-expected'] && count < (expected[name] ?? Infinity)) {
      say(
        name in expected
          ? `Only ${count} of the ${expected[name]} tests that test/expected.json counts did run.`
          : `test/expected.json has no number for “${name}”: npm test -- --update-expected writes it.`,
      );
      result.failed += name in expected ? expected[name] - count : 1;
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    say(`── ${name}: ${result.passed} passed, ${result.failed} failed, ${seconds} s`);
    total.passed += result.passed;
    total.failed += result.failed;
  }
  if (options['update-expected']) {
    writeFileSync(expectedFile, `${JSON.stringify(ran, null, 2)}\n`);
    say(`\ntest/expected.json: ${JSON.stringify(ran)}`);
  }
}

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

function node(args, extra = {}) {
  const env = { ...process.env, ...(options.heavy ? { TEST_SCALE: heavyScale } : {}) };
  const timeout = options.heavy ? 0 : suiteLimit;
  return run(process.execPath, args, { cwd: root, env, timeout, ...extra });
}

/** The three checks of the source, each counted as one test. */
async function lint() {
  const checks = {
    ESLint: ['node_modules/eslint/bin/eslint.js', '.'],
    Prettier: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
    TypeScript: ['node_modules/typescript/bin/tsc', '-p', '.', '--noEmit'],
  };
  const result = { passed: 0, failed: 0 };
  const ends = Object.entries(checks).map(async ([name, args]) => [name, await node(args)]);
  for (const [name, { code, output }] of await Promise.all(ends)) {
    say(`  ${code === 0 ? '✔' : '✘'} ${name}`);
    if (code !== 0) say(output.trimEnd());
    result[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return result;
}

function unit() {
  return mocha('unit', ['--config', 'test/unit/.mocharc.json', 'test/unit'], 10_000);
}

function ui() {
  const folder = 'test/vscode/ui';
  return mocha('ui', ['--extension', 'test.ts', '--forbid-pending', folder], 300_000);
}

/** Trains a pack in Python and loads it with the command line. */
function training() {
  const folder = 'test/training';
  return mocha('training', ['--extension', 'test.ts', '--forbid-pending', folder], 300_000);
}

/** Runs TypeScript tests with mocha in a Node of their own. */
function mocha(name, args, timeout) {
  const program = ['--import', 'tsx', 'node_modules/mocha/bin/_mocha', ...args];
  const scaled = timeout * (options.heavy ? Number(heavyScale) : 1);
  program.push('--timeout', String(scaled), ...(options.grep ? ['--grep', options.grep] : []));
  return counted(name, (results) => [
    ...program,
    '--reporter',
    'test/results.cjs',
    '--reporter-option',
    `file=${results}`,
  ]);
}

/** Runs the suite that lives inside VS Code. */
function inVsCode(name, args) {
  const program = ['--import', 'tsx', 'test/vscode/run.ts', ...args];
  if (options.grep) program.push('--grep', options.grep);
  return counted(name, (results) => [...program, '--results', results]);
}

async function packaged() {
  const vsix = path.join(root, 'out/packaged.vsix');
  const { code, output } = await node(['scripts/package.mjs', '--out', vsix]);
  say(output.trimEnd());
  return code === 0 ? inVsCode('vsix', ['--vsix', vsix]) : { passed: 0, failed: 1 };
}

async function counted(name, command) {
  const results = path.join(root, `out/results/${name}.json`);
  rmSync(results, { force: true });
  const { code } = await node(command(results), { show: true });
  if (!existsSync(results)) {
    say(`The suite “${name}” ended with ${code} and left no results.`);
    return { passed: 0, failed: 1 };
  }
  const { tests } = JSON.parse(readFileSync(results, 'utf8'));
  const passed = tests.filter(({ state }) => state === 'passed').length;
  const failed = tests.length - passed;
  // Something went wrong outside any test.
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}
