import type { TypeData } from '../../../src/core/labels/taxonomyFile/taxonomyFile';
import {
  allNodes,
  growNodes,
  inTreeOrder,
  nodeAt,
  pathOf,
  topmost,
  type TypeNode,
} from './typeNodes';

/** A row of the tree as it is shown. */
export interface Row {
  readonly node: TypeNode;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  /** From 1, among the siblings that are shown. */
  readonly position: number;
  readonly setSize: number;
  /** Undefined for a type without children. */
  readonly expanded: boolean | undefined;
}

/** Where a type that has no name yet is to stand: before the child at `index`. */
export interface NewPlace {
  readonly parent: TypeNode | undefined;
  readonly index: number;
}

/** What the tree keeps when the page is loaded anew: types by their paths. */
export interface KeptTree {
  readonly expanded: readonly (readonly string[])[];
  readonly selected: readonly (readonly string[])[];
  readonly active: readonly string[] | null;
}

/** The types with what is expanded, selected and active; knows nothing of the page. */
export class TreeModel {
  roots: readonly TypeNode[] = [];
  private readonly byId = new Map<number, TypeNode>();
  private readonly expanded = new Set<number>();
  private readonly chosen = new Set<number>();
  private activeId: number | undefined;
  private anchorId: number | undefined;
  private lastId = 0;
  private rowList: readonly Row[] | undefined;
  private places = new Map<number, number>();
  private onlyShown: ReadonlySet<number> | undefined;

  /** Takes the types of a new state of the file; what is expanded and selected stays. */
  show(types: readonly TypeData[]): void {
    const isFirst = this.byId.size === 0;
    this.roots = growNodes(types, this.roots, () => ++this.lastId);
    this.byId.clear();
    for (const node of allNodes(this.roots)) this.byId.set(node.id, node);
    for (const ids of [this.expanded, this.chosen]) {
      for (const id of ids) if (!this.byId.has(id)) ids.delete(id);
    }
    if (isFirst) for (const root of this.roots) this.expanded.add(root.id);
    this.forgetRows();
    if (this.active === undefined) this.select(this.rows[0]?.node);
  }

  get rows(): readonly Row[] {
    if (this.rowList === undefined) {
      const rows: Row[] = [];
      this.addRows(this.roots, rows);
      this.rowList = rows;
      this.places = new Map(rows.map(({ node }, index) => [node.id, index]));
    }
    return this.rowList;
  }

  /** Index of a type's row; undefined where a type above it is collapsed. */
  rowOf(node: TypeNode): number | undefined {
    return this.rows.length === 0 ? undefined : this.places.get(node.id);
  }

  node(id: number): TypeNode | undefined {
    return this.byId.get(id);
  }

  at(place: readonly number[]): TypeNode | undefined {
    return nodeAt(this.roots, place);
  }

  get size(): number {
    return this.byId.size;
  }

  get all(): readonly TypeNode[] {
    return [...this.byId.values()];
  }

  get active(): TypeNode | undefined {
    return this.activeId === undefined ? undefined : this.byId.get(this.activeId);
  }

  /** The selected types in the order of the tree. */
  get selected(): readonly TypeNode[] {
    return [...this.chosen].flatMap((id) => this.byId.get(id) ?? []).sort(inTreeOrder);
  }

  /** The selected types without those below another selected one. */
  get topSelected(): readonly TypeNode[] {
    return topmost(this.selected);
  }

  isSelected(node: TypeNode): boolean {
    return this.chosen.has(node.id);
  }

  isExpanded(node: TypeNode): boolean {
    return this.expanded.has(node.id);
  }

  select(node: TypeNode | undefined): void {
    this.chosen.clear();
    if (node !== undefined) this.chosen.add(node.id);
    this.activeId = node?.id;
    this.anchorId = node?.id;
  }

  /** Takes a type into the selection, or out of it. */
  toggle(node: TypeNode): void {
    if (!this.chosen.delete(node.id)) this.chosen.add(node.id);
    this.activeId = node.id;
    this.anchorId = node.id;
  }

  /** Selects the rows from where the selection began to this one. */
  extendTo(node: TypeNode): void {
    const anchor = this.anchorId === undefined ? undefined : this.byId.get(this.anchorId);
    const from = this.rowOf(anchor ?? node) ?? 0;
    const to = this.rowOf(node) ?? 0;
    this.chosen.clear();
    for (const row of this.rows.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      this.chosen.add(row.node.id);
    }
    this.activeId = node.id;
  }

