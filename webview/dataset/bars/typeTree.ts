import { foldPath } from '../../../src/core/labels/names';
import type { DatasetStats } from '../../../src/core/messages/datasetPanel';

type Counted = DatasetStats['types'][number];

interface Branch {
  readonly path: readonly string[];
  count: number;
  accepted: number;
  readonly children: Branch[];
}

/**
 * The types that there are spans of and those above them, each with the spans of all below it: a parent
 * before its children, of the same parent the most frequent first.
 */
export function typeTree(types: readonly Counted[]): Counted[] {
  const branches = new Map<string, Branch>();
  const roots: Branch[] = [];
  for (const { path, count, accepted } of types) {
    let siblings = roots;
    for (let depth = 1; depth <= path.length; depth++) {
      const own = path.slice(0, depth);
      const key = foldPath(own);
      let branch = branches.get(key);
      if (branch === undefined) {
        branch = { path: own, count: 0, accepted: 0, children: [] };
        branches.set(key, branch);
        siblings.push(branch);
      }
      branch.count += count;
      branch.accepted += accepted;
      siblings = branch.children;
    }
  }
  const inOrder = (all: readonly Branch[]): Counted[] =>
    [...all]
      .sort((a, b) => b.count - a.count)
      .flatMap(({ path, count, accepted, children }) => [
        { path: [...path], count, accepted },
        ...inOrder(children),
      ]);
  return inOrder(roots);
}
