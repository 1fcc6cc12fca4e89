import type { Entity, TypePath } from '../../core/entity/entity';

/** Types with their counts, or all entities as they stand in the text. */
export type TreeOrder = 'type' | 'text';
export type TreeSort = 'count' | 'name';

export interface TreeOptions {
  readonly order: TreeOrder;
  /** Order of types; entities always stand in text order. */
  readonly sort: TreeSort;
  /** Deepest level that types are shown at, 0 = coarse. */
  readonly level: number;
}

interface NodeBase {
  /** The same for the same thing after any change, so that what is expanded stays expanded. */
  readonly id: string;
  readonly parent: TreeNode | undefined;
  /** All entities below, in text order. */
  readonly entities: readonly Entity[];
}
export interface TypeNode extends NodeBase {
  readonly kind: 'type';
  readonly path: TypePath;
}
/** A part of a list too long to be shown at once: entities `first` to `last`, counted from 1. */
export interface PageNode extends NodeBase {
  readonly kind: 'page';
  readonly first: number;
  readonly last: number;
}
export interface EntityNode extends NodeBase {
  readonly kind: 'entity';
  readonly entity: Entity;
}
/** Annotations whose words are not in the text. */
export interface NotPlacedGroup extends NodeBase {
  readonly kind: 'notPlacedGroup';
  readonly members: readonly NotPlaced[];
}
export interface NotPlacedNode extends NodeBase, NotPlaced {
  readonly kind: 'notPlaced';
}
export type TreeNode = TypeNode | PageNode | EntityNode | NotPlacedGroup | NotPlacedNode;

/** An annotation without a place, with the words that it had. */
export interface NotPlaced {
  readonly entity: Entity;
  readonly quote: string;
}

/** Entities that one node shows at most before they are divided into pages of that many. */
export const pageSize = 500;

/**
 * The tree of a document's entities. Children are made when they are asked for, so that 50,000
 * entities cost one pass for the top level and one more for each node that is opened.
 */
export class EntityTree {
  private readonly made = new Map<string, readonly TreeNode[]>();

  /** @param entities in text order */
  constructor(
    readonly entities: readonly Entity[],
    private readonly options: TreeOptions,
    private readonly notPlaced: readonly NotPlaced[] = [],
  ) {}

  get roots(): readonly TreeNode[] {
    return this.keep('', () => [
      ...this.groupNotPlaced(),
      ...(this.options.order === 'text'
        ? this.listEntities(undefined, this.entities)
        : this.groupByType(undefined, [], this.entities)),
    ]);
  }

  childrenOf(node: TreeNode): readonly TreeNode[] {
    switch (node.kind) {
      case 'entity':
      case 'notPlaced':
        return [];
      case 'notPlacedGroup':
        return this.keep(node.id, () =>
          node.members.map((member) => ({
            kind: 'notPlaced',
            id: `notPlaced:${member.entity.id}`,
            parent: node,
            entities: [],
            ...member,
          })),
        );
      case 'page':
        return this.keep(node.id, () => makeEntityNodes(node, node.entities));
      case 'type':
        return this.keep(node.id, () =>
          node.path.length <= this.options.level
            ? this.groupByType(node, node.path, node.entities)
            : this.listEntities(node, node.entities),
        );
    }
  }

  /** The node of an entity with its parents made, or undefined when the tree does not show it. */
  find(entity: Entity): EntityNode | undefined {
    let nodes = this.roots;
    for (;;) {
      const node = nodes.find((candidate) => holds(candidate, entity));
      if (node === undefined || node.kind === 'entity') return node;
      nodes = this.childrenOf(node);
    }
  }

  private keep(id: string, make: () => readonly TreeNode[]): readonly TreeNode[] {
    const known = this.made.get(id);
    if (known !== undefined) return known;
    const nodes = make();
    this.made.set(id, nodes);
    return nodes;
  }

  private groupNotPlaced(): readonly NotPlacedGroup[] {
    const members = this.notPlaced;
    if (members.length === 0) return [];
    return [{ kind: 'notPlacedGroup', id: 'notPlaced', parent: undefined, entities: [], members }];
  }

  private groupByType(
    parent: TypeNode | undefined,
    path: TypePath,
    entities: readonly Entity[],
  ): readonly TreeNode[] {
    const groups = new Map<string, Entity[]>();
    const here: Entity[] = [];
    for (const entity of entities) {
      const name = entity.path[path.length];
      if (name === undefined) {
        here.push(entity);
        continue;
      }
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [entity]);
      else group.push(entity);
    }
    const types = [...groups].map(([name, members]): TypeNode => {
      const typePath = [...path, name];
      return {
        kind: 'type',
        id: `type:${JSON.stringify(typePath)}`,
        parent,
        path: typePath,
        entities: members,
      };
    });
    types.sort(this.options.sort === 'count' ? byCountThenName : byName);
    return [...types, ...this.listEntities(parent, here)];
  }

  private listEntities(
    parent: TypeNode | undefined,
    entities: readonly Entity[],
  ): readonly TreeNode[] {
    if (entities.length <= pageSize) return makeEntityNodes(parent, entities);
    const pages: PageNode[] = [];
    for (let first = 0; first < entities.length; first += pageSize) {
      const members = entities.slice(first, first + pageSize);
      pages.push({
        kind: 'page',
        id: `${parent?.id ?? ''}#${first}`,
        parent,
        first: first + 1,
        last: first + members.length,
        entities: members,
      });
    }
    return pages;
  }
}

function makeEntityNodes(
  parent: TreeNode | undefined,
  entities: readonly Entity[],
): readonly EntityNode[] {
  return entities.map((entity) => ({
    kind: 'entity',
    id: `entity:${entity.id}`,
    parent,
    entities: [entity],
    entity,
  }));
}

function holds(node: TreeNode, entity: Entity): boolean {
  switch (node.kind) {
    case 'entity':
      return node.entity.id === entity.id;
    case 'notPlaced':
    case 'notPlacedGroup':
      return false;
    case 'page':
      return node.entities.some((member) => member.id === entity.id);
    case 'type':
      return node.path.every((name, level) => name === entity.path[level]);
  }
}

function byCountThenName(one: TypeNode, other: TypeNode): number {
  return other.entities.length - one.entities.length || byName(one, other);
}

function byName(one: TypeNode, other: TypeNode): number {
  const [left, right] = [one.path.at(-1) ?? '', other.path.at(-1) ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}
