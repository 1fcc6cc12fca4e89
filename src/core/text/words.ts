import { CharacterClass, classOf, codePointAt, isSpacedLetter, unitsOf } from './characters';
import { clampRange, type Range } from './range';
import { splitUnspaced } from './unspaced';

/**
 * `reference`: Python's `\w+(?:[-_]\w+)*|\S`, the words that GLiNER's models were trained on.
 * `split`: `[\p{L}\p{N}]+|\S`, words end at hyphens and underscores too.
 */
export type WordStyle = 'reference' | 'split';

export interface WordOptions {
  readonly style?: WordStyle;
  /** Where to begin and end (UTF-16, end exclusive); what lies outside is not looked at. */
  readonly start?: number;
  readonly end?: number;
}

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

/**
 * The words of a text, in order: UTF-16 offsets, end exclusive, never inside a surrogate pair.
 * Every character that is not white space (Python's `\s`) lies in exactly one word. Letters and
 * digits of scripts with spaces follow the style's pattern; runs of Han, kana, Thai, Lao, Khmer
 * and Myanmar are split by `Intl.Segmenter`; every other character, and a lone surrogate, is a
 * word of its own. Never throws; time is linear in the length.
 */
export function splitWords(text: string, options: WordOptions = {}): Range[] {
  const { start, end } = clampRange(text, options.start, options.end);
  const joinsHyphens = options.style !== 'split';
  const words: Range[] = [];
  const runs: Range[] = [];
  let at = start;
  while (at < end) {
    const codePoint = codePointAt(text, at);
    const kind = classOf(codePoint);
    if (kind === CharacterClass.space) {
      at++;
    } else if (kind === CharacterClass.unspaced) {
      const stop = endOfUnspaced(text, at, end);
      runs.push({ start: at, end: stop });
      at = stop;
    } else {
      let stop = endOfLetters(text, at, end, joinsHyphens);
      if (stop === at) stop = at + unitsOf(codePoint);
      words.push({ start: at, end: stop });
      at = stop;
    }
  }
  return runs.length === 0 ? words : mergeInOrder(words, splitUnspaced(text, runs));
}

function mergeInOrder(left: readonly Range[], right: readonly Range[]): Range[] {
  const merged: Range[] = [];
  let next = 0;
  for (const word of left) {
    for (let other = right[next]; other !== undefined && other.start < word.start;) {
      merged.push(other);
      other = right[++next];
    }
    merged.push(word);
  }
  for (; next < right.length; next++) {
    const other = right[next];
    if (other !== undefined) merged.push(other);
  }
  return merged;
}

function endOfLetters(text: string, start: number, end: number, joinsHyphens: boolean): number {
  let at = start;
  while (at < end) {
    const codePoint = codePointAt(text, at);
    if (isSpacedLetter(codePoint) || (joinsHyphens && codePoint === UNDERSCORE)) {
      at += unitsOf(codePoint);
    } else if (
      joinsHyphens &&
      codePoint === HYPHEN &&
      at > start &&
      at + 1 < end &&
      isReferenceLetter(codePointAt(text, at + 1))
    ) {
      at++;
    } else {
      break;
    }
  }
  return at;
}

function isReferenceLetter(codePoint: number): boolean {
  return isSpacedLetter(codePoint) || codePoint === UNDERSCORE;
}

/** End of the run of one unspaced script group; marks and variation selectors stay with it. */
function endOfUnspaced(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const codePoint = codePointAt(text, at);
    const kind = classOf(codePoint);
    if (kind !== CharacterClass.unspaced && kind !== CharacterClass.mark) break;
    at += unitsOf(codePoint);
  }
  return at;
}
