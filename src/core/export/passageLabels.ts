import type { TypePath } from '../entity/entity';
import type { PassageData } from '../formats/format';
import type { Taxonomy, TaxonomyNode } from '../labels/taxonomy';

/** The key of an entry that holds the names its types were chosen from. */
export const labelsKey = 'labels';

/**
 * A passage of a dynamic version: every entity keeps the level that was chosen for it, and the passage
 * lists the names that its types were chosen from: of each entity's type those beside it, that is the
 * types below the same parent; the top level where there are no entities. A name above another one of
 * the list is left out unless an entity has it. In the order of the taxonomy, without repeats.
 */
export function withLabels(passage: PassageData, taxonomy: Taxonomy): PassageData {
  const standing = passage.entities.filter(({ state }) => state !== 'rejected');
  const unplaced = (passage.unplaced ?? []).map(({ label }) => {
    const resolution = taxonomy.resolve(label);
    return resolution.kind === 'found' ? resolution.node.path : [label];
  });
  const labels = labelsOf([...standing.map(({ path }) => path), ...unplaced], taxonomy);
  return { ...passage, extra: { ...passage.extra, [labelsKey]: labels } };
}

function labelsOf(paths: readonly TypePath[], taxonomy: Taxonomy): readonly string[] {
  if (paths.length === 0) return taxonomy.roots.map(({ name }) => name);
  const chosen = new Set<string>();
  const offered = new Map<string, TypePath>();
  const outside: string[] = [];
  for (const path of paths) {
    const node = taxonomy.node(path);
    if (node === undefined) outside.push(path.at(-1) ?? '');
    else {
      chosen.add(keyOf(node.path));
      for (const one of besides(node, taxonomy)) offered.set(keyOf(one.path), one.path);
    }
  }
  const above = new Set<string>();
  for (const path of offered.values()) {
    for (let depth = 1; depth < path.length; depth++) above.add(keyOf(path.slice(0, depth)));
  }
  const inOrder = taxonomy.nodes.filter(({ path }) => {
    const key = keyOf(path);
    return offered.has(key) && (chosen.has(key) || !above.has(key));
  });
  return [...new Set([...inOrder.map(({ name }) => name), ...outside])];
}

function besides(node: TaxonomyNode, taxonomy: Taxonomy): readonly TaxonomyNode[] {
  const parent = taxonomy.node(node.path.slice(0, -1));
  return parent === undefined ? taxonomy.roots : parent.children;
}

function keyOf(path: TypePath): string {
  return path.join('\n');
}
