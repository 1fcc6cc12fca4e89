import type { TaxonomyEdit } from '../../../src/core/labels/taxonomyFile/taxonomyEdit';
import { isWithin, placeOf, type TypeNode } from './typeNodes';

type Move = Extract<TaxonomyEdit, { kind: 'move' }>;

/** A place to move types to: under `parent` (the top where undefined), before the child at `index`. */
export interface Target {
  readonly parent: TypeNode | undefined;
  readonly index: number;
}

/** Where a dragged type comes to lie beside the one that it is held over. */
export type DropSide = 'before' | 'inside' | 'after';

export function targetOf(over: TypeNode, side: DropSide): Target {
  if (side === 'inside') return { parent: over, index: over.children.length };
  return { parent: over.parent, index: over.index + (side === 'after' ? 1 : 0) };
}

/** The edit that moves types; undefined where they would lie below themselves or stay where they are. */
export function moveEdit(nodes: readonly TypeNode[], { parent, index }: Target): Move | undefined {
  if (nodes.length === 0) return undefined;
  if (parent !== undefined && nodes.some((node) => isWithin(parent, node))) return undefined;
  const siblings = nodes.every((node) => node.parent === parent);
  const indices = nodes.map((node) => node.index);
  const stays =
    siblings &&
    index >= Math.min(...indices) &&
    index <= Math.max(...indices) + 1 &&
    Math.max(...indices) - Math.min(...indices) === nodes.length - 1;
  if (stays) return undefined;
  return {
    kind: 'move',
    types: nodes.map(placeOf),
    parent: parent === undefined ? [] : placeOf(parent),
    index,
  };
}

/** Where types move with a key: past a sibling, below the sibling above, or beside their parent. */
export function keyTarget(
  nodes: readonly TypeNode[],
  how: 'moveUp' | 'moveDown' | 'moveIn' | 'moveOut',
  siblingsOf: (parent: TypeNode | undefined) => readonly TypeNode[],
): Target | undefined {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { parent } = first;
  if (nodes.some((node) => node.parent !== parent)) return undefined;
  const siblings = siblingsOf(parent);
  switch (how) {
    case 'moveUp':
      return first.index === 0 ? undefined : { parent, index: first.index - 1 };
    case 'moveDown':
      return last.index + 1 >= siblings.length ? undefined : { parent, index: last.index + 2 };
    case 'moveIn': {
      const above = siblings[first.index - 1];
      return above === undefined ? undefined : { parent: above, index: above.children.length };
    }
    case 'moveOut':
      return parent === undefined ? undefined : { parent: parent.parent, index: parent.index + 1 };
  }
}
