import { contentId } from '../labels/contentId';

/**
 * The texts of a validation set: `share` of the different ones, at least one where there are several
 * and the share is not 0. Which ones is decided by seed and text alone, so that the order of the files
 * does not matter, and equal texts are always on one side.
 */
export function chooseValidation(
  texts: Iterable<string>,
  share: number,
  seed: number,
): ReadonlySet<string> {
  const keyed = [...new Set(texts)].map((text) => ({ text, key: contentId(`${seed}\n${text}`) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.text < b.text ? -1 : 1));
  const least = share > 0 && keyed.length > 1 ? 1 : 0;
  const count = Math.max(least, Math.round(share * keyed.length));
  return new Set(keyed.slice(0, count).map(({ text }) => text));
}
