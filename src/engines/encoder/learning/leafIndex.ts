import type { LevelLayout } from '../../../core/decoding/levels';
import type { Entity } from '../../../core/entity/entity';
import { foldName, foldPath } from '../../../core/labels/names';

/** What an annotated type means among the leaves of a list: one of them, none, or nobody can tell. */
export type LeafMeaning = number | 'none' | 'unknown';

/** Finds the leaves of a list that annotated types mean. */
export class LeafIndex {
  private readonly byPath = new Map<string, number>();
  private readonly byName = new Map<string, number | 'unknown'>();
  /** Paths of types that have others below them. */
  private readonly above = new Set<string>();

  constructor(layout: LevelLayout) {
    layout.leafNodes.forEach((node, leaf) => {
      const path = layout.nodes[node]?.path ?? [];
      const name = foldName(path.at(-1) ?? '');
      this.byPath.set(foldPath(path), leaf);
      this.byName.set(name, this.byName.has(name) ? 'unknown' : leaf);
      for (let length = 1; length < path.length; length++) {
        this.above.add(foldPath(path.slice(0, length)));
        this.above.add(foldName(path[length - 1] ?? ''));
      }
    });
  }

  /** A type above the leaves, or a bare name of several places, leaves open which leaf is meant. */
  meaningOf({ path, candidates }: Pick<Entity, 'path' | 'candidates'>): LeafMeaning {
    const leaf = this.byPath.get(foldPath(path));
    if (leaf !== undefined) return leaf;
    if (candidates !== undefined || this.above.has(foldPath(path))) return 'unknown';
    return path.length > 1 ? 'none' : (this.byName.get(foldName(path[0] ?? '')) ?? 'none');
  }
}
