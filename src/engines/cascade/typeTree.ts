import type { TypePath } from '../../core/entity/entity';
import type { LabelSpec, TypeSpec } from '../../core/labels/labelSpec';
import { foldName } from '../../core/labels/names';

/** A type that a question offers, at its place in the taxonomy. */
export interface OfferedType {
  /** As the question names it; unlike all others that are offered with it. */
  readonly name: string;
  readonly path: TypePath;
  readonly synonyms?: readonly string[];
  readonly children: readonly TypeSpec[];
}

/** The types of a label list; a flat list is a taxonomy of one level. */
export function typesOf(labels: LabelSpec): readonly TypeSpec[] {
  return labels.kind === 'taxonomy' ? labels.types : labels.labels;
}

/** The types directly below a path. */
export function offerChildren(children: readonly TypeSpec[], above: TypePath): OfferedType[] {
  return children.map(({ name, synonyms, children: below = [] }) => ({
    name,
    path: [...above, name],
    ...(synonyms === undefined ? {} : { synonyms }),
    children: below,
  }));
}

/**
 * The deepest types of a taxonomy, offered at once. Where a name stands at several places, the type
 * above it is named too: `miscellaneous (art)`.
 */
export function offerLeaves(types: readonly TypeSpec[]): OfferedType[] {
  const leaves: OfferedType[] = [];
  const descend = (level: readonly TypeSpec[], above: TypePath): void => {
    for (const type of offerChildren(level, above)) {
      if (type.children.length === 0) leaves.push(type);
      else descend(type.children, type.path);
    }
  };
  descend(types, []);
  const seen = new Map<string, number>();
  for (const { name } of leaves) seen.set(foldName(name), (seen.get(foldName(name)) ?? 0) + 1);
  return leaves.map((leaf) => {
    const isTwice = (seen.get(foldName(leaf.name)) ?? 0) > 1;
    const above = leaf.path.slice(0, -1).join(' › ');
    return isTwice && above !== '' ? { ...leaf, name: `${leaf.name} (${above})` } : leaf;
  });
}

/** The types below a path; undefined where the taxonomy does not have it. */
export function childrenAt(
  types: readonly TypeSpec[],
  path: TypePath,
): readonly TypeSpec[] | undefined {
  let level: readonly TypeSpec[] = types;
  for (const name of path) {
    const type = level.find((one) => foldName(one.name) === foldName(name));
    if (type === undefined) return undefined;
    level = type.children ?? [];
  }
  return level;
}

/** The threshold of a type: its own, else that of the nearest type above that has one. */
export function ownThreshold(path: TypePath, labels: LabelSpec): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const siblings = childrenAt(typesOf(labels), path.slice(0, length - 1)) ?? [];
    const name = foldName(path[length - 1] ?? '');
    const threshold = siblings.find((type) => foldName(type.name) === name)?.threshold;
    if (threshold !== undefined) return threshold;
  }
  return undefined;
}
