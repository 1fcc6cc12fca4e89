import type { Entity } from '../entity/entity';
import { foldName } from '../labels/names';
import { pathAtLevel } from '../labels/taxonomy';
import type { Range } from '../text/range';
import { splitWords } from '../text/words';
import { addCounts, noCounts, scoresOf, type Counts, type TypeScores } from './counts';

/** What scores are told apart by. */
export type ScoreGroup = 'type' | 'length' | 'frequency';

/** The type as it is compared and reported, at a level (0 = top) or the whole path. */
export function typeOf({ path }: Pick<Entity, 'path'>, level?: number): string {
  return (level === undefined ? path : pathAtLevel(path, level)).map(foldName).join(' › ');
}

const lengths: readonly (readonly [most: number, name: string])[] = [
  [1, '1 word'],
  [2, '2 words'],
  [3, '3 words'],
  [5, '4–5 words'],
  [Infinity, '6+ words'],
];

/** The group of a mention by its number of words. */
export function lengthGroupOf({ start, end }: Range, text: string): string {
  const words = splitWords(text, { start, end }).length;
  return lengths.find(([most]) => words <= most)?.[1] ?? '';
}

/** The order in which groups of lengths are reported. */
export const lengthGroups: readonly string[] = lengths.map(([, name]) => name);

const frequencies: readonly (readonly [most: number, name: string])[] = [
  [0, 'not in the gold'],
  [9, 'types with 1–9'],
  [99, 'types with 10–99'],
  [Infinity, 'types with 100+'],
];

/** Counts by type put together by how often the type occurs in the gold. */
export function groupByFrequency(
  byType: ReadonlyMap<string, Counts>,
): Readonly<Record<string, TypeScores>> {
  const groups = frequencies.map(([most, name], at) => {
    const least = (frequencies[at - 1]?.[0] ?? -1) + 1;
    const own = [...byType.values()].filter(({ gold }) => gold >= least && gold <= most);
    const counts = own.reduce(addCounts, noCounts);
    return [name, { ...scoresOf(counts), support: counts.gold }, own.length] as const;
  });
  return Object.fromEntries(
    groups.flatMap(([name, scores, types]) => (types === 0 ? [] : [[name, scores]])),
  );
}
