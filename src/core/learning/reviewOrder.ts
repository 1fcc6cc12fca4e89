import type { TypePath } from '../entity/entity';
import { foldName, foldPath } from '../labels/names';

/** A suggestion, with what says how much its review would teach. */
export interface ReviewItem {
  readonly id: string;
  readonly mention: string;
  readonly path: TypePath;
  /** Probability that it is an entity of its type, in 0..1. */
  readonly score: number;
  /** Probability of its type less that of the next best, in 0..1; undefined where nobody knows. */
  readonly margin: number | undefined;
  /** How far pack and adapters are apart, in 0..1. */
  readonly disagreement: number;
}

/** A suggestion with what its review would teach, 0 to 1. */
export interface RankedItem extends ReviewItem {
  readonly information: number;
}

/** What an item is worth beside one that is like it. */
const AGAIN = { mention: 0.2, type: 0.7 };

/**
 * The suggestions in the order in which reviewing them teaches most: unsure ones first (a score near the
 * threshold, a type hardly better than the next, pack and adapters of different opinion), but what is like
 * one before it (the same words, the same type) waits. Ties keep their order.
 * @param threshold What scores are compared with, in 0..1.
 * @param most How many are wanted, the first ones.
 */
export function reviewOrder(
  items: readonly ReviewItem[],
  threshold: number,
  most = items.length,
): RankedItem[] {
  const left = items.map((item) => ({
    item,
    information: informationOf(item, threshold),
    mention: foldName(item.mention),
    type: foldPath(item.path),
  }));
  const mentions = new Map<string, number>();
  const types = new Map<string, number>();
  const ordered: RankedItem[] = [];
  while (left.length > 0 && ordered.length < most) {
    let best = 0;
    let greatest = -1;
    left.forEach(({ information, mention, type }, at) => {
      const times = [mentions.get(mention) ?? 0, types.get(type) ?? 0] as const;
      const worth = information * AGAIN.mention ** times[0] * AGAIN.type ** times[1];
      if (worth <= greatest) return;
      greatest = worth;
      best = at;
    });
    const [chosen] = left.splice(best, 1);
    if (chosen === undefined) break;
    ordered.push({ ...chosen.item, information: chosen.information });
    count(mentions, chosen.mention);
    count(types, chosen.type);
  }
  return ordered;
}

/** The largest of three doubts: about the entity, about its type, between pack and adapters. */
export function informationOf(
  { score, margin, disagreement }: Omit<ReviewItem, 'id' | 'mention' | 'path'>,
  threshold: number,
): number {
  const distance = Math.abs(score - threshold) / Math.max(threshold, 1 - threshold);
  return Math.max(1 - Math.min(1, distance), 1 - (margin ?? 1), disagreement);
}

/** Half the sum of the differences of two rankings' probabilities: 0 for the same, 1 for others altogether. */
export function disagreementOf(
  one: readonly { readonly path: TypePath; readonly score: number }[],
  other: readonly { readonly path: TypePath; readonly score: number }[],
): number {
  const scores = new Map(one.map(({ path, score }) => [foldPath(path), score]));
  let sum = 0;
  for (const { path, score } of other) {
    sum += Math.abs(score - (scores.get(foldPath(path)) ?? 0));
    scores.delete(foldPath(path));
  }
  for (const score of scores.values()) sum += score;
  return Math.min(1, sum / 2);
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
