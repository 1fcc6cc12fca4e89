import type { TypePath } from '../entity/entity';
import type { TypeSpec } from '../labels/labelSpec';

/** A type of a taxonomy or a label of a flat list, at its place. */
export interface LevelNode {
  readonly path: TypePath;
  readonly type: TypeSpec;
}

/**
 * The types of a taxonomy laid out for typing. Leaves stand in the order of the taxonomy. A leaf
 * above the deepest level stands for itself on the levels below, so that every leaf has a type on
 * every level.
 */
export interface LevelLayout {
  /** Every type once, top levels first. */
  readonly nodes: readonly LevelNode[];
  /** For each level, from the top: the nodes (indices into `nodes`) that compete on it. */
  readonly levels: readonly (readonly number[])[];
  /** For each leaf, its node on each level, from the top, as a position within that level. */
  readonly leaves: readonly (readonly number[])[];
  /** For each leaf, its node. */
  readonly leafNodes: readonly number[];
}

/** Lays out a taxonomy; a flat list is a taxonomy of one level. */
export function layOutLevels(types: readonly TypeSpec[]): LevelLayout {
  const { nodes, below, top } = placeByLevel(types);
  const depth = nodes.reduce((most, { path }) => Math.max(most, path.length), 0);
  const levels: number[][] = Array.from({ length: depth }, () => []);
  const leaves: number[][] = [];
  const leafNodes: number[] = [];
  const descend = (node: number, level: number, places: readonly number[]): void => {
    const here = [...places, (levels[level] as number[]).push(node) - 1];
    const children = below[node] ?? [];
    if (children.length > 0) {
      for (const child of children) descend(child, level + 1, here);
    } else if (level + 1 < depth) {
      descend(node, level + 1, here);
    } else {
      leaves.push(here);
      leafNodes.push(node);
    }
  };
  for (const node of top) descend(node, 0, []);
  return { nodes, levels, leaves, leafNodes };
}

/** All types, top levels first, each level in the order of the taxonomy, with their children. */
function placeByLevel(types: readonly TypeSpec[]): {
  nodes: LevelNode[];
  below: number[][];
  top: number[];
} {
  const nodes: LevelNode[] = types.map((type) => ({ path: [type.name], type }));
  const below: number[][] = [];
  // `nodes` grows while it is walked.
  for (const { path, type } of nodes) {
    const children = (type.children ?? []).map((child) => ({
      path: [...path, child.name],
      type: child,
    }));
    below.push(children.map((child) => nodes.push(child) - 1));
  }
  return { nodes, below, top: types.map((_, index) => index) };
}
