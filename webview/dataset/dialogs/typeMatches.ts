import { foldName } from '../../../src/core/labels/names';
import type { TypeRow } from '../../../src/core/messages/datasetPanel';

/** How well a type answers what was typed; smaller is better. */
enum Fit {
  name,
  beginning,
  wordBeginning,
  inside,
  synonym,
  above,
  none,
}

/**
 * The types that what was typed may mean, best first and in the order of the list among equals: by
 * the name, its beginning, a word in it, a part, a synonym, then by the types above.
 */
export function matchTypes(types: readonly TypeRow[], typed: string): TypeRow[] {
  const wanted = foldName(typed);
  if (wanted === '') return [...types];
  return types
    .map((type) => ({ type, fit: fitOf(type, wanted) }))
    .filter(({ fit }) => fit !== Fit.none)
    .sort((a, b) => a.fit - b.fit)
    .map(({ type }) => type);
}

function fitOf({ path, synonyms }: TypeRow, wanted: string): Fit {
  const name = foldName(path.at(-1) ?? '');
  if (name === wanted) return Fit.name;
  if (name.startsWith(wanted)) return Fit.beginning;
  if (name.includes(` ${wanted}`)) return Fit.wordBeginning;
  if (name.includes(wanted)) return Fit.inside;
  if (synonyms.some((synonym) => foldName(synonym).includes(wanted))) return Fit.synonym;
  return path.slice(0, -1).some((above) => foldName(above).includes(wanted)) ? Fit.above : Fit.none;
}
