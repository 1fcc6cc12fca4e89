import { foldName } from '../labels/names';
import type { Taxonomy, TaxonomyNode } from '../labels/taxonomy';

/**
 * Which names of a taxonomy are near: two names share a branch where both stand below one type. A
 * branch is what stands directly below a type, so both medium types of one coarse type share one, and
 * both fine types of one medium type; the top level is none. A name may stand in several branches.
 */
export class Branches {
  private readonly of = new Map<string, Set<number>>();
  private readonly asked = new Map<string, ReadonlySet<number> | undefined>();
  /** Names of the types directly above and below each name. */
  private readonly near = new Map<string, Set<string>>();

  constructor(taxonomy: Taxonomy) {
    let branch = 0;
    for (const node of taxonomy.nodes) {
      if (node.children.length > 0) branch++;
      for (const child of node.children) {
        add(this.of, foldName(child.name), branch);
        add(this.near, foldName(child.name), foldName(node.name));
        add(this.near, foldName(node.name), foldName(child.name));
      }
    }
  }

  /** Whether both names stand in one branch; for equal names, whether it stands in any. */
  share(a: string, b: string): boolean {
    const own = this.branchesOf(a);
    const other = this.branchesOf(b);
    if (own === undefined || other === undefined) return false;
    for (const branch of own) if (other.has(branch)) return true;
    return false;
  }

  /** Folding a name takes longer than the look-up, and the same names are asked for again and again. */
  private branchesOf(name: string): ReadonlySet<number> | undefined {
    if (!this.asked.has(name)) this.asked.set(name, this.of.get(foldName(name)));
    return this.asked.get(name);
  }

  /** Whether one name stands directly above the other somewhere. */
  adjoin(a: string, b: string): boolean {
    return this.near.get(foldName(a))?.has(foldName(b)) ?? false;
  }
}

/** Of names, those that are the parent of another one of them. */
export function parentsAmong(names: readonly string[], taxonomy: Taxonomy): Set<string> {
  const folded = new Set(names.map(foldName));
  const holds = ({ children }: TaxonomyNode): boolean =>
    children.some(({ name }) => folded.has(foldName(name)));
  return new Set(names.filter((name) => taxonomy.find(name).some(holds)));
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
