import type { Entity, TypePath } from '../../core/entity/entity';
import { foldPath } from '../../core/labels/names';
import type { Taxonomy } from '../../core/labels/taxonomy';

type Typed = readonly Pick<Entity, 'path'>[];

/** Numbers of entities by type. */
export interface EntityCounts {
  /** Of each type that has any, those of the types below included: by its names joined by line breaks. */
  readonly counts: Readonly<Record<string, number>>;
  /** Types that the list does not have, the most frequent first. */
  readonly others: readonly { readonly path: TypePath; readonly count: number }[];
}

/** Counts entities for a list, however often: documents whose entities are the same are not counted again. */
export class EntityCounter {
  private readonly known = new WeakMap<Typed, ReadonlyMap<string, number>>();

  /**
   * @param taxonomy The types, by whose names the numbers are told.
   * @param documents The entities of each document; an array that was seen before has not changed.
   */
  count(taxonomy: Taxonomy, documents: readonly Typed[]): EntityCounts {
    const byPath = new Map<string, number>();
    for (const entities of documents) {
      for (const [key, count] of this.countOne(entities)) {
        byPath.set(key, (byPath.get(key) ?? 0) + count);
      }
    }
    const counts: Record<string, number> = {};
    const others: { path: TypePath; count: number }[] = [];
    for (const [key, count] of byPath) {
      const path = key.split('\n');
      const node = taxonomy.node(path) ?? taxonomy.node(foldPath(path).split('\n'));
      if (node === undefined) others.push({ path, count });
      const known = node?.path ?? path;
      for (let depth = 1; depth <= known.length; depth++) {
        const above = known.slice(0, depth).join('\n');
        counts[above] = (counts[above] ?? 0) + count;
      }
    }
    return { counts, others: others.sort((a, b) => b.count - a.count) };
  }

  private countOne(entities: Typed): ReadonlyMap<string, number> {
    let counts = this.known.get(entities);
    if (counts === undefined) {
      const made = new Map<string, number>();
      for (const { path } of entities) {
        const key = path.join('\n');
        made.set(key, (made.get(key) ?? 0) + 1);
      }
      this.known.set(entities, (counts = made));
    }
    return counts;
  }
}
