/**
 * How long both halves of a span's features are. Learning treats a feature's size as its weight:
 * found on development sets.
 */
const LENGTH = 4;

/** Width of a span's features: typing vector and mean word vector, side by side. */
export function featureWidth(typing: number, hidden: number): number {
  return typing + hidden;
}

/**
 * What adapters are learned over, [spans, typing + hidden]: the span's typing vector, in which
 * the pack compares it with labels, and the mean of its word vectors, which knows more than the pack
 * was trained to tell; both brought to one length.
 * @param vectors [spans, typing]
 * @param laid [spans, parts·hidden]: what the typing graph reads; its third part is the mean.
 */
export function spanFeatures(
  vectors: Float32Array,
  laid: Float32Array,
  count: number,
  hidden: number,
): Float32Array {
  const typing = vectors.length / count;
  const parts = laid.length / count;
  const width = featureWidth(typing, hidden);
  const features = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray(row * typing, (row + 1) * typing);
    const mean = laid.subarray(row * parts + 2 * hidden, row * parts + 3 * hidden);
    copyAtLength(vector, features, row * width);
    copyAtLength(mean, features, row * width + typing);
  }
  return features;
}

function copyAtLength(from: Float32Array, to: Float32Array, start: number): void {
  let squares = 0;
  for (let at = 0; at < from.length; at++) squares += (from[at] as number) ** 2;
  const times = squares === 0 ? 0 : LENGTH / Math.sqrt(squares);
  for (let at = 0; at < from.length; at++) to[start + at] = times * (from[at] as number);
}
