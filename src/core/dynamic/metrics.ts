import type { Branches } from './branches';

/** How diverse answers are; all in 0..1 but the variation. */
export interface DiversityMetrics {
  /** Share of unordered pairs of answers that lie in the same branch of the hierarchy. */
  readonly cohesion: number;
  /** Entropy of the answers' frequencies over that of equal frequencies. */
  readonly entropy: number;
  /** Gini coefficient of the answers' counts: 0 where all are as frequent. */
  readonly gini: number;
  /** Coefficient of variation of the counts: population standard deviation over mean. */
  readonly variation: number;
}

/** How often each answer is given. */
export type AnswerCounts = ReadonlyMap<string, number>;

export function countAnswers(answers: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return counts;
}

/**
 * The four metrics of DynamicNER, as its program works them out, from counts: its cohesion compares
 * every answer with every other, this one every different answer. All are 0 without answers.
 */
export function measureDiversity(counts: AnswerCounts, branches: Branches): DiversityMetrics {
  const values = [...counts.values()];
  return {
    cohesion: cohesionOf(counts, branches),
    entropy: normalizedEntropy(values),
    gini: giniOf(values),
    variation: variationOf(values),
  };
}

/**
 * What round 4 goes by: 0.4·cohesion + 0.3·entropy + 0.2·(1 − Gini) + 0.1·(2.5 − variation)/2.5, the
 * variation cut at 2.5.
 */
export function healthOf({ cohesion, entropy, gini, variation }: DiversityMetrics): number {
  const even = (2.5 - Math.min(variation, 2.5)) / 2.5;
  return 0.4 * cohesion + 0.3 * entropy + 0.2 * (1 - gini) + 0.1 * even;
}

/** Share of pairs in one branch; equal answers are a pair too, where they lie in a branch. */
function cohesionOf(counts: AnswerCounts, branches: Branches): number {
  const entries = [...counts];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  let together = 0;
  entries.forEach(([answer, count], at) => {
    if (branches.share(answer, answer)) together += (count * (count - 1)) / 2;
    for (let other = at + 1; other < entries.length; other++) {
      const [otherAnswer, otherCount] = entries[other] as [string, number];
      if (branches.share(answer, otherAnswer)) together += count * otherCount;
    }
  });
  const pairs = (total * (total - 1)) / 2;
  return pairs === 0 ? 0 : together / pairs;
}

/** In bits, over log2 of the number of different answers; 0 where there is one. */
function normalizedEntropy(counts: readonly number[]): number {
  if (counts.length < 2) return 0;
  const total = sumOf(counts);
  const bits = counts.reduce((sum, count) => {
    const share = count / total;
    return sum - share * Math.log2(share);
  }, 0);
  return bits / Math.log2(counts.length);
}

/** (n + 1 − 2·ΣC_i / C_n) / n, with C_i the cumulative sums of the ascending counts. */
function giniOf(counts: readonly number[]): number {
  const ascending = [...counts].sort((a, b) => a - b);
  const n = ascending.length;
  if (n === 0) return 0;
  let cumulative = 0;
  let sums = 0;
  for (const count of ascending) {
    cumulative += count;
    sums += cumulative;
  }
  return (n + 1 - (2 * sums) / cumulative) / n;
}

function variationOf(counts: readonly number[]): number {
  if (counts.length === 0) return 0;
  const mean = sumOf(counts) / counts.length;
  const variance = sumOf(counts.map((count) => (count - mean) ** 2)) / counts.length;
  return Math.sqrt(variance) / mean;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
