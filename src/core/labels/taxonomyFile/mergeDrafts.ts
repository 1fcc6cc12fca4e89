import { withoutKeys } from '../../withoutKeys';
import { foldName } from '../names';
import type { Draft, DraftTree } from './draft';

/**
 * Unites a type, already taken out of the tree, with another: its name and synonyms become synonyms,
 * its examples are added, its children join those of the other, equal names united likewise. What
 * else the other does not say, it says.
 */
export function mergeInto(tree: DraftTree, draft: Draft, into: Draft): void {
  tree.heirs.set(draft, into);
  const { synonyms = [], examples = [] } = draft.settings;
  const others = [...(into.settings.synonyms ?? []), draft.name, ...synonyms];
  const names = unite(others.filter((name) => foldName(name) !== foldName(into.name)));
  const shown = unite([...(into.settings.examples ?? []), ...examples]);
  into.settings = {
    ...withoutKeys(draft.settings, 'synonyms', 'examples', 'formerly'),
    ...into.settings,
    ...(names.length === 0 ? {} : { synonyms: names }),
    ...(shown.length === 0 ? {} : { examples: shown }),
  };
  for (const child of draft.children.splice(0)) {
    const same = into.children.find(({ name }) => foldName(name) === foldName(child.name));
    if (same === undefined) into.children.push(child);
    else mergeInto(tree, child, same);
  }
}

/** The texts that say something, each once whatever its case. */
function unite(texts: readonly string[]): string[] {
  const byFold = new Map<string, string>();
  for (const text of texts) {
    const key = foldName(text);
    if (key !== '' && !byFold.has(key)) byFold.set(key, text);
  }
  return [...byFold.values()];
}
