import type { EncoderModel } from './encoderModel';
import { float16Table } from './float16';
import type { LabelPlan } from './labelPlan';
import { SPAN_PARTS } from './packSchema';
import { meanOf, wordsIn, type TextFeatures } from './textFeatures';

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
  const width = SPAN_PARTS.length * hidden;
  const rows = new Float32Array(spans.length * width);
  // Spans come unit by unit, so that each unit's words are widened once.
  let unit: TextFeatures | undefined;
  let words = new Float32Array(0);
  spans.forEach(({ features, first, last }, row) => {
    if (features !== unit) {
      unit = features;
      words = widen(features.words);
    }
    const from = row * width;
    const put = (word: number, part: number): void => {
      rows.set(words.subarray(word * hidden, (word + 1) * hidden), from + part * hidden);
    };
    put(first, 0);
    put(last, 1);
    if (first === last) put(first, 2);
    else rows.set(meanOf(words, first * hidden, last - first + 1, hidden), from + 2 * hidden);
    rows.set(features.mean, from + 3 * hidden);
    if (first > 0) put(first - 1, 4);
    if (last + 1 < wordsIn(features)) put(last + 1, 5);
  });
  return rows;
}

/** 16-bit floats, given as their bits, as 32-bit floats. */
function widen(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const values = float16Table();
  const wide = new Float32Array(bits.length);
  for (let at = 0; at < bits.length; at++) wide[at] = values[bits[at] as number] as number;
  return wide;
}
