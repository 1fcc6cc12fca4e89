import type { TypeNode } from './typeNodes';

/** What a type is found by. */
export interface FoundBy {
  readonly displayName: (node: TypeNode) => string | undefined;
}

/**
 * The types, in the order given, in whose name, name in the user's language, synonyms, examples or
 * description every word of `text` occurs, whatever its case; none for an empty text.
 */
export function findTypes(
  nodes: readonly TypeNode[],
  text: string,
  { displayName }: FoundBy,
): readonly TypeNode[] {
  const words = fold(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return nodes.filter((node) => {
    const { name, description = '', synonyms = [], examples = [] } = node.data;
    const all = [name, displayName(node) ?? '', description, ...synonyms, ...examples];
    const searched = fold(all.join('\n'));
    return words.every((word) => searched.includes(word));
  });
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
