import { shuffle } from '../random';

/** `count` of the items by chance, in the order in which they were drawn; all where there are fewer. */
export function pick<T>(items: readonly T[], count: number, next: () => number): T[] {
  return count <= 0 ? [] : shuffle(items, next).slice(0, count);
}

/** One of the items by chance; undefined where there is none. */
export function pickOne<T>(items: readonly T[], next: () => number): T | undefined {
  return items[Math.floor(next() * items.length)];
}

/** A position by chance, each with its weight; weights sum to 1. */
export function pickWeighted(weights: readonly number[], next: () => number): number {
  let left = next();
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}
