/** How the scores of several labels become one: probability of any of them, or of the best. */
export type LabelJoin = 'noisy-or' | 'max';

/** Scores of a word: that a span starts at it, that it lies inside one, that one ends at it. */
export const WORD_SCORES = 3;

/**
 * Joins finding logits over labels: `logits` [W,3,L] (start, inside, end of every word against every
 * label) → probabilities [W,3] that a span of any label starts at, holds, or ends at the word.
 * `bias` [3] is added to the logits. Without labels every probability is 0.
 */
export function joinLabels(
  logits: Float32Array,
  labels: number,
  bias: readonly number[],
  how: LabelJoin,
): Float32Array {
  if (labels === 0) return new Float32Array(0);
  const rows = logits.length / labels;
  const joined = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * labels;
    const shift = bias[row % WORD_SCORES] ?? 0;
    joined[row] =
      how === 'max'
        ? sigmoid(largest(logits, from, from + labels) + shift)
        : noisyOr(logits, from, from + labels, shift);
  }
  return joined;
}

/** 1 / (1 + e^-x), without overflow for any x. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
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

/** 1 − Π(1 − p), where 1 − sigmoid(x) = sigmoid(−x). */
function noisyOr(logits: Float32Array, from: number, to: number, shift: number): number {
  let none = 1;
  for (let at = from; at < to; at++) none *= sigmoid(-((logits[at] as number) + shift));
  return 1 - none;
}
