import { randomNumbers } from '../random';
import { addCounts, noCounts, scoresOf, type Counts } from './counts';

/** An interval of F1, ends in 0..1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % percentile interval of micro F1 over resamples of the passages (Efron's bootstrap). The
 * same seed gives the same interval everywhere.
 * @param perPassage Counts of each passage, as the scorers return them.
 * @param seed Any whole number.
 */
export function bootstrapInterval(
  perPassage: readonly Counts[],
  seed: number,
  resamples = 1000,
): Interval {
  if (perPassage.length === 0) return { low: 0, high: 0 };
  const next = randomNumbers(seed);
  const values = Array.from({ length: resamples }, () => {
    let sum = noCounts;
    for (let i = 0; i < perPassage.length; i++) {
      sum = addCounts(sum, perPassage[Math.floor(next() * perPassage.length)] ?? noCounts);
    }
    return scoresOf(sum).f1;
  }).sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (resamples - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}
