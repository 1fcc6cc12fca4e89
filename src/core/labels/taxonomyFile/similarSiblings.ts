import { phrase } from '../../messages/phrase';
import type { AlikePair } from '../../similarity/alikeVectors';
import { foldName } from '../names';
import { merge, nameOf } from './problemFixes';
import type { FileType, TaxonomyProblem } from './taxonomyFile';

/**
 * Siblings whose label vectors have this cosine are hardly told apart. For the bundled packs "film" and
 * "movie" are 0.96 alike, ten such pairs 0.91 to 0.98; of all siblings of the built-in lists none are
 * more than 0.90.
 */
export const similarFrom = 0.92;

/** Siblings that are hardly told apart, the later one with the earlier one that is most like it. */
export interface SimilarSiblings {
  readonly type: FileType;
  readonly nearest: FileType;
  /** Of their label vectors. */
  readonly cosine: number;
}

/** The siblings of a file that can be compared, group by group: those with a name that none before has. */
export function siblingGroups(types: readonly FileType[]): FileType[][] {
  const seen = new Set(['']);
  const named = types.filter(({ name }) => {
    const folded = foldName(name);
    return !seen.has(folded) && seen.add(folded);
  });
  const below = types.flatMap(({ children }) => siblingGroups(children));
  return named.length < 2 ? below : [named, ...below];
}

/** What is compared of a type: a description sets it apart as it does for the engine. */
export function comparedText({ name, settings: { description = '' } }: FileType): string {
  return description === '' ? name : `${name}: ${description}`;
}

/** The siblings of groups that pairs of their members name. */
export function similarSiblings(
  groups: readonly (readonly FileType[])[],
  pairs: readonly AlikePair[],
): SimilarSiblings[] {
  return pairs.flatMap(({ group, index, nearest: other, cosine }) => {
    const type = groups[group]?.[index];
    const nearest = groups[group]?.[other];
    return type === undefined || nearest === undefined ? [] : [{ type, nearest, cosine }];
  });
}

export function similarSiblingProblems(similar: readonly SimilarSiblings[]): TaxonomyProblem[] {
  return similar.map(({ type, nearest, cosine }) => ({
    ...nameOf(type),
    kind: 'similar-siblings',
    severity: 'warning',
    message: phrase`The model hardly tells “${type.name}” from “${nearest.name}” (${Math.round(cosine * 100)} % alike)`,
    mend: phrase`Merge the two, rename one, or give them descriptions that set them apart.`,
    place: type.place,
    other: nearest.place,
    fixes: [merge(type, nearest)],
  }));
}
