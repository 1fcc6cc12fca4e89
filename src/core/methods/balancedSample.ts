import { randomNumbers, shuffle } from '../random';

export interface BalancedSampleOptions {
  /** Samples wanted in all. */
  readonly size: number;
  readonly seed: number;
  /** Answers rarer than this have no share, so that one rare answer does not make the sample tiny; 1 when absent. */
  readonly least?: number;
}

/** How many samples each answer gets. */
export interface Quota {
  readonly perAnswer: number;
  /** Answers that have a share, with the number of samples that have them. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * The same number of samples per answer: min(size / number of distinct answers, count of the rarest),
 * DynamicNER's equation 8.
 */
export function quotaOf(
  answers: Iterable<readonly string[]>,
  { size, least = 1 }: Omit<BalancedSampleOptions, 'seed'>,
): Quota {
  const all = new Map<string, number>();
  for (const own of answers) {
    for (const answer of new Set(own)) all.set(answer, (all.get(answer) ?? 0) + 1);
  }
  const counts = new Map([...all].filter(([, count]) => count >= least));
  if (counts.size === 0) return { perAnswer: 0, counts };
  const rarest = [...counts.values()].reduce((a, b) => Math.min(a, b));
  return { perAnswer: Math.min(Math.floor(size / counts.size), rarest), counts };
}

/**
 * A sample in which every answer occurs as often as the quota says, or, where samples have several
 * answers, at least so often: rare answers choose first, and what they chose counts for the others.
 * @returns Numbers of the chosen samples, ascending.
 */
export function balancedSample(
  answers: readonly (readonly string[])[],
  options: BalancedSampleOptions,
): number[] {
  const { perAnswer, counts } = quotaOf(answers, options);
  const order = shuffle(
    answers.map((_, number) => number),
    randomNumbers(options.seed),
  );
  const withAnswer = new Map<string, number[]>();
  for (const number of order) {
    for (const answer of new Set(answers[number])) {
      const known = withAnswer.get(answer);
      if (known === undefined) withAnswer.set(answer, [number]);
      else known.push(number);
    }
  }
  const chosen = new Set<number>();
  for (const [answer] of [...counts].sort(([, a], [, b]) => a - b)) {
    const own = withAnswer.get(answer) ?? [];
    let missing = perAnswer - own.filter((number) => chosen.has(number)).length;
    for (const number of own) {
      if (missing <= 0) break;
      if (chosen.has(number)) continue;
      chosen.add(number);
      missing--;
    }
  }
  return [...chosen].sort((a, b) => a - b);
}
