import { NearDuplicates } from './nearDuplicates';

/**
 * Groups texts so that near duplicates, also by way of others, are together.
 * @returns For each text the number of its group's first text.
 */
export function groupNearDuplicates(texts: Iterable<string>, least?: number): number[] {
  const duplicates = new NearDuplicates(least);
  const groups: number[] = [];
  let number = 0;
  for (const text of texts) {
    const like = duplicates.add(number, text);
    groups.push(like === undefined ? number : (groups[like.of] ?? like.of));
    number++;
  }
  return groups;
}
