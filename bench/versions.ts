import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { LabelSpec } from '../src/core/labels/labelSpec';
import { labelLists, readSentences } from './encoder/inputs';

// Compares the speed of the encoder in several checkouts of this project, each with its own program
// and pack: they take turns in processes of their own, so that a busy minute slows down all of them.

const usage = `Usage: node --import tsx bench/versions.ts CHECKOUT... [OPTIONS]

  CHECKOUT        folder with the project and its node_modules; this one comes first
  --turns N       turns of every checkout (default 5)
  --sentences N   sentences of the written development sets to read (default 400)
  --help          print this

Another version:  git worktree add ../v1 COMMIT && npm ci --prefix ../v1`;

/** What a process prints: words a second of every label list, the best of two rounds after one that warms up. */
type Speeds = Record<string, number>;

const root = path.resolve(__dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    turns: { type: 'string', default: '5' },
    sentences: { type: 'string', default: '400' },
    measure: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else if (values.measure !== undefined) void measure(values.measure);
else compare([root, ...positionals.map((folder) => path.resolve(folder))]);

function compare(checkouts: readonly string[]): void {
  const speeds = new Map(checkouts.map((checkout): [string, Speeds[]] => [checkout, []]));
  for (let turn = 0; turn < Number(values.turns); turn++) {
    for (const checkout of turn % 2 === 0 ? checkouts : checkouts.toReversed()) {
      speeds.get(checkout)?.push(measureIn(checkout));
    }
  }
  const [first] = checkouts;
  const lists = Object.keys(speeds.get(first ?? '')?.[0] ?? {});
  for (const list of lists) {
    const all = checkouts.map((checkout) => (speeds.get(checkout) ?? []).map((s) => s[list] ?? 0));
    const own = median(all[0] ?? []);
    all.forEach((measured, index) => {
      const share = `${((100 * median(measured)) / own).toFixed(0)} %`;
      const range = `${round(Math.min(...measured))} to ${round(Math.max(...measured))}`;
      const name = path.basename(checkouts[index] ?? '');
      console.log(
        `${list.padEnd(26)} ${name.padEnd(12)} median ${round(median(measured))} words/s (${range}), ${share}`,
      );
    });
  }
}

function measureIn(checkout: string): Speeds {
  const { sentences } = values;
  const args = ['--import', 'tsx', __filename, '--measure', checkout, '--sentences', sentences];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(
      `${checkout} could not be measured. Has it node_modules and its pack? ${stderr}`,
    );
  }
  return JSON.parse(stdout) as Speeds;
}

async function measure(checkout: string): Promise<void> {
  // The other version's modules: their types may be older than these, what is called is the same.
  const { EncoderEngine } = (await import(
    path.join(checkout, 'src/engines/encoder/encoderEngine.ts')
  )) as typeof import('../src/engines/encoder/encoderEngine');
  const { dynamicNerLabels } = (await import(
    path.join(checkout, 'src/core/labels/dynamicner.ts')
  )) as typeof import('../src/core/labels/dynamicner');
  const model = path.join(checkout, 'models/dynamicner-en-small');
  const engine = await EncoderEngine.load(model, { cacheBytes: 0 });
  const passages = readSentences(Number(values.sentences));
  const speeds: Speeds = {};
  const lists = labelLists(dynamicNerLabels.toSpec());
  const speedOf = async (labels: LabelSpec): Promise<number> => {
    let speed = 0;
    const results = engine.extract(passages, {
      labels,
      onDone: ({ words, seconds }) => void (speed = words / seconds),
    });
    for await (const result of results) void result;
    return speed;
  };
  // Not timed: the first list would pay for what the JavaScript engine compiles for all.
  for (const [, labels] of lists) await speedOf(labels);
  for (const [name, labels] of lists) {
    speeds[name] = Math.max(await speedOf(labels), await speedOf(labels));
  }
  await engine.dispose();
  console.log(JSON.stringify(speeds));
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[sorted.length / 2 - 1] ?? 0) + upper) / 2;
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en');
}