  selectAll(): void {
    for (const { node } of this.rows) this.chosen.add(node.id);
  }

  selectMany(nodes: readonly TypeNode[]): void {
    this.select(nodes[0]);
    for (const node of nodes) this.chosen.add(node.id);
  }

  /** @param isOpen The other state than now when absent. */
  expand(node: TypeNode, isOpen = !this.expanded.has(node.id)): void {
    if (isOpen) this.expanded.add(node.id);
    else this.expanded.delete(node.id);
    this.forgetRows();
    this.keepActiveShown();
  }

  /** Shows the types of a level, from 1, and those above it; none below. */
  expandToLevel(level: number): void {
    this.expanded.clear();
    for (const node of this.byId.values()) if (node.depth + 1 < level) this.expanded.add(node.id);
    this.forgetRows();
    this.keepActiveShown();
  }

  /** Expands everything above a type. */
  reveal(node: TypeNode): void {
    for (let above = node.parent; above !== undefined; above = above.parent) {
      this.expanded.add(above.id);
    }
    this.forgetRows();
  }

  /** Shows only these types and those above them; all when undefined. */
  showOnly(nodes: readonly TypeNode[] | undefined): void {
    if (nodes === undefined && this.onlyShown === undefined) return;
    if (nodes === undefined) this.onlyShown = undefined;
    else {
      const shown = new Set<number>();
      for (const node of nodes) {
        for (let one: TypeNode | undefined = node; one !== undefined; one = one.parent) {
          shown.add(one.id);
        }
      }
      this.onlyShown = shown;
    }
    this.forgetRows();
  }

  /** Of some types the next one after the active type in the tree, or with -1 the one before; round at the ends. */
  neighbour(nodes: readonly TypeNode[], by: 1 | -1): TypeNode | undefined {
    const { active } = this;
    if (active === undefined) return nodes[0];
    const ordered = by === 1 ? nodes : [...nodes].reverse();
    return ordered.find((node) => by * inTreeOrder(node, active) > 0) ?? ordered[0];
  }

  get kept(): KeptTree {
    const paths = (ids: Iterable<number>): string[][] =>
      [...ids].flatMap((id) => {
        const node = this.byId.get(id);
        return node === undefined ? [] : [pathOf(node)];
      });
    return {
      expanded: paths(this.expanded),
      selected: paths(this.chosen),
      active: this.active === undefined ? null : pathOf(this.active),
    };
  }

  restore({ expanded, selected, active }: KeptTree): void {
    const key = (path: readonly string[]): string => path.join('\n');
    const byPath = new Map(this.all.map((node) => [key(pathOf(node)), node]));
    const idsOf = (paths: readonly (readonly string[])[]): number[] =>
      paths.flatMap((path) => byPath.get(key(path))?.id ?? []);
    this.expanded.clear();
    for (const id of idsOf(expanded)) this.expanded.add(id);
    this.chosen.clear();
    for (const id of idsOf(selected)) this.chosen.add(id);
    this.activeId = active === null ? undefined : byPath.get(key(active))?.id;
    this.anchorId = this.activeId;
    this.forgetRows();
    if (this.active === undefined) this.select(this.rows[0]?.node);
  }

  private addRows(siblings: readonly TypeNode[], rows: Row[]): void {
    const shown =
      this.onlyShown === undefined
        ? siblings
        : siblings.filter(({ id }) => this.onlyShown?.has(id) === true);
    shown.forEach((node, at) => {
      const isParent = node.children.length > 0;
      // Whoever looks for something sees it, whatever is collapsed.
      const expanded = this.onlyShown !== undefined || this.expanded.has(node.id);
      rows.push({
        node,
        level: node.depth + 1,
        position: at + 1,
        setSize: shown.length,
        expanded: isParent ? expanded : undefined,
      });
      if (isParent && expanded) this.addRows(node.children, rows);
    });
  }

  private forgetRows(): void {
    this.rowList = undefined;
  }

  /** The active type is one that is shown: the nearest type above it where it was hidden. */
  private keepActiveShown(): void {
    let node = this.active;
    while (node !== undefined && this.rowOf(node) === undefined) node = node.parent;
    if (node !== this.active) this.select(node);
  }
}
