import type { Entity, TypePath } from '../core/entity/entity';
import type { TaxonomyNode } from '../core/labels/taxonomy';
import type { LabelRow } from '../core/messages/labelPanel';

const colourSlots = 12;

/**
 * All types with the number of entities of each, its children's included: the types of the list in
 * its order, each before its children, then the types that only entities have.
 * @param roots The top-level types.
 * @param documents The entities of each open document.
 */
export function labelRows(
  roots: readonly TaxonomyNode[],
  documents: readonly (readonly Pick<Entity, 'path'>[])[],
): LabelRow[] {
  const counts = countPaths(documents);
  const rows: LabelRow[] = [];
  const add = (path: TypePath, slot: number): void => {
    const key = JSON.stringify(path);
    rows.push({ path: [...path], count: counts.get(key) ?? 0, slot });
    counts.delete(key);
  };
  const addNode = ({ path, children }: TaxonomyNode, slot: number): void => {
    add(path, slot);
    for (const child of children) addNode(child, slot);
  };
  roots.forEach((root, index) => {
    addNode(root, (index % colourSlots) + 1);
  });
  for (const key of [...counts.keys()].sort()) add(JSON.parse(key) as string[], colourSlots);
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
