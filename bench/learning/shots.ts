import type { PassageData } from '../../src/core/formats/format';
import { randomNumbers, shuffle } from '../../src/core/random';

/** A set cut in halves: sentences to choose examples from, in random order, and those measured on. */
export interface Halves {
  readonly pool: readonly PassageData[];
  readonly test: readonly PassageData[];
}

/** Cuts a set by seed. */
export function halve(sentences: readonly PassageData[], seed: number): Halves {
  const shuffled = shuffle(sentences, randomNumbers(seed));
  const half = shuffled.length >> 1;
  return { pool: shuffled.slice(0, half), test: shuffled.slice(half) };
}

/**
 * Sentences of the pool, in its order, that together hold at least `k` entities of each type (all of
 * them, where there are fewer): rare types choose first, and what other types bring along counts.
 * Fewer shots are a part of more.
 */
export function chooseShots(pool: readonly PassageData[], k: number): PassageData[] {
  const chosen = new Set<PassageData>();
  const held = new Map<string, number>();
  const total = countTypes(pool);
  const types = [...total.keys()].sort(
    (a, b) => (total.get(a) ?? 0) - (total.get(b) ?? 0) || (a < b ? -1 : 1),
  );
  for (const type of types) {
    for (const sentence of pool) {
      if ((held.get(type) ?? 0) >= k) break;
      if (chosen.has(sentence) || !typesOf(sentence).includes(type)) continue;
      chosen.add(sentence);
      for (const own of typesOf(sentence)) held.set(own, (held.get(own) ?? 0) + 1);
    }
  }
  return pool.filter((sentence) => chosen.has(sentence));
}

function countTypes(sentences: readonly PassageData[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of sentences.flatMap(typesOf)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** The type of each entity of a sentence. */
export function typesOf({ entities }: PassageData): string[] {
  return entities.map(({ path }) => path.at(-1) ?? '');
}
