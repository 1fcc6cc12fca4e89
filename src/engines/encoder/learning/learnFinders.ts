import { setImmediate as takeTurn } from 'node:timers/promises';
import { logitOf, WORD_SCORES } from '../../../core/decoding/logits';
import type { LabelFinder } from '../../../core/learning/adapterSet';
import { NO_LABEL, type SpanExamples } from '../../../core/learning/examples';
import { squaresOf } from '../../../core/learning/rows';
import { trainFinders, type TrainedFinder } from '../../../core/learning/trainFinders';
import type { EncoderModel } from '../encoderModel';
import { float16Table } from '../float16';
import type { LabelPlan } from '../labelPlan';
import { wordsIn, type TextFeatures } from '../textFeatures';
import type { DecidedSpan, Decisions } from './annotatedSpans';
import { findingVector } from './labelFinders';

/** A unit that a human decided on, with its features. */
export interface TaughtUnit {
  readonly features: TextFeatures;
  readonly decisions: Decisions;
}

/**
 * What finding vectors are multiplied with: learning treats a feature's size as its weight. Found on
 * development sets.
 */
const SIZE = 3;

/** A word of a unit, which is named by its place. */
interface TaughtWord {
  readonly unit: number;
  readonly word: number;
  readonly labels: readonly number[];
}

/**
 * What is learned of the words of leaves, so that spans are found which the pack never proposes; for
 * each leaf, undefined where there is nothing to learn from.
 */
export async function learnFinders(
  model: EncoderModel,
  plan: LabelPlan,
  units: readonly TaughtUnit[],
  leaves: readonly number[],
): Promise<(LabelFinder | undefined)[]> {
  const { dimensions, bias } = model.manifest.finding;
  const bases = leaves.map((leaf) => findingVector(plan, leaf, dimensions));
  const products = await compare(model, units, bases, dimensions);
  const words = taughtWords(units, leaves);
  const examples = bias.map((shift, role) =>
    examplesOf(role, shift, { units, words, products, dimensions, labels: leaves.length }),
  );
  const found = leaves.map((): LabelFinder | undefined => undefined);
  for (const finder of trainFinders(examples, logitOf(model.manifest.candidates.threshold))) {
    found[finder.label] = fold(finder, bases[finder.label] as Float32Array, bias);
    await takeTurn();
  }
  return found;
}

/** What a finder adds to the vector and the biases of its label. */
function fold(
  { roles }: TrainedFinder,
  base: Float32Array,
  biases: readonly number[],
): LabelFinder {
  return {
    weights: roles.flatMap(({ weights, scale }) =>
      Array.from(weights, (weight, at) => SIZE * weight + scale * (base[at] as number)),
    ),
    biases: roles.map(({ bias, scale }, role) => bias + scale * (biases[role] as number)),
  };
}

/** For each unit [words, 3, labels]: products of its finding vectors with those of the labels. */
async function compare(
  model: EncoderModel,
  units: readonly TaughtUnit[],
  bases: readonly Float32Array[],
  dimensions: number,
): Promise<Float32Array[]> {
  const labels = new Float32Array(bases.length * dimensions);
  bases.forEach((base, at) => labels.set(base, at * dimensions));
  const products: Float32Array[] = [];
  for (const { features } of units) {
    products.push(await model.match(features.finding, labels, dimensions));
  }
  return products;
}

/** The words of units that teach, each with the labels of its role in the spans that hold it. */
function taughtWords(units: readonly TaughtUnit[], leaves: readonly number[]): TaughtWord[][] {
  const labelOf = new Map(leaves.map((leaf, label) => [leaf, label]));
  return Array.from({ length: WORD_SCORES }, (_, role) =>
    units.flatMap(({ features, decisions: { spans, isOpen } }, unit) => {
      const taught: TaughtWord[] = [];
      for (let word = 0; word < wordsIn(features); word++) {
        const own = spans.filter((span) => span.leaf !== NO_LABEL && hasRole(span, role, word));
        if (own.length === 0 && isOpen(word, word)) continue;
        taught.push({ unit, word, labels: own.map(({ leaf }) => labelOf.get(leaf) ?? NO_LABEL) });
      }
      return taught;
    }),
  );
}

function hasRole({ first, last }: DecidedSpan, role: number, word: number): boolean {
  if (role === 0) return word === first;
  if (role === WORD_SCORES - 1) return word === last;
  return word >= first && word <= last;
}

interface WordRows {
  readonly units: readonly TaughtUnit[];
  readonly words: readonly (readonly TaughtWord[])[];
  readonly products: readonly Float32Array[];
  readonly dimensions: number;
  readonly labels: number;
}

/** The words as examples of one role. */
function examplesOf(
  role: number,
  bias: number,
  { units, words, products, dimensions, labels }: WordRows,
): SpanExamples {
  const rows = words[role] ?? [];
  const features = new Float32Array(rows.length * dimensions);
  const logits = new Float32Array(rows.length * labels);
  const values = float16Table();
  rows.forEach(({ unit, word }, row) => {
    const { finding } = (units[unit] as TaughtUnit).features;
    const place = WORD_SCORES * word + role;
    for (let at = 0; at < dimensions; at++) {
      const value = values[finding[place * dimensions + at] as number] as number;
      features[row * dimensions + at] = SIZE * value;
    }
    const own = (products[unit] as Float32Array).subarray(place * labels, (place + 1) * labels);
    own.forEach((product, label) => (logits[row * labels + label] = product + bias));
  });
  return {
    width: dimensions,
    features,
    squares: squaresOf(features, dimensions),
    labelCount: labels,
    logits,
    // Of spans within spans of other labels, a word teaches the one that was marked first.
    labels: Int32Array.from(rows, (word) => word.labels[0] ?? NO_LABEL),
    rejected: new Int32Array(rows.length).fill(NO_LABEL),
    groups: Int32Array.from(rows, ({ unit }) => unit),
  };
}
