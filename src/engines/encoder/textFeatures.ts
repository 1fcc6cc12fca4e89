/**
 * What the text encoder says of a unit, once and for all label lists; 16-bit floats are kept as
 * their bits, whether the features come from the cache or not.
 */
export interface TextFeatures {
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

/** What features take in memory. */
export function bytesOf({ bounds, finding, words, mean }: TextFeatures): number {
  return bounds.byteLength + finding.byteLength + words.byteLength + mean.byteLength;
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
