/**
 * Semantic cohesion: the mean cosine between the vectors of two entities of one type, over all such pairs
 * (the paper's formula sums each pair once and divides by twice their number; this is the mean). From
 * sums, in time that grows with the entities and not with their pairs. 0 where no type has two entities.
 */
export function semanticCohesion(types: readonly (readonly Float32Array[])[]): number {
  let sum = 0;
  let pairs = 0;
  for (const vectors of types) {
    const total = new Float64Array(vectors[0]?.length ?? 0);
    let count = 0;
    for (const vector of vectors) {
      const length = Math.sqrt(vector.reduce((squares, value) => squares + value * value, 0));
      if (length === 0) continue;
      count++;
      vector.forEach((value, at) => ((total[at] as number) += value / length));
    }
    // |Σu|² counts every vector with itself, and every pair twice.
    const squares = total.reduce((own, value) => own + value * value, 0);
    sum += (squares - count) / 2;
    pairs += (count * (count - 1)) / 2;
  }
  return pairs === 0 ? 0 : sum / pairs;
}
