import { growTree, type LocatedPath } from './growTree';
import type { LocatedTypes } from './labelFile';
import { foldName, splitPath } from './names';

interface Item {
  readonly name: string;
  readonly offset: number;
}

/**
 * Types from a text file: names separated by line breaks (or by commas where there is one line),
 * paths as `person > actor`, or Few-NERD's `person-actor`. Lines that begin with `#` are comments.
 */
export function readLabelText(text: string): LocatedTypes {
  const lines = readItems(text, 0, text, '\n').filter(({ name }) => !name.startsWith('#'));
  const [first] = lines;
  const items =
    lines.length === 1 && first !== undefined
      ? readItems(text, first.offset, first.name, ',')
      : lines;
  const paths = items.map(({ name }) => splitPath(name));
  if (paths.some((path) => path.length > 1)) {
    return { shape: 'paths', flat: false, types: growTree(withPaths(items, paths)), problems: [] };
  }
  const pairs = items.map(({ name }) => splitPair(name));
  if (arePairs(pairs)) {
    return {
      shape: 'coarse-fine',
      flat: false,
      types: growTree(withPaths(items, pairs)),
      problems: [],
    };
  }
  const types = items.map((item) => ({ ...item, length: item.name.length, children: [] }));
  return { shape: 'names', flat: true, types, problems: [] };
}

/** The pieces between separators, without blanks around them and without empty ones. */
function readItems(text: string, offset: number, part: string, separator: string): Item[] {
  const items: Item[] = [];
  let at = offset;
  for (const piece of part.split(separator)) {
    const name = piece.trim();
    if (name !== '') items.push({ name, offset: text.indexOf(name, at) });
    at += piece.length + separator.length;
  }
  return items;
}

/** `person-actor` → `person`, `actor`; a name without such a hyphen stays whole. */
function splitPair(name: string): string[] {
  const found = /^(?<coarse>[^\s-]+)-(?<fine>\S.*)$/u.exec(name);
  return found === null ? [name] : [found[1] ?? '', found[2] ?? ''];
}

/** Hyphens are also parts of names: only where every name is a pair and coarse names come again. */
function arePairs(pairs: readonly (readonly string[])[]): boolean {
  const coarse = new Set(pairs.map(([name = '']) => foldName(name)));
  return pairs.every((pair) => pair.length === 2) && pairs.length >= 2 * coarse.size;
}

function withPaths(items: readonly Item[], paths: readonly (readonly string[])[]): LocatedPath[] {
  return items.map(({ name, offset }, index) => ({ path: paths[index] ?? [], text: name, offset }));
}
