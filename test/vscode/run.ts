// Runs the suite inside VS Code, from the source folder or from a package:
//   node --import tsx test/vscode/run.ts --results FILE [--vsix FILE] [--grep TEXT]
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type HostRun, runInHost, type TestResult } from './hostRun';
import { anyHost, installPackage } from './hosts';
import { root } from './places';

const rounds: ReadonlyArray<Pick<HostRun, 'tests' | 'trust'>> = [
  { tests: '.', trust: true },
  { tests: 'restricted', trust: false },
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      results: { type: 'string' },
      vsix: { type: 'string' },
      grep: { type: 'string' },
    },
  });
  const host = await anyHost();
  const packaged = path.join(root, 'out/packaged-extension');
  if (values.vsix !== undefined) await installPackage(host, values.vsix, packaged);

  const tests: TestResult[] = [];
  for (const round of rounds) {
    const done = await runInHost({
      host,
      ...round,
      ...(values.vsix === undefined ? {} : { packaged }),
      ...(values.grep === undefined ? {} : { grep: values.grep }),
    });
    for (const { state, title, ms, error } of done) {
      console.log(`  ${state === 'passed' ? '✔' : '✘'} ${title} (${ms ?? 0} ms)`);
      if (error !== undefined) console.log(error.replace(/^/gm, '      '));
    }
    tests.push(...done);
  }
  const file = path.resolve(values.results ?? path.join(root, 'out/results/host.json'));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ tests }, null, 1));
  process.exitCode = tests.every(({ state }) => state === 'passed') ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
