import texts from '../../../media/taxonomies/dynamicner.texts.json';
import type { TypePath } from '../entity/entity';
import { foldPath, splitPath } from './names';

/** What a type means, in the words of DynamicNER's taxonomy. */
export interface Definition {
  readonly description: string;
  readonly synonyms: readonly string[];
  readonly examples: readonly string[];
}

const definitions = new Map(
  Object.entries<Definition>(texts).map(([path, definition]) => [
    foldPath(splitPath(path)),
    definition,
  ]),
);

/** The definition of a type of DynamicNER's taxonomy; undefined for a path that it does not have. */
export function definitionOf(path: TypePath): Definition | undefined {
  return definitions.get(foldPath(path));
}
