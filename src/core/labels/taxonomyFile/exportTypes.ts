import { phrase, type Phrase } from '../../messages/phrase';
import { foldName } from '../names';
import { treeOfTypes } from '../typeTree';
import type { TaxonomyData } from './editTaxonomyFile';
import { saysNothing, writeSetting } from './settingValues';
import { settingNames, type TypeData } from './taxonomyFile';
import { layoutOf, writeArray, writeObject, writeValue } from './writeTypes';

/** Kinds of files that a taxonomy can be written as. */
export const exportShapes = [
  'taxonomy',
  'levels',
  'tree',
  'paths',
  'coarse-fine',
  'names',
] as const;
export type ExportShape = (typeof exportShapes)[number];

export interface ExportedTypes {
  readonly text: string;
  /** What the file does not say, whole sentences. */
  readonly losses: readonly Phrase[];
}

/** A taxonomy file's text, laid out as the product does: a type without types below it on one line. */
export function writeTaxonomyFile({
  name,
  levels,
  types,
}: TaxonomyData & { readonly name?: string }): string {
  const layout = layoutOf('');
  const write = (type: TypeData, indent: string): string => {
    const { children = [] } = type;
    const members = [
      { key: 'name', value: writeValue(type.name) },
      ...settingNames.flatMap((field) => {
        const value = type[field];
        return saysNothing(value)
          ? []
          : [{ key: field, value: writeValue(writeSetting(field, value)) }];
      }),
    ];
    if (children.length > 0) {
      const inner = indent + layout.unit;
      const items = children.map((child) => ({ text: write(child, inner + layout.unit) }));
      members.push({ key: 'children', value: writeArray(items, layout, inner) });
    }
    return writeObject(members, layout, indent);
  };
  const items = types.map((type) => ({ text: write(type, layout.unit.repeat(2)) }));
  const members = [
    ...(name === undefined ? [] : [`"name": ${writeValue(name)}`]),
    ...(levels.length === 0 ? [] : [`"levels": ${writeValue(levels)}`]),
    `"types": ${writeArray(items, layout, layout.unit)}`,
  ];
  return `{\n  ${members.join(',\n  ')}\n}\n`;
}

/** The types in one of the kinds of files, with what it cannot say. */
export function exportTypes(
  data: TaxonomyData & { readonly name?: string },
  shape: ExportShape,
): ExportedTypes {
  if (shape === 'taxonomy') return { text: writeTaxonomyFile(data), losses: [] };
  const losses = [...settingLosses(data.types), ...shapeLosses(data.types, shape)];
  return { text: writeShape(data, shape), losses };
}

function writeShape(
  { name, types }: TaxonomyData & { readonly name?: string },
  shape: Exclude<ExportShape, 'taxonomy'>,
): string {
  switch (shape) {
    case 'tree':
      return `${JSON.stringify(treeOfTypes(types), null, 2)}\n`;
    case 'levels':
      return `${JSON.stringify(levelsOf(name ?? 'taxonomy', types), null, 4)}\n`;
    case 'paths':
      return lines(leafPaths(types), '->');
    case 'coarse-fine':
      return lines(leafPaths(types), '-');
    case 'names':
      return `${leafPaths(types)
        .map((path) => path.at(-1) ?? '')
        .join('\n')}\n`;
  }
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** DynamicNER's flat shape: names of a level separated by commas, by the name of the one above. */
function levelsOf(name: string, types: readonly TypeData[]): Record<string, unknown> {
  const shape: Record<string, unknown> = { dataset: name, 'first-level': joinNames(types) };
  let above = types;
  for (const ordinal of ordinals.slice(1)) {
    const parents = above.filter(({ children = [] }) => children.length > 0);
    if (parents.length === 0) break;
    shape[`${ordinal}-level`] = Object.fromEntries(
      parents.map(({ name: parent, children = [] }) => [parent.toLowerCase(), joinNames(children)]),
    );
    above = parents.flatMap(({ children = [] }) => children);
  }
  return shape;
}

function joinNames(types: readonly TypeData[]): string {
  return types.map(({ name }) => name.toLowerCase()).join(', ');
}

function lines(paths: readonly (readonly string[])[], separator: string): string {
  return `${paths.map((path) => path.join(separator)).join('\n')}\n`;
}

function leafPaths(types: readonly TypeData[], above: readonly string[] = []): string[][] {
  return types.flatMap(({ name, children = [] }) =>
    children.length === 0 ? [[...above, name]] : leafPaths(children, [...above, name]),
  );
}

function settingLosses(types: readonly TypeData[]): Phrase[] {
  const says = (type: TypeData): boolean =>
    settingNames.some((field) => type[field] !== undefined) || (type.children ?? []).some(says);
  return types.some(says)
    ? [
        phrase`Descriptions, synonyms, examples, colours, thresholds, shortcuts and former paths are left out.`,
      ]
    : [];
}

function shapeLosses(types: readonly TypeData[], shape: ExportShape): Phrase[] {
  const paths = leafPaths(types);
  const deepest = Math.max(0, ...paths.map((path) => path.length));
  if (shape === 'names' && deepest > 1) {
    return [phrase`The levels above the deepest are left out.`];
  }
  if (shape === 'coarse-fine' && (deepest > 2 || paths.some((path) => path.length === 1))) {
    return [phrase`Types that do not stand on the second of two levels are read back otherwise.`];
  }
  if (shape === 'levels') {
    const commas = paths.flat().some((name) => name.includes(','));
    return [
      ...(hasTwins(types) ? [phrase`Parents of one name on one level cannot be told apart.`] : []),
      ...(commas ? [phrase`Names with a comma are read back as two.`] : []),
      ...(paths.flat().some((name) => name !== name.toLowerCase())
        ? [phrase`Names are written in lower case.`]
        : []),
    ];
  }
  return [];
}

/** Whether two types of one level that have types below them share a name. */
function hasTwins(types: readonly TypeData[]): boolean {
  let above = types.filter(({ children = [] }) => children.length > 0);
  while (above.length > 0) {
    if (new Set(above.map(({ name }) => foldName(name))).size < above.length) return true;
    above = above
      .flatMap(({ children = [] }) => children)
      .filter(({ children = [] }) => children.length > 0);
  }
  return false;
}
