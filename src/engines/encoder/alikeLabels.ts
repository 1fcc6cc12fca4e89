import { findAlike, type AlikePair } from '../../core/similarity/alikeVectors';

/** Labels compared between two turns of others: some milliseconds' work in the largest lists. */
const perTurn = 8;

/**
 * Of each label of a group the one before it whose vector is most like its own, where their cosine is at
 * least `from`.
 * @param embed Gives texts their vectors.
 */
export async function findAlikeLabels(
  groups: readonly (readonly string[])[],
  from: number,
  embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
): Promise<AlikePair[]> {
  const texts = [...new Set(groups.flat())];
  const vectors = await embed(texts);
  const byText = new Map(texts.map((text, at) => [text, vectors[at] as Float32Array]));
  const found: AlikePair[] = [];
  let compared = 0;
  const ofGroups = groups.map((group) => group.map((text) => byText.get(text) as Float32Array));
  for (const pair of findAlike(ofGroups, from)) {
    if (pair !== undefined) found.push(pair);
    if (++compared % perTurn === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}
