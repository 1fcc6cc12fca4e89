import { InputError } from '../errors';
import { findSyntaxError, placeOf } from '../json/syntaxError';
import type { Problem } from '../problem';
import { phrase, type Phrase } from '../messages/phrase';
import { isLabelCsv, readLabelCsv } from './labelCsv';
import { readLabelJson } from './labelJson';
import { LabelList, type LabelSettings } from './labelList';
import type { TypeSpec } from './labelSpec';
import { readLabelText } from './labelText';
import { foldName, mendSpelling } from './names';
import { Taxonomy } from './taxonomy';
import { readTaxonomyFile, taxonomyFileEnding } from './taxonomyFile/readTaxonomyFile';
import { findTaxonomyProblems } from './taxonomyFile/taxonomyProblems';

/** How a file of labels is laid out. */
export type LabelFileShape =
  'taxonomy' | 'levels' | 'tree' | 'labels' | 'names' | 'coarse-fine' | 'paths' | 'csv';

/** A type as it stands in a file, with the offset and length of its text there (UTF-16). */
export interface LocatedType {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly settings?: LabelSettings;
  readonly children: LocatedType[];
}

/** The types of a file before names that stand twice are taken out. */
export interface LocatedTypes {
  readonly shape: LabelFileShape;
  /** Whether the types are a flat list rather than a taxonomy. */
  readonly flat: boolean;
  readonly types: readonly LocatedType[];
  readonly problems: readonly Problem[];
}

export interface ReadLabels {
  readonly list: LabelList;
  readonly shape: LabelFileShape;
  /** What is doubtful, in the order of the lines: misspellings, names that stand twice, … */
  readonly problems: readonly Problem[];
}

/**
 * Reads labels from a file: a taxonomy file, DynamicNER's two taxonomy shapes, a tree of any depth,
 * objects with descriptions, a JSON array, a table, or text with a name, a path or a `coarse-fine`
 * pair on each line.
 * @param source The file's name: for messages, and taxonomy files and tables are known by it.
 * @param anyKind Whether a list of another kind is read although its name is that of a taxonomy file.
 * @throws InputError that names the line when the file cannot be understood.
 */
export function parseLabelFile(
  text: string,
  source?: string,
  { anyKind = false }: { readonly anyKind?: boolean } = {},
): ReadLabels {
  const content = text.replace(/^\ufeff/u, '');
  const taxonomy = readTaxonomy(content, source, anyKind);
  if (taxonomy !== undefined) return taxonomy;
  const located = readTypes(content, source);
  const problems = [...located.problems];
  const settings: [string[], LabelSettings][] = [];
  const types = takeTypes(located.types, [], settings, problems, content);
  if (types.length === 0) throw noLabels(source);
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const { shape } = located;
  try {
    return { list: makeList(located.flat, types, settings), shape, problems };
  } catch (error) {
    throw error instanceof InputError && source !== undefined ? error.at({ source }) : error;
  }
}

/** The labels of a file; see `parseLabelFile`, which also says what is doubtful. */
export function readLabelFile(text: string, source?: string): LabelList {
  return parseLabelFile(text, source).list;
}

/**
 * The flat list of names separated by commas.
 * @throws InputError when there is no name or one stands twice.
 */
export function readLabelNames(names: string): LabelList {
  const list = names.split(/[,，、]/u).map((name) => name.trim());
  const given = list.filter((name) => name !== '').map((name) => ({ name }));
  if (given.length > 0) return LabelList.flat(given);
  throw new InputError(
    phrase`No label is named`,
    phrase`Separate names by commas, as person,location.`,
  );
}

