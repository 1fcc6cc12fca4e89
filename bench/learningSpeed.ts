import path from 'node:path';
import type { PassageData } from '../src/core/formats/format';
import { LabelList } from '../src/core/labels/labelList';
import { EncoderEngine } from '../src/engines/encoder/encoderEngine';
import type { AnnotatedPassage, Engine, LearnOptions } from '../src/engines/engine';
import { typesOf } from './learning/shots';
import { readSet } from './quality/goldSets';

// Prints how long learning 25 labels from 1,000 examples takes, in the process that the encoder runs
// in: from texts that were read before, as in the editor, and from texts that were not, with the
// estimate of each label and without. Run with `npx tsx bench/learningSpeed.ts`.

const LABELS = 25;
const EXAMPLES = 1000;
const ROUNDS = 5;

const root = path.resolve(__dirname, '..');

void main();

async function main(): Promise<void> {
  const file = path.join(root, 'training/corpus/train/dynamicner-written-en.jsonl.gz');
  const { sentences } = await readSet(file, 3000);
  const names = mostFrequent(sentences.flatMap(typesOf));
  const passages = choose(sentences, new Set(names));
  const labels = LabelList.flat(names.map((name) => ({ name }))).toSpec();
  const engine = await EncoderEngine.load(path.join(root, 'models/dynamicner-en-small'));
  const count = passages.reduce((sum, { entities }) => sum + entities.length, 0);
  console.log(
    `${engine.model} ${engine.manifest.version}, ${engine.runtime} runtime: ${count} examples of ` +
      `${names.length} labels in ${passages.length} sentences`,
  );
  const unread = await time(engine, passages, { labels });
  console.log(line('texts not read before', unread));
  const read = await rounds(() => time(engine, passages, { labels }));
  console.log(line(`texts read before, median of ${ROUNDS}`, read));
  console.log(
    line('the same with estimates', await time(engine, passages, { labels, estimates: true })),
  );
  await engine.dispose();
}

/** Seconds of the clock, and of all processors together. */
interface Taken {
  readonly clock: number;
  readonly processors: number;
}

async function time(
  engine: Engine,
  passages: readonly AnnotatedPassage[],
  options: LearnOptions,
): Promise<Taken> {
  const began = performance.now();
  const before = process.cpuUsage();
  await engine.learn?.(passages, options);
  const { user, system } = process.cpuUsage(before);
  return { clock: (performance.now() - began) / 1000, processors: (user + system) / 1e6 };
}

/** The round in the middle by the clock. */
async function rounds(run: () => Promise<Taken>): Promise<Taken> {
  const taken: Taken[] = [];
  while (taken.length < ROUNDS) taken.push(await run());
  taken.sort((a, b) => a.clock - b.clock);
  return taken[ROUNDS >> 1] as Taken;
}

function line(what: string, { clock, processors }: Taken): string {
  return `${what.padEnd(34)}${clock.toFixed(2).padStart(7)} s   (processors ${processors.toFixed(2)} s)`;
}

function mostFrequent(types: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  const names = [...counts.keys()];
  names.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  return names.slice(0, LABELS);
}

/** The first sentences that hold so many entities of the labels; others are left out of them. */
function choose(sentences: readonly PassageData[], names: ReadonlySet<string>): AnnotatedPassage[] {
  const chosen: AnnotatedPassage[] = [];
  let count = 0;
  for (const { text, lang, entities } of sentences) {
    const own = entities
      .filter(({ path: types }) => names.has(types.at(-1) ?? ''))
      .map((entity) => ({
        ...entity,
        path: [entity.path.at(-1) ?? ''],
        state: 'accepted' as const,
      }));
    if (own.length === 0) continue;
    if (count >= EXAMPLES) break;
    count += own.length;
    const language = lang === undefined ? {} : { lang };
    chosen.push({ id: String(chosen.length), text, ...language, entities: own, complete: true });
  }
  return chosen;
}
