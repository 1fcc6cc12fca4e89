import type { TypeSpec } from './labelSpec';

/** The tree shape of a taxonomy: names as keys, the last level as an array, or an empty object or null. */
export type TypeTree = { readonly [name: string]: TypeTree | readonly string[] | null };

/** The types of a taxonomy in the tree shape, in the order of the file. */
export function typesOfTree(tree: TypeTree): TypeSpec[] {
  return Object.entries(tree).map(([name, below]) => {
    const children = Array.isArray(below)
      ? (below as readonly string[]).map((child) => ({ name: child }))
      : typesOfTree((below as TypeTree | null) ?? {});
    return { name, ...(children.length === 0 ? {} : { children }) };
  });
}

/** The inverse of `typesOfTree`; descriptions and synonyms have no place in this shape. */
export function treeOfTypes(types: readonly TypeSpec[]): TypeTree {
  return Object.fromEntries(
    types.map(({ name, children = [] }) => [
      name,
      children.length > 0 && children.every((child) => (child.children ?? []).length === 0)
        ? children.map((child) => child.name)
        : treeOfTypes(children),
    ]),
  );
}
