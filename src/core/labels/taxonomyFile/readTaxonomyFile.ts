import { labelListOf } from './labelListOf';
import { memberOf, parseTypes, valueOf, type ParsedTypes } from './parseTypes';
import { rememberLast } from './rememberLast';
import { typeData, type TaxonomyFile } from './taxonomyFile';

/** What the names of taxonomy files end with. */
export const taxonomyFileEnding = '.taxonomy.json';

/**
 * Reads a `*.taxonomy.json` file: JSON with comments and trailing commas. Never throws: what is wrong
 * within is told as problems with their offsets (UTF-16), and of a file that is no JSON, or another
 * kind of list, `error` says where and why. A text of blanks is a taxonomy without types.
 */
export const readTaxonomyFile = rememberLast(readText);

function readText(text: string): TaxonomyFile {
  const parsed = parseTypes(text);
  const { root, types, problems, error } = parsed;
  const name = root === undefined ? undefined : memberOf(root, 'name');
  const levelsNode = root === undefined ? undefined : memberOf(root, 'levels');
  const levels = levelsOf(parsed);
  return {
    ...(typeof name?.value === 'string' ? { name: name.value } : {}),
    levels,
    ...(levelsNode === undefined
      ? {}
      : { levelsPlace: { offset: levelsNode.offset, length: levelsNode.length } }),
    types,
    problems,
    list: labelListOf(types.map(typeData), levels),
    ...(error === undefined ? {} : { error }),
  };
}

/** The names of levels that a file gives, top level first. */
export function levelsOf({ root }: Pick<ParsedTypes, 'root'>): readonly string[] {
  const node = root === undefined ? undefined : memberOf(root, 'levels');
  const levels = node === undefined ? [] : valueOf(node);
  return Array.isArray(levels) && levels.every((level) => typeof level === 'string') ? levels : [];
}
