import { LabelList } from '../labelList';
import type { LabelSettings } from '../labelList';
import type { TypeSpec } from '../labelSpec';
import { foldName } from '../names';
import { Taxonomy } from '../taxonomy';
import { memberOf, parseTypes, valueOf } from './parseTypes';
import type { FileType, TaxonomyFile } from './taxonomyFile';

/** What the names of taxonomy files end with. */
export const taxonomyFileEnding = '.taxonomy.json';

/**
 * Reads a `*.taxonomy.json` file: JSON with comments and trailing commas. Never throws: what is wrong
 * within is told as problems with their offsets (UTF-16), and of a file that is no JSON, or another
 * kind of list, `error` says where and why. A text of blanks is a taxonomy without types.
 */
export function readTaxonomyFile(text: string): TaxonomyFile {
  const { root, types, problems, error } = parseTypes(text);
  const name = root === undefined ? undefined : memberOf(root, 'name');
  const levelsNode = root === undefined ? undefined : memberOf(root, 'levels');
  const levels = levelsNode === undefined ? [] : valueOf(levelsNode);
  const hasLevels = Array.isArray(levels) && levels.every((level) => typeof level === 'string');
  return {
    ...(typeof name?.value === 'string' ? { name: name.value } : {}),
    levels: hasLevels ? levels : [],
    ...(levelsNode === undefined
      ? {}
      : { levelsPlace: { offset: levelsNode.offset, length: levelsNode.length } }),
    types,
    problems,
    list: listOf(types, hasLevels ? levels : []),
    ...(error === undefined ? {} : { error }),
  };
}

/**
 * The label list of types: without those that have no name or stand twice, and what is below them.
 * Types of one level are a flat list.
 */
function listOf(types: readonly FileType[], levels: readonly string[]): LabelList {
  const settings: [readonly string[], LabelSettings][] = [];
  const specs = takeTypes(types, settings);
  const taxonomy = new Taxonomy(specs, levels);
  return LabelList.fromTaxonomy(taxonomy, settings, taxonomy.depth > 1 ? 'taxonomy' : 'flat');
}

function takeTypes(
  types: readonly FileType[],
  settings: [readonly string[], LabelSettings][],
): TypeSpec[] {
  const seen = new Set<string>();
  return types.flatMap((type) => {
    const folded = foldName(type.name);
    if (folded === '' || seen.has(folded)) return [];
    seen.add(folded);
    const { formerly, ...own } = type.settings;
    if (Object.keys(own).length > 0) settings.push([type.path, own]);
    const children = takeTypes(type.children, settings);
    return [
      {
        name: type.name,
        ...(formerly === undefined ? {} : { formerly }),
        ...(children.length === 0 ? {} : { children }),
      },
    ];
  });
}
