import type { Range } from '../text/range';

/**
 * Pairs gold spans with predicted ones that they overlap, each with one at most: exact spans first,
 * then by the characters that they share.
 * @param mayMatch Says whether two that overlap may be a pair.
 */
export function matchOverlapping<T extends Range>(
  gold: readonly T[],
  predicted: readonly T[],
  mayMatch: (gold: T, predicted: T) => boolean,
): Map<T, T> {
  const pairs = gold.flatMap((one) =>
    predicted.flatMap((other) => {
      const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
      if (shared <= 0 || !mayMatch(one, other)) return [];
      const isExact = one.start === other.start && one.end === other.end;
      return [{ one, other, weight: isExact ? Infinity : shared }];
    }),
  );
  pairs.sort((a, b) => (a.weight === b.weight ? 0 : b.weight - a.weight));
  const matches = new Map<T, T>();
  const taken = new Set<T>();
  for (const { one, other } of pairs) {
    if (matches.has(one) || taken.has(other)) continue;
    matches.set(one, other);
    taken.add(other);
  }
  return matches;
}
