import type { TypePath } from '../entity/entity';
import { foldName, foldPath } from '../labels/names';
import type { MapEntry } from './labelMap';

/** A type with the vector of what `nameToCompare` makes of it. */
export interface VectoredType {
  readonly path: TypePath;
  readonly vector: Float32Array;
}

/** An entry that is proposed, with how alike the two types are, 0 to 1; 1 for the same name. */
export interface SuggestedEntry extends MapEntry {
  readonly likeness: number;
}

/**
 * What the vector of a type is of, to compare it with those of another list: its name and its parent's,
 * because names such as “water” below “vehicle” mean something else alone.
 */
export function nameToCompare(path: TypePath): string {
  return path.slice(-2).reverse().join(' ');
}

/**
 * For each type of one list the type of the other that is most like it: the same path, else the same name,
 * else the nearest label vector; nowhere where none is at least `least` like it.
 */
export function suggestMap(
  from: readonly VectoredType[],
  to: readonly VectoredType[],
  least = 0.5,
): SuggestedEntry[] {
  return from.map(({ path, vector }) => {
    const same =
      to.find((type) => foldPath(type.path) === foldPath(path)) ??
      to.find((type) => foldName(type.path.at(-1) ?? '') === foldName(path.at(-1) ?? ''));
    if (same !== undefined) return { from: path, to: same.path, likeness: 1 };
    let best: VectoredType | undefined;
    let likeness = -1;
    for (const type of to) {
      const cosine = cosineOf(vector, type.vector);
      if (cosine <= likeness) continue;
      likeness = cosine;
      best = type;
    }
    const isLike = best !== undefined && likeness >= least;
    return {
      from: path,
      to: isLike ? (best?.path ?? null) : null,
      likeness: Math.max(0, likeness),
    };
  });
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let product = 0;
  let ownSquares = 0;
  let otherSquares = 0;
  a.forEach((value, at) => {
    const other = b[at] ?? 0;
    product += value * other;
    ownSquares += value * value;
    otherSquares += other * other;
  });
  const lengths = Math.sqrt(ownSquares * otherSquares);
  return lengths === 0 ? 0 : product / lengths;
}
