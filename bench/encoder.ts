import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dynamicNerLabels } from '../src/core/labels/dynamicner';
import type { LabelSpec } from '../src/core/labels/labelSpec';
import { EncoderEngine } from '../src/engines/encoder/encoderEngine';
import type { Engine, ExtractStatistics, Passage } from '../src/engines/engine';
import type { RuntimeKind } from '../src/engines/runtime/runtime';
import { HostEngine } from '../src/host/hostEngine';
import { runGraphAlone } from './encoder/graphAlone';
import { corpus, labelLists, readSentences } from './encoder/inputs';

// Prints how many words a second the bundled encoder reads with 4, 25, 155 and 1,000 labels, beside
// ONNX Runtime on the same text graph and the same batches, and what its process takes in memory.

const usage = `Usage: npm run bench [-- OPTIONS]

  --sentences N   sentences of the written development sets to read (default 400)
  --rounds N      rounds; the best one counts (default 3)
  --threads N     threads of ONNX Runtime (default: physical cores, at most 4)
  --runtime KIND  native or wasm
  --model DIR     another pack
  --help          print this`;

const root = path.resolve(__dirname, '..');
const { values } = parseArgs({
  options: {
    sentences: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string' },
    runtime: { type: 'string' },
    model: { type: 'string', default: path.join(root, 'models/dynamicner-en-small') },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else void main();

async function main(): Promise<void> {
  const passages = readSentences(Number(values.sentences));
  const { threads, runtime } = values;
  const options: { threads?: number; runtime?: RuntimeKind } = {};
  if (threads !== undefined) options.threads = Number(threads);
  if (runtime === 'native' || runtime === 'wasm') options.runtime = runtime;
  const rounds = Number(values.rounds);

  // Nothing is cached, so that every round reads all of the text.
  const engine = await EncoderEngine.load(values.model, { ...options, cacheBytes: 0 });
  console.log(
    `${engine.model} ${engine.manifest.version}, ${engine.runtime} runtime, best of ${rounds}`,
  );
  const alone = await runGraphAlone(values.model, passages, rounds, options);
  console.log(line('ONNX Runtime alone, text graph', alone, alone));
  for (const [name, labels] of labelLists(dynamicNerLabels.toSpec())) {
    const began = performance.now();
    await extract(engine, [], labels);
    const ready = performance.now() - began;
    const done = await best(rounds, () => extract(engine, passages, labels));
    console.log(
      `${line(name, done.words / done.seconds, alone)}, labels ready in ${ready.toFixed(0)} ms`,
    );
  }
  await engine.dispose();
  await measureHost(passages, options);
  await measureBoth(options);
}

/** What the process of the encoder takes, and how fast it answers when it knows the text already. */
async function measureHost(passages: Passage[], options: object): Promise<void> {
  const began = performance.now();
  const host = await HostEngine.start({
    script: path.join(root, 'dist/host.js'),
    model: { folder: values.model, ...options },
    startSeconds: 120,
  });
  const labels = dynamicNerLabels.toSpec();
  const first = host.extract(passages, { labels })[Symbol.asyncIterator]();
  await first.next();
  console.log(`process: first result after ${(performance.now() - began).toFixed(0)} ms, cold`);
  while ((await first.next()).done !== true);
  const again = await best(3, () => extract(host, passages, labels));
  const perSecond = again.words / again.seconds;
  console.log(
    `process: ${round(perSecond)} words/s of known text (${again.encoded} sentences encoded)`,
  );
  const statistics = await host.client.statistics();
  console.log(
    `process: ${round((statistics?.residentBytes ?? 0) / 1e6)} MB resident, ` +
      `${round((statistics?.cacheBytes ?? 0) / 1e6)} MB of it word features`,
  );
  await host.dispose();
}

/** What the process takes with the packs of all languages loaded, of which each has read text. */
async function measureBoth(options: object): Promise<void> {
  const host = await HostEngine.start({
    script: path.join(root, 'dist/host.js'),
    model: { folder: path.join(root, 'models'), ...options },
    startSeconds: 120,
  });
  const names = readdirSync(corpus).flatMap((name) => /^(.*)\.jsonl\.gz$/u.exec(name)?.[1] ?? []);
  const done = await extract(host, readSentences(Infinity, names), dynamicNerLabels.toSpec());
  const statistics = await host.client.statistics();
  console.log(
    `process, all packs: ${round((statistics?.residentBytes ?? 0) / 1e6)} MB resident ` +
      `after ${round(done.words)} words in eight languages`,
  );
  await host.dispose();
}

async function extract(
  engine: Engine,
  passages: Passage[],
  labels: LabelSpec,
): Promise<ExtractStatistics> {
  let statistics: ExtractStatistics | undefined;
  const onDone = (done: ExtractStatistics): void => void (statistics = done);
  const results = engine.extract(passages, { labels, onDone })[Symbol.asyncIterator]();
  while ((await results.next()).done !== true);
  if (statistics === undefined) throw new Error('the extraction did not end');
  return statistics;
}

async function best(
  rounds: number,
  run: () => Promise<ExtractStatistics>,
): Promise<ExtractStatistics> {
  let fastest = await run();
  for (let round = 1; round < rounds; round++) {
    const next = await run();
    if (next.seconds < fastest.seconds) fastest = next;
  }
  return fastest;
}

function line(name: string, wordsPerSecond: number, alone: number): string {
  const share = `${((100 * wordsPerSecond) / alone).toFixed(0)} % of the graph alone`;
  return `${name.padEnd(32)} ${round(wordsPerSecond).padStart(7)} words/s, ${share}`;
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en');
}
