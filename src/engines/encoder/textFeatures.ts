/**
 * What the text encoder says of a unit, once and for all label lists; 16-bit floats are kept as
 * their bits, whether the features come from the cache or not.
 */
export interface TextFeatures {
  /** The unit's text. */
  readonly text: string;
  /** UTF-16 offsets of the words in the unit's text: start, end, start, end, … */
  readonly bounds: Int32Array;
  /** [words, 3, D]: start, inside and end vectors. */
  readonly finding: Uint16Array;
  /** [words, hidden] */
  readonly words: Uint16Array;
  /** [hidden]: mean of the word vectors. */
  readonly mean: Float32Array;
}

/** Number of words of a unit. */
export function wordsIn(features: TextFeatures): number {
  return features.bounds.length >> 1;
}

/** The text of the words from `first` to `last`. */
export function textOf({ text, bounds }: TextFeatures, first: number, last: number): string {
  return text.slice(bounds[2 * first], bounds[2 * last + 1]);
}

/** What features take in memory. */
export function bytesOf({ text, bounds, finding, words, mean }: TextFeatures): number {
  const numbers = [bounds, finding, words, mean].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
  return 2 * text.length + numbers;
}

/** Mean of the first `count` of the vectors [count, width] that begin at `from`. */
export function meanOf(
  vectors: Float32Array,
  from: number,
  count: number,
  width: number,
): Float32Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < width; column++) {
      (sums[column] as number) += vectors[from + row * width + column] as number;
    }
  }
  const mean = new Float32Array(width);
  // Not Float32Array.from, which takes ten times as long.
  for (let column = 0; column < width; column++) mean[column] = (sums[column] as number) / count;
  return mean;
}
