import type { LocatedType } from './labelFile';
import type { LabelSettings } from './labelList';
import { foldName } from './names';

/** A type given by its whole path, with the text that names it and where that stands (UTF-16). */
export interface LocatedPath {
  readonly path: readonly string[];
  readonly text: string;
  readonly offset: number;
  readonly settings?: LabelSettings;
}

/** The tree of types that are given by their paths, in their order; those above are made where needed. */
export function growTree(items: readonly LocatedPath[]): LocatedType[] {
  const roots: LocatedType[] = [];
  for (const { path, text, offset, settings } of items) {
    let siblings = roots;
    path.forEach((name, level) => {
      const isLast = level === path.length - 1;
      const index = siblings.findIndex((type) => foldName(type.name) === foldName(name));
      const known = siblings[index];
      const made = {
        name,
        offset: offset + Math.max(0, text.indexOf(name)),
        length: name.length,
        ...(isLast && settings !== undefined ? { settings } : {}),
        children: known?.children ?? [],
      };
      if (known === undefined) siblings.push(made);
      // What was made for the sake of others below it is said now.
      else if (isLast && known.settings === undefined && settings !== undefined)
        siblings[index] = made;
      // A path that stands twice is kept twice, so that it becomes a problem.
      else if (isLast && known.children.length === 0) siblings.push({ ...made, children: [] });
      siblings = made.children;
    });
  }
  return roots;
}
