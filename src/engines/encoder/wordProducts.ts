import { WORD_SCORES } from '../../core/decoding/logits';
import type { EncoderModel } from './encoderModel';
import { columnChange, labelVectors, moveColumns } from './labelColumns';
import type { LabelPlan } from './labelPlan';
import type { SpanMemory } from './spanMemory';
import { wordsIn, type TextFeatures } from './textFeatures';

// Scores that one product may have: 4 bytes each.
const MOST_SCORES = 4_000_000;

/**
 * The dot products [words, 3, finders] of each unit's words with the plan's finders. Words that `memory`
 * knows are compared with what is new among the finders alone.
 */
export async function compareWords(
  model: EncoderModel,
  plan: LabelPlan,
  features: readonly TextFeatures[],
  memory: SpanMemory | undefined,
): Promise<Map<TextFeatures, Float32Array>> {
  const { finderTexts: texts } = plan;
  const { dimensions } = model.manifest.finding;
  const products = new Map<TextFeatures, Float32Array>();
  /** Units whose words are to be compared with the same finders. */
  const tasks = new Map<string, { missing: readonly number[]; units: TextFeatures[] }>();
  const whole = [...texts.keys()];
  for (const unit of new Set(features)) {
    const known = memory?.words(unit);
    const change = known === undefined ? 'all' : columnChange(known.texts, texts);
    if (known !== undefined && change === 'none') {
      products.set(unit, known.products);
      continue;
    }
    const { missing } = typeof change === 'string' ? { missing: whole } : change;
    const key = missing.join(' ');
    const task = tasks.get(key);
    if (task === undefined) tasks.set(key, { missing, units: [unit] });
    else task.units.push(unit);
    if (known !== undefined && typeof change !== 'string') {
      products.set(unit, moveColumns(known.products, known.texts.length, change));
    }
  }
  for (const { missing, units } of tasks.values()) {
    if (missing.length > 0) {
      const finders = labelVectors(plan.finding, missing, dimensions);
      for await (const [unit, found] of compareAll(model, finders, missing.length, units)) {
        const own = products.get(unit);
        if (own === undefined) products.set(unit, found);
        else setColumns(own, texts.length, found, missing);
      }
    }
    for (const unit of units) {
      memory?.putWords(unit, { texts, products: products.get(unit) ?? new Float32Array(0) });
    }
  }
  return products;
}

/** The dot products [words, 3, finders] of units with finders, as many words at once as memory allows. */
async function* compareAll(
  model: EncoderModel,
  finders: Float32Array,
  count: number,
  units: readonly TextFeatures[],
): AsyncGenerator<[TextFeatures, Float32Array], void, undefined> {
  const { dimensions } = model.manifest.finding;
  const mostWords = Math.max(1, Math.floor(MOST_SCORES / (WORD_SCORES * Math.max(1, count))));
  for (const chunk of chunkByWords(units, mostWords)) {
    const vectors = concat(chunk.map(({ finding }) => finding));
    const all = await model.match(vectors, finders, dimensions);
    let at = 0;
    for (const unit of chunk) {
      const length = WORD_SCORES * wordsIn(unit) * count;
      // A copy: a view would keep those of all units in memory.
      yield [unit, all.slice(at, at + length)];
      at += length;
    }
  }
}

/** Puts columns [rows, columns] into rows of `width` numbers. */
function setColumns(
  rows: Float32Array,
  width: number,
  values: Float32Array,
  columns: readonly number[],
): void {
  const count = width === 0 ? 0 : rows.length / width;
  for (let row = 0; row < count; row++) {
    columns.forEach((column, at) => {
      rows[row * width + column] = values[row * columns.length + at] as number;
    });
  }
}

/** The features, cut where more than `most` words would come together. */
function chunkByWords(features: readonly TextFeatures[], most: number): TextFeatures[][] {
  const chunks: TextFeatures[][] = [];
  let chunk: TextFeatures[] = [];
  let words = 0;
  for (const unit of features) {
    if (chunk.length > 0 && words + wordsIn(unit) > most) {
      chunks.push(chunk);
      chunk = [];
      words = 0;
    }
    chunk.push(unit);
    words += wordsIn(unit);
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}

function concat(parts: readonly Uint16Array[]): Uint16Array {
  const all = new Uint16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
