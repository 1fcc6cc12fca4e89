import type { TypeData } from '../../../src/core/labels/taxonomyFile/taxonomyFile';

/** A type in the page's tree. `id` stays the same while the file changes around it, or it moves. */
export interface TypeNode {
  readonly id: number;
  readonly data: TypeData;
  readonly parent: TypeNode | undefined;
  /** Index among its siblings. */
  readonly index: number;
  /** 0 = top level. */
  readonly depth: number;
  readonly children: readonly TypeNode[];
}

/** Names from the top level down. */
export function pathOf(node: TypeNode): string[] {
  return node.parent === undefined ? [node.data.name] : [...pathOf(node.parent), node.data.name];
}

/** Index among its siblings, of each level from the top down: how edits name a type. */
export function placeOf(node: TypeNode): number[] {
  return node.parent === undefined ? [node.index] : [...placeOf(node.parent), node.index];
}

export function nodeAt(roots: readonly TypeNode[], place: readonly number[]): TypeNode | undefined {
  let siblings = roots;
  let found: TypeNode | undefined;
  for (const index of place) {
    found = siblings[index];
    siblings = found?.children ?? [];
  }
  return found;
}

/** All nodes, each before its children. */
export function allNodes(roots: readonly TypeNode[]): TypeNode[] {
  return roots.flatMap((node) => [node, ...allNodes(node.children)]);
}

export function isWithin(node: TypeNode, above: TypeNode): boolean {
  return node === above || (node.parent !== undefined && isWithin(node.parent, above));
}

/** Nodes without those that lie below another one of them, in the order of the tree. */
export function topmost(nodes: readonly TypeNode[]): TypeNode[] {
  const among = new Set(nodes);
  const hasAbove = ({ parent }: TypeNode): boolean =>
    parent !== undefined && (among.has(parent) || hasAbove(parent));
  return nodes.filter((node) => !hasAbove(node)).sort(inTreeOrder);
}

export function inTreeOrder(a: TypeNode, b: TypeNode): number {
  const [one, other] = [placeOf(a), placeOf(b)];
  for (let level = 0; level < Math.min(one.length, other.length); level++) {
    const difference = (one[level] ?? 0) - (other[level] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

interface Draft {
  readonly data: TypeData;
  readonly children: Draft[];
  /** The node before the change that it is taken for. */
  same?: TypeNode;
}

/**
 * The tree of the types, in which nodes keep the ids that they had before: by name below the same
 * parent, then by name elsewhere (it was moved), then by place (it was renamed).
 * @param newId Gives the ids of types that are new.
 */
export function growNodes(
  types: readonly TypeData[],
  before: readonly TypeNode[],
  newId: () => number,
): readonly TypeNode[] {
  const roots = types.map(draftOf);
  new Reconciliation().run(roots, before);
  return nodesOf(roots, undefined, newId);
}

function draftOf(data: TypeData): Draft {
  return { data, children: (data.children ?? []).map(draftOf) };
}

function nodesOf(
  drafts: readonly Draft[],
  parent: TypeNode | undefined,
  newId: () => number,
): TypeNode[] {
  return drafts.map(({ data, children, same }, index) => {
    const below: TypeNode[] = [];
    const node: TypeNode = {
      id: same?.id ?? newId(),
      data,
      parent,
      index,
      depth: parent === undefined ? 0 : parent.depth + 1,
      children: below,
    };
    below.push(...nodesOf(children, node, newId));
    return node;
  });
}

/** Finds for each draft the node that it was before. */
class Reconciliation {
  /** Drafts without a node yet, with the siblings among which a renamed one would stand. */
  private open: { draft: Draft; index: number; siblings: readonly TypeNode[] }[] = [];
  private readonly left = new Set<TypeNode>();

  run(drafts: readonly Draft[], before: readonly TypeNode[]): void {
    this.matchNames(drafts, before);
    this.settle((draft) => {
      for (const node of this.left) if (node.data.name === draft.data.name) return node;
      return undefined;
    });
    this.settle((_, index, siblings) => {
      const node = siblings[index];
      return node !== undefined && this.left.has(node) ? node : undefined;
    });
  }

  /** Takes what `find` gives for the open drafts; matching their children may open more of them. */
  private settle(
    find: (draft: Draft, index: number, siblings: readonly TypeNode[]) => TypeNode | undefined,
  ): void {
    const unsettled: typeof this.open = [];
    while (this.open.length > 0) {
      const next = this.open;
      this.open = [];
      for (const entry of next) {
        const node =
          this.left.size === 0 ? undefined : find(entry.draft, entry.index, entry.siblings);
        if (node === undefined) unsettled.push(entry);
        else this.match(entry.draft, node);
      }
    }
    this.open = unsettled;
  }

  private match(draft: Draft, node: TypeNode): void {
    draft.same = node;
    // What was below it is matched below it, not wherever a name comes again.
    this.left.delete(node);
    for (const child of node.children) this.left.delete(child);
    this.matchNames(draft.children, node.children);
  }

  private matchNames(drafts: readonly Draft[], nodes: readonly TypeNode[]): void {
    const byName = new Map<string, TypeNode[]>();
    for (const node of nodes) {
      const { name } = node.data;
      byName.set(name, [...(byName.get(name) ?? []), node]);
    }
    drafts.forEach((draft, index) => {
      const node = byName.get(draft.data.name)?.shift();
      if (node === undefined) this.open.push({ draft, index, siblings: nodes });
      else this.match(draft, node);
    });
    for (const node of [...byName.values()].flat()) this.leave(node);
  }

  private leave(node: TypeNode): void {
    this.left.add(node);
    for (const child of node.children) this.leave(child);
  }
}
