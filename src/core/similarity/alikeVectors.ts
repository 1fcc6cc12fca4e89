/** A vector with the one before it in its group that is most like it. */
export interface AlikePair {
  readonly group: number;
  /** Indices in the group; `nearest` is less than `index`. */
  readonly index: number;
  readonly nearest: number;
  /** In -1..1. */
  readonly cosine: number;
}

/**
 * Of each vector of a group the one before it that is most like it, where their cosine is at least
 * `from`. Yields once for each vector, so that many can be compared in turns.
 */
export function* findAlike(
  groups: readonly (readonly Float32Array[])[],
  from: number,
): Generator<AlikePair | undefined, void, undefined> {
  for (const [group, vectors] of groups.entries()) {
    const units = vectors.map(unitOf);
    for (const [index, unit] of units.entries()) {
      let found: AlikePair | undefined;
      for (let other = 0; other < index; other++) {
        const cosine = product(unit, units[other] as Float32Array);
        if (cosine >= (found?.cosine ?? from)) found = { group, index, nearest: other, cosine };
      }
      yield found;
    }
  }
}

/** The vector with a length of 1; one of zeros stays. */
function unitOf(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
