import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EncoderEngine } from '../src/engines/encoder/encoderEngine';
import { readSet } from './quality/goldSets';
import { measureLearning, type LearningRun } from './learning/measureLearning';
import { plotCurves } from './learning/plot';
import { checkCurve, curvesOf, formatCurves } from './learning/summarize';

// Prints what learning from a few examples of each type is worth, and whether it is as much as it must
// be. Run with `npm run quality -- --learn`; see its --help.

const usage = `Usage: npm run quality -- --learn --data DIR [OPTIONS]

Learns from 1, 5, 10 and 50 examples of each type of sets that the bundled pack was never trained on, and
measures strict F1 on the half of each set that nothing was learned from. Ends with 1 when a number of
examples does not beat the one before it, or ten do not gain ten points over none, in the mean.

  --data DIR     folder of the sets, NAME.jsonl.gz
  --set NAME     a set; may be given several times (default: ${defaultSets().join(', ')})
  --seeds N      how many times, with other halves and examples each (default 5)
  --limit N      at most the first N sentences of a set (default 10000)
  --model DIR    the pack (default: dynamicner-en-small)
  --plot FILE    where the curves are drawn (default: learning.svg in the system's temporary folder)
  --json FILE    also write every run as JSON
  --help         print this`;

/** Development sets of which no part is used in training: their types were never seen as they mean them. */
function defaultSets(): string[] {
  return ['harveyner-test', 'sec-filings-test', 'stackoverflow-ner-test', 'wnut17-test'];
}

/** Features of every sentence of the sets are kept: seeds and numbers of examples differ in what they learn alone. */
const CACHE_BYTES = 2 ** 31;

const root = path.resolve(__dirname, '..');

void main(readOptions());

async function main(options: ReturnType<typeof readOptions>): Promise<void> {
  const engine = await EncoderEngine.load(options.model, { cacheBytes: CACHE_BYTES });
  const { name, version, precision } = engine.manifest;
  console.error(`${name} ${version}, ${precision}, ${engine.runtime} runtime`);
  const runs: LearningRun[] = [];
  for (const set of options.set) {
    const gold = await readSet(path.join(options.data, `${set}.jsonl.gz`), options.limit);
    for (let seed = 1; seed <= options.seeds; seed++) {
      const own = await measureLearning(gold, engine, seed);
      runs.push(...own);
      const line = own.map(({ shots, f1 }) => `${shots}: ${(100 * f1).toFixed(1)}`).join('  ');
      console.error(`${set}, seed ${seed}:  ${line}`);
    }
  }
  await engine.dispose();
  const curves = curvesOf(runs);
  const mean = curves.at(-1);
  const checks = mean === undefined ? [] : checkCurve(mean);
  console.log(formatCurves(curves));
  console.log(`\nMean over ${options.seeds} seeds, ± standard deviation. ${slowest(runs)}\n`);
  for (const { text, passed } of checks) console.log(`${passed ? 'passed' : 'failed'}  ${text}`);
  await mkdir(path.dirname(options.plot), { recursive: true });
  await writeFile(options.plot, plotCurves(curves));
  console.log(`\nDrawn in ${options.plot}`);
  if (options.json !== undefined) {
    const report = {
      pack: { name, version, precision },
      limit: options.limit,
      runs,
      curves,
      checks,
    };
    await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  process.exitCode = checks.every(({ passed }) => passed) ? 0 : 1;
}

function slowest(runs: readonly LearningRun[]): string {
  const run = runs.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  return `The longest learning: ${run.seconds.toFixed(2)} s from ${run.entities} entities in ${run.sentences} sentences.`;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        learn: { type: 'boolean' },
        data: { type: 'string' },
        set: { type: 'string', multiple: true, default: defaultSets() },
        seeds: { type: 'string', default: '5' },
        limit: { type: 'string', default: '10000' },
        model: { type: 'string', default: path.join(root, 'models/dynamicner-en-small') },
        plot: { type: 'string', default: path.join(tmpdir(), 'learning.svg') },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const { data, seeds, limit } = values;
    if (data === undefined) throw new Error('--data is needed: the folder of the sets.');
    const counts = { seeds: Number(seeds), limit: Number(limit) };
    for (const [option, count] of Object.entries(counts)) {
      if (!Number.isSafeInteger(count) || count < 1) {
        throw new Error(`--${option} needs a number above 0.`);
      }
    }
    return { ...values, data, ...counts };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
