import type { TypePath } from '../../entity/entity';
import { phrase } from '../../messages/phrase';
import { foldName } from '../names';
import { merge, nameOf } from './problemFixes';
import type { FileType, TaxonomyProblem } from './taxonomyFile';

/** Cosine of the label vectors of two types, in -1..1; undefined where one has none. */
export type Similarity = (one: TypePath, other: TypePath) => number | undefined;

/**
 * Siblings so alike are hardly told apart. For the bundled packs "film" and "movie" are 0.96 alike, ten
 * such pairs 0.91 to 0.98; of all siblings of the built-in lists none are more than 0.90.
 */
const similarByDefault = 0.92;

/** Of each type the sibling before it that is most like it, where the two are too much so. */
export function findSimilarSiblings(
  siblings: readonly FileType[],
  similarity: Similarity | undefined,
  from = similarByDefault,
): TaxonomyProblem[] {
  if (similarity === undefined) return [];
  return siblings.flatMap((type, index) => {
    let nearest: FileType | undefined;
    let most = from;
    for (const other of siblings.slice(0, index)) {
      if (foldName(other.name) === foldName(type.name)) continue;
      const cosine = similarity(other.path, type.path) ?? -1;
      if (cosine < most) continue;
      most = cosine;
      nearest = other;
    }
    const below = findSimilarSiblings(type.children, similarity, from);
    if (nearest === undefined) return below;
    return [
      {
        ...nameOf(type),
        kind: 'similar-siblings' as const,
        severity: 'warning' as const,
        message: phrase`The model hardly tells “${type.name}” from “${nearest.name}” (${Math.round(most * 100)} % alike)`,
        mend: phrase`Merge the two, or give them descriptions that set them apart.`,
        place: type.place,
        other: nearest.place,
        fixes: [merge(type, nearest)],
      },
      ...below,
    ];
  });
}
