import type { Entity, TypePath } from '../core/entity/entity';
import type { TaxonomyNode } from '../core/labels/taxonomy';
import type { LabelRow } from '../core/messages/labelPanel';

/**
 * All types with the number of entities of each, its children's included: the types of the list in
 * its order, each before its children, then the types that only entities have.
 * @param roots The top-level types.
 * @param documents The entities of each open document.
 * @param colourOf The colour of a type: a contributed one by number, or the list's own.
 */
export function labelRows(
  roots: readonly TaxonomyNode[],
  documents: readonly (readonly Pick<Entity, 'path'>[])[],
  colourOf: (path: TypePath) => LabelRow['colour'],
): LabelRow[] {
  const counts = countPaths(documents);
  const rows: LabelRow[] = [];
  const add = (path: TypePath): void => {
    const key = JSON.stringify(path);
    rows.push({ path: [...path], count: counts.get(key) ?? 0, colour: colourOf(path) });
    counts.delete(key);
  };
  const addNode = ({ path, children }: TaxonomyNode): void => {
    add(path);
    children.forEach(addNode);
  };
  roots.forEach(addNode);
  for (const key of [...counts.keys()].sort()) add(JSON.parse(key) as string[]);
  return rows;
}

function countPaths(documents: readonly (readonly Pick<Entity, 'path'>[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of documents.flat()) {
    for (let depth = 1; depth <= path.length; depth++) {
      const key = JSON.stringify(path.slice(0, depth));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
