/**
 * Probabilities as logits, log(p / (1 − p)). Features of scores are cut to those of 1e-6 and 1 − 1e-6,
 * as in training: what lies beyond says no more.
 */

/** Scores of a word: that a span starts at it, that it lies inside one, that one ends at it. */
export const WORD_SCORES = 3;

const LEAST = 1e-6;
const LIMIT = logitOf(1 - LEAST);

/** 1 / (1 + e^-x), without overflow for any x. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** The logit of a probability; infinite for 0 and 1. */
export function logitOf(p: number): number {
  return Math.log(p / (1 - p));
}

/** A logit, cut. */
export function cutLogit(logit: number): number {
  return Math.max(-LIMIT, Math.min(LIMIT, logit));
}

/** The logit of a probability given as its logarithm; at most that of 1 − 1e-6. */
export function logOdds(logProbability: number): number {
  return logProbability - Math.log(-Math.expm1(Math.min(logProbability, -LEAST)));
}

/** Log of the sum of the exponentials of some values; −∞ for none. */
export function logSum(values: ArrayLike<number>): number {
  let most = -Infinity;
  for (let at = 0; at < values.length; at++) most = Math.max(most, values[at] as number);
  if (most === -Infinity) return most;
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += Math.exp((values[at] as number) - most);
  return most + Math.log(sum);
}

/**
 * Logits [W,3] of a word's scores against any of the labels `from` to `to` (exclusive): `products`
 * [W,3,L] are the dot products of its start, inside and end vectors with all L labels, `bias` [3] is
 * added. `any` is the noisy-or, 1 − Π(1 − p), `best` the largest.
 */
export function joinLabels(
  products: Float32Array,
  labels: number,
  { from, to, how }: { readonly from: number; readonly to: number; readonly how: 'any' | 'best' },
  bias: readonly number[],
): Float64Array {
  const rows = labels === 0 ? 0 : products.length / labels;
  const joined = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const shift = bias[row % WORD_SCORES] ?? 0;
    const first = row * labels + from;
    const end = row * labels + to;
    joined[row] = how === 'best' ? largest(products, first, end) + shift : 0;
    if (how === 'any') joined[row] = noisyOr(products, first, end, shift);
  }
  return joined;
}

function largest(values: Float32Array, from: number, to: number): number {
  let best = -Infinity;
  for (let at = from; at < to; at++) {
    // Not Math.max, which takes three times as long.
    const value = values[at] as number;
    if (value > best) best = value;
  }
  return best;
}

/** 1 − sigmoid(x) = sigmoid(−x). */
function noisyOr(values: Float32Array, from: number, to: number, shift: number): number {
  let none = 1;
  for (let at = from; at < to; at++) none *= sigmoid(-((values[at] as number) + shift));
  return Math.log((1 - none) / none);
}
