import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runInHost } from '../test/vscode/hostRun';
import { anyHost } from '../test/vscode/hosts';
import { root } from '../test/vscode/places';
import type { Figure } from '../test/vscode/suite/bench/measure';

// Prints how fast the extension is in a real extension host: from the command to the first boxes,
// cold and warm, the host's work per key stroke, and what the encoder's process takes in memory.
//   node --import tsx bench/editor.ts [--profile DIR]
// --profile: a profile of the extension host for each part, as a .cpuprofile file in DIR.

const { values } = parseArgs({ options: { profile: { type: 'string' } } });

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const host = await anyHost();
  const file = path.join(root, 'out/results/bench.json');
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const profiles = values.profile === undefined ? '' : path.resolve(values.profile);
  if (profiles !== '') mkdirSync(profiles, { recursive: true });
  const tests = await runInHost({
    host,
    tests: 'bench',
    env: { BENCH_FIGURES: file, BENCH_PROFILES: profiles },
  });
  const figures = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Figure[]) : [];
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  for (const { name, value, unit, aim } of figures) {
    const shown = value.toFixed(value < 20 ? 1 : 0).padStart(7);
    console.log(`${name.padEnd(width)} ${shown} ${unit}${aim === undefined ? '' : `, aim ${aim}`}`);
  }
  for (const { state, title, error } of tests) {
    if (state === 'passed') continue;
    console.error(`${title}: ${error ?? state}`);
    process.exitCode = 1;
  }
}