/** A taxonomy file, known by its name or by its types; undefined for another kind of list. */
function readTaxonomy(
  text: string,
  source: string | undefined,
  anyKind: boolean,
): ReadLabels | undefined {
  const isNamedSo = source?.toLowerCase().endsWith(taxonomyFileEnding) === true;
  if (!isNamedSo && !/^\s*(?:\{|\/[*/])/u.test(text)) return undefined;
  const file = readTaxonomyFile(text);
  const place = source === undefined ? {} : { source };
  if (file.error !== undefined) {
    if (!isNamedSo) return undefined;
    const { message, line, isOtherKind } = file.error;
    if (isOtherKind === true && anyKind) return undefined;
    const mend =
      isOtherKind === true
        ? phrase`Give it a name that does not end in “${taxonomyFileEnding}”.`
        : phrase`Correct this line.`;
    throw new InputError(message, mend, { ...place, line });
  }
  if (!isNamedSo && file.types.length === 0) return undefined;
  if (file.list.labels.length === 0) throw noLabels(source);
  const problems = findTaxonomyProblems(file)
    .filter(({ severity }) => severity !== 'information')
    .map(({ kind, message, mend, offset }) => ({
      kind,
      message,
      mend,
      line: placeOf(text, offset).line,
    }));
  return { list: file.list, shape: 'taxonomy', problems };
}

function noLabels(source: string | undefined): InputError {
  return new InputError(
    phrase`There are no labels in the file`,
    phrase`Write one name a line, or a taxonomy as JSON.`,
    source === undefined ? {} : { source },
  );
}

function readTypes(text: string, source: string | undefined): LocatedTypes {
  if (/^\s*[[{]/u.test(text)) return parseJson(text, source);
  const isTable = /\.[ct]sv$/iu.test(source ?? '') || isLabelCsv(text);
  if (!isTable) return readLabelText(text);
  try {
    return readLabelCsv(text);
  } catch (error) {
    throw error instanceof InputError && source !== undefined ? error.at({ source }) : error;
  }
}

function parseJson(text: string, source: string | undefined): LocatedTypes {
  const error = findSyntaxError(text);
  const place = source === undefined ? {} : { source };
  if (error !== undefined) {
    throw new InputError(
      phrase`The file is not JSON: ${error.reason} at column ${error.column}`,
      phrase`Correct this line.`,
      { ...place, line: error.line },
    );
  }
  try {
    return readLabelJson(text);
  } catch (inside) {
    throw inside instanceof InputError ? inside.at(place) : inside;
  }
}

function makeList(
  flat: boolean,
  types: readonly TypeSpec[],
  settings: readonly [string[], LabelSettings][],
): LabelList {
  if (!flat) return LabelList.fromTaxonomy(new Taxonomy(types), settings);
  let list = LabelList.flat(types);
  for (const [path, own] of settings) list = list.withSettings(path, own);
  return list;
}

/** Types without those that stand twice or have no name; misspellings and these become problems. */
function takeTypes(
  types: readonly LocatedType[],
  above: readonly string[],
  settings: [string[], LabelSettings][],
  problems: Problem[],
  text: string,
): TypeSpec[] {
  const seen = new Set<string>();
  return types.flatMap((type) => {
    const { name, offset, length } = type;
    const { line } = placeOf(text, offset);
    const folded = foldName(name);
    if (folded === '' || seen.has(folded)) {
      problems.push({
        kind: folded === '' ? 'no-name' : 'repeated',
        message: folded === '' ? phrase`A label has no name` : repeatedIn(name, above.at(-1)),
        mend: phrase`It is left out here; remove it, or give it another name.`,
        line,
      });
      return [];
    }
    seen.add(folded);
    const mended = mendSpelling(name);
    if (mended !== undefined) {
      const written = text.slice(offset, offset + length);
      problems.push({
        kind: 'spelling',
        message: phrase`“${name}” is a misspelling of “${mended}”`,
        mend: phrase`Write “${mended}”; both are understood as the same type.`,
        line,
        fix: { start: offset, end: offset + length, text: mendSpelling(written) ?? written },
      });
    }
    const path = [...above, name];
    if (type.settings !== undefined) settings.push([path, type.settings]);
    const children = takeTypes(type.children, path, settings, problems, text);
    const synonyms = type.settings?.synonyms;
    return [
      {
        name,
        ...(synonyms === undefined ? {} : { synonyms }),
        ...(children.length === 0 ? {} : { children }),
      },
    ];
  });
}

function repeatedIn(name: string, parent: string | undefined): Phrase {
  return parent === undefined
    ? phrase`The label “${name}” stands twice at the top level`
    : phrase`The label “${name}” stands twice under “${parent}”`;
}
