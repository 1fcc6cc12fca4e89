import { scoreLeaves, type LeafScores } from '../../core/decoding/types';
import type { EncoderModel } from './encoderModel';
import { float16Table } from './float16';
import type { LabelPlan } from './labelPlan';
import { spanFeatures } from './learning/spanFeatures';
import { SPAN_PARTS } from './packSchema';
import { wordsIn, type TextFeatures } from './textFeatures';

/** A span to be typed: word indices in its unit, last word inclusive. */
export interface PlacedSpan {
  readonly features: TextFeatures;
  readonly first: number;
  readonly last: number;
}

const SPANS_AT_ONCE = 512;
// Scores that one product may have: 4 bytes each.
const MOST_SCORES = 4_000_000;

/** What typing says of a span, and what was learned adds to it. */
export interface SpanTypes extends LeafScores {
  /** For each learned label, what the span's features add to its logit; absent where none was learned. */
  readonly shifts?: Float32Array;
}

/** Spans as the typing graph sees them. */
export interface SpanVectors {
  readonly count: number;
  /** [count, D2] */
  readonly vectors: Float32Array;
  /** [count]: logits of "none". */
  readonly none: Float32Array;
  /** [count, width]: what labels are learned over; see {@link spanFeatures}. */
  readonly features: () => Float32Array;
}

/** The types of each span, among those of the plan and "none". */
export async function typeSpans(
  model: EncoderModel,
  plan: LabelPlan,
  spans: readonly PlacedSpan[],
): Promise<SpanTypes[]> {
  const scores: SpanTypes[] = [];
  for await (const some of encodeInParts(model, plan, spans))
    scores.push(...(await typeSome(model, plan, some)));
  return scores;
}

/** The vectors of spans, so many at once that comparing them with the plan's labels takes little memory. */
export async function* encodeInParts(
  model: EncoderModel,
  { types }: LabelPlan,
  spans: readonly PlacedSpan[],
): AsyncGenerator<SpanVectors, void, undefined> {
  const atOnce = Math.max(1, Math.min(SPANS_AT_ONCE, Math.floor(MOST_SCORES / types)));
  for (let from = 0; from < spans.length; from += atOnce) {
    const some = spans.slice(from, from + atOnce);
    const laid = layOutSpans(some, model.hidden);
    const { vectors, none } = await model.encodeSpans(laid, some.length);
    const features = () => spanFeatures(vectors, laid, some.length, model.hidden);
    yield { count: some.length, vectors, none, features };
  }
}

/** The types of some spans. */
export async function typeSome(
  model: EncoderModel,
  { types, temperature, layout, typing, adapters }: LabelPlan,
  { count, vectors, none, features }: SpanVectors,
): Promise<SpanTypes[]> {
  const logits = await model.match(vectors, typing, model.manifest.typing.dimensions);
  const learned = adapters?.biases.length ?? 0;
  const shifts =
    adapters === undefined
      ? undefined
      : await model.match(features(), adapters.weights, adapters.width);
  return Array.from({ length: count }, (_, row) => {
    const own = logits.subarray(row * types, (row + 1) * types);
    const scores = scoreLeaves(layout.leaves.length, own, none[row] as number, temperature);
    return shifts === undefined
      ? scores
      : Object.assign(scores, { shifts: shifts.subarray(row * learned, (row + 1) * learned) });
  });
}

/**
 * What the typing graph reads, [spans, 6·hidden]: vector of the first word, of the last word, mean
 * over the span, mean over the unit, word left of the span, word right of it; zeros where there is none.
 */
export function layOutSpans(spans: readonly PlacedSpan[], hidden: number): Float32Array {
  const values = float16Table();
  const width = SPAN_PARTS.length * hidden;
  const rows = new Float32Array(spans.length * width);
  spans.forEach(({ features, first, last }, row) => {
    const { words, mean } = features;
    const copyWord = (word: number, part: number): void => {
      const target = row * width + part * hidden;
      for (let at = 0; at < hidden; at++) {
        rows[target + at] = values[words[word * hidden + at] as number] as number;
      }
    };
    copyWord(first, 0);
    copyWord(last, 1);
    const middle = row * width + 2 * hidden;
    for (let at = 0; at < hidden; at++) {
      let sum = 0;
      for (let word = first; word <= last; word++) {
        sum += values[words[word * hidden + at] as number] as number;
      }
      rows[middle + at] = sum / (last - first + 1);
    }
    rows.set(mean, row * width + 3 * hidden);
    if (first > 0) copyWord(first - 1, 4);
    if (last + 1 < wordsIn(features)) copyWord(last + 1, 5);
  });
  return rows;
}
