import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EncoderPacks } from '../src/engines/encoder/encoderPacks';
import { listSetFiles, nameOfSet, readDocument, readSet, type GoldSet } from './quality/goldSets';
import { measureSet, type SetResult } from './quality/measureSet';
import { formatRequirements, formatResults, legend } from './quality/report';
import { checkRequirements } from './quality/requirements';

// Prints how well the bundled pack finds entities, and whether it is as good as it must be.
// Run with `npm run quality`; see its --help.

const usage = `Usage: npm run quality [-- OPTIONS]

Measures the bundled packs through the product's own pipeline on the written sets in training/corpus/dev,
the sample document, and further sets. Ends with 1 when a required figure is not reached.

  --data DIR     also measure every *.jsonl.gz of a folder; a set of the same name takes the place of ours
  --only NAME    only sets whose name contains NAME; may be given several times
  --limit N      at most the first N sentences of a set (default 1000)
  --model DIR    one pack, or a folder of packs (default: all that are bundled)
  --json FILE    also write the results as JSON
  --help         print this`;

const root = path.resolve(__dirname, '..');
const options = readOptions();

void main();

async function main(): Promise<void> {
  const engine = await EncoderPacks.load(options.model);
  const { name, version, precision } = engine.manifest;
  console.error(`${name} ${version}, ${precision}, ${engine.runtime} runtime`);

  const results: SetResult[] = [];
  for await (const set of readSets()) {
    // Each passage is read by the pack for its language, as in the product.
    const { words } = engine.manifestFor(set.language);
    const pack = {
      languages: engine.manifest.languages,
      words: new RegExp(words.pattern, words.flags),
    };
    const result = await measureSet(set, engine, pack);
    results.push(result);
    const { seconds, strict, sentences } = result;
    console.error(
      `${set.name}: ${(100 * strict.f1).toFixed(1)} (${sentences} sentences, ${seconds.toFixed(0)} s)`,
    );
  }
  const requirements = checkRequirements(results);
  console.log(`${formatResults(results)}\n\n${legend}\n`);
  if (results.some(({ sentences, size }) => sentences < size)) {
    console.log(`Of larger sets the first ${options.limit} sentences were measured (--limit).\n`);
  }
  console.log(formatRequirements(requirements));
  if (options.json !== undefined) {
    const report = {
      pack: { name, version, precision },
      limit: options.limit,
      results,
      requirements,
    };
    await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  await engine.dispose();
  process.exitCode = requirements.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

async function* readSets(): AsyncGenerator<GoldSet> {
  const wanted = (set: string) =>
    options.only.length === 0 || options.only.some((part) => set.includes(part));
  const files = new Map<string, string>();
  for (const folder of [path.join(root, 'training/corpus/dev'), ...options.data]) {
    for (const file of await listSetFiles(folder)) files.set(nameOfSet(file), file);
  }
  if (wanted('sample')) {
    yield readDocument('sample', path.join(root, 'media/samples/expedition.jsonl'));
  }
  for (const [set, file] of files) if (wanted(set)) yield readSet(file, options.limit);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string', multiple: true, default: [] },
        only: { type: 'string', multiple: true, default: [] },
        limit: { type: 'string', default: '1000' },
        model: { type: 'string', default: path.join(root, 'models') },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const limit = Number(values.limit);
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new Error('--limit needs a number above 0.');
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return { ...values, limit };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
