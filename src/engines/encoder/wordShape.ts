/**
 * What a word looks like, which an uncased vocabulary does not say. The order is the one that the
 * model was trained with; `special` is for [CLS], [SEP] and padding.
 */
export const WordShape = {
  special: 0,
  digits: 1,
  mixed: 2,
  punctuation: 3,
  lower: 4,
  upper: 5,
  singleCapital: 6,
  capitalised: 7,
  camel: 8,
  caseless: 9,
  /** Of a pack with eleven shapes: a caseless word that begins a run of such words. */
  caselessFirst: 10,
} as const;

/** The shape of a word by itself, by the Unicode categories of its characters; marks are ignored. */
export function shapeOf(word: string): number {
  let letters = 0;
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let firstIsUpper = false;
  for (const character of word) {
    if (/\p{L}/u.test(character)) {
      if (/[\p{Lu}\p{Lt}]/u.test(character)) {
        firstIsUpper ||= letters === 0;
        upper++;
      } else if (/\p{Ll}/u.test(character)) {
        lower++;
      }
      letters++;
    } else if (/\p{N}/u.test(character)) {
      digits++;
    }
  }
  if (digits > 0) return letters > 0 ? WordShape.mixed : WordShape.digits;
  if (letters === 0) return WordShape.punctuation;
  if (upper === 0) return lower > 0 ? WordShape.lower : WordShape.caseless;
  if (upper === letters) return letters === 1 ? WordShape.singleCapital : WordShape.upper;
  return firstIsUpper && upper === 1 ? WordShape.capitalised : WordShape.camel;
}
