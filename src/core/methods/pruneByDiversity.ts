import { randomNumbers, shuffle } from '../random';

/** What of a passage decides whether it stays. */
export interface PruneItem {
  /** Types of its entities. */
  readonly labels: readonly string[];
  /** The passage's vector; only its direction matters. */
  readonly vector: Float32Array;
}

export interface PruneOptions {
  /** Passages wanted for each type. */
  readonly perType: number;
  /** Passages without entities that are kept, chosen the same way; none when absent. */
  readonly withoutEntities?: number;
  readonly seed: number;
  /** Passages of a type that are looked at, drawn at random from more; 5,000 when absent. */
  readonly candidates?: number;
}

/**
 * Keeps up to k passages of every type, those that differ most in meaning, as B2NERD was pruned: rare
 * types choose first; a passage chosen for one type counts for its others; each next passage of a type
 * is the one whose cosine distance to the nearest chosen one of the type is the greatest.
 * Yields the number of types that are done, so that long work can be shown and stopped.
 * @returns Numbers of the kept passages, ascending.
 */
export function* pruneByDiversity(
  items: readonly PruneItem[],
  { perType, withoutEntities = 0, seed, candidates = 5000 }: PruneOptions,
): Generator<{ readonly done: number; readonly types: number }, number[]> {
  const next = randomNumbers(seed);
  const byType = new Map<string, number[]>();
  items.forEach(({ labels }, number) => {
    for (const label of labels.length === 0 ? [''] : new Set(labels)) {
      const known = byType.get(label);
      if (known === undefined) byType.set(label, [number]);
      else known.push(number);
    }
  });
  const units = items.map(({ vector }) => toUnit(vector));
  const kept = new Set<number>();
  let done = 0;
  for (const [label, members] of [...byType].sort(([, a], [, b]) => a.length - b.length)) {
    const wanted = label === '' ? withoutEntities : perType;
    const chosen = members.filter((number) => kept.has(number));
    const others = shuffle(
      members.filter((number) => !kept.has(number)),
      next,
    ).slice(0, candidates);
    for (const number of farthestFirst(others, chosen, wanted - chosen.length, units)) {
      kept.add(number);
    }
    yield { done: ++done, types: byType.size };
  }
  return [...kept].sort((a, b) => a - b);
}

/** The next `count` of `others`, each farthest from the nearest chosen before. */
function farthestFirst(
  others: readonly number[],
  chosen: readonly number[],
  count: number,
  units: readonly Float32Array[],
): number[] {
  if (count >= others.length) return [...others];
  const near = new Float64Array(others.length).fill(Infinity);
  const meet = (number: number) => {
    others.forEach((other, at) => {
      near[at] = Math.min(near[at] ?? Infinity, distance(units[number], units[other]));
    });
  };
  for (const number of chosen) meet(number);
  const found: number[] = [];
  while (found.length < count) {
    let best = 0;
    for (let at = 1; at < near.length; at++) if ((near[at] ?? 0) > (near[best] ?? 0)) best = at;
    const number = others[best] ?? 0;
    found.push(number);
    meet(number);
    near[best] = -Infinity;
  }
  return found;
}

/** Cosine distance of vectors of length 1, in 0..2. */
function distance(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (a === undefined || b === undefined) return 0;
  let product = 0;
  for (let at = 0; at < a.length; at++) product += (a[at] ?? 0) * (b[at] ?? 0);
  return 1 - product;
}

/** The mean distance of each vector to its nearest other one; of many, of a seeded sample of them. */
export function meanNearestDistance(vectors: readonly Float32Array[], seed: number): number {
  const units = shuffle(vectors, randomNumbers(seed)).slice(0, 500).map(toUnit);
  if (units.length < 2) return 0;
  const nearest = units.map((one, at) =>
    units.reduce(
      (least, other, to) => (to === at ? least : Math.min(least, distance(one, other))),
      2,
    ),
  );
  return nearest.reduce((sum, value) => sum + value, 0) / nearest.length;
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
