import { isUnspacedScript, scriptOf } from './scripts';

/**
 * What a character is to the splitters. `space` and `word` are Python's `\s` and `\w` without the
 * underscore, because the reference word splitter is written in Python's regular expressions.
 */
export const CharacterClass = {
  space: 1,
  /** Letter or number of a script that puts spaces between words. */
  word: 2,
  /** Letter, number or mark of a script without spaces (Han, kana, Thai, Lao, Khmer, Myanmar). */
  unspaced: 3,
  /** Combining mark of the other scripts. */
  mark: 4,
  upper: 5,
  lower: 6,
  other: 7,
} as const;

// Filled at first use of each character: most texts need a few hundred of the 65,536.
const basicPlane = new Uint8Array(0x10000);
const otherPlanes = new Map<number, number>();

/** The `CharacterClass` of a code point; upper and lower are the cased kinds of `word`. */
export function classOf(codePoint: number): number {
  if (codePoint < 0x10000) {
    const known = basicPlane[codePoint] ?? 0;
    return known !== 0 ? known : (basicPlane[codePoint] = classify(codePoint));
  }
  let known = otherPlanes.get(codePoint);
  if (known === undefined) otherPlanes.set(codePoint, (known = classify(codePoint)));
  return known;
}

/** Whether the code point is white space as Python's `\s` sees it (U+FEFF is not). */
export function isSpace(codePoint: number): boolean {
  return classOf(codePoint) === CharacterClass.space;
}

/** Whether the code point is a letter or number of a script with spaces. */
export function isSpacedLetter(codePoint: number): boolean {
  const kind = classOf(codePoint);
  return (
    kind === CharacterClass.word || kind === CharacterClass.upper || kind === CharacterClass.lower
  );
}

/** The code point at a UTF-16 offset; a lone surrogate is itself, -1 outside the text. */
export function codePointAt(text: string, offset: number): number {
  return text.codePointAt(offset) ?? -1;
}

/** Length of a code point in UTF-16 units. */
export function unitsOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (isPythonSpace(codePoint, character)) return CharacterClass.space;
  const isMark = /^\p{M}$/u.test(character);
  if (isMark || /^[\p{L}\p{N}]$/u.test(character)) {
    if (isUnspacedScript(scriptOf(codePoint))) return CharacterClass.unspaced;
    if (isMark) return CharacterClass.mark;
    if (/^[\p{Lu}\p{Lt}]$/u.test(character)) return CharacterClass.upper;
    if (/^\p{Ll}$/u.test(character)) return CharacterClass.lower;
    return CharacterClass.word;
  }
  return CharacterClass.other;
}

/** Python counts the separators U+001C to U+001F and U+0085 as space, JavaScript U+FEFF. */
function isPythonSpace(codePoint: number, character: string): boolean {
  if (codePoint === 0xfeff) return false;
  return /^\s$/.test(character) || (codePoint >= 0x1c && codePoint <= 0x1f) || codePoint === 0x85;
}
