import type { EncoderModel } from './encoderModel';
import { float16Table } from './float16';
import type { LabelPlan } from './labelPlan';
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

/** Spans as the typing graph sees them. */
export interface SpanVectors {
  readonly count: number;
  /** [count, D2] */
  readonly vectors: Float32Array;
  /** [count]: logits of "none". */
  readonly none: Float32Array;
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
    yield { count: some.length, vectors, none };
  }
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
