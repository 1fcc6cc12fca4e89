import {
  CharacterClass,
  classOf,
  codePointAt,
  isSpace,
  isSpacedLetter,
  unitsOf,
} from './characters';

const LONGEST_WORD = 40;
const MOST_OPENERS = 12;

/** The word before a stop, and the word before that one. */
export interface TokenBefore {
  /** Letters, digits and inner full stops; empty when another character stands there. */
  readonly word: string;
  /** The word before, with its full stop if it has one; empty at the sentence's start. */
  readonly previous: string;
  /** Whether nothing but marks of lists and quotations stands before the word. */
  readonly isFirst: boolean;
}

/** What follows a stop after spaces, opening quotation marks and brackets. */
export interface NextToken {
  readonly kind: 'upper' | 'lower' | 'digit' | 'uncased' | 'closing' | 'other' | 'none';
  /** Whether white space comes before it. */
  readonly isSeparate: boolean;
  readonly start: number;
  /** The letters, empty unless the kind is upper or lower; `follows` is the character after. */
  readonly word: string;
  readonly follows: string;
}

const openers = new Set(
  [...'"\'“”„‚‘«»‹›([{<¿¡*_`—–-•>#†‡§「『（【《〈~'].map((c) => c.charCodeAt(0)),
);
const closings = new Set([...',;:)]}%…?!.，、；：）」』'].map((c) => c.charCodeAt(0)));

const tag = /<\/?[a-zA-Z][^<>\n]{0,80}>/y;

/** The words before `start`, not looking past `sentenceStart` nor further than 40 units each. */
export function tokenBefore(text: string, start: number, sentenceStart: number): TokenBefore {
  const wordStart = startOfWord(text, start, sentenceStart);
  const word = text.slice(wordStart, start);
  const lowest = Math.max(sentenceStart, wordStart - LONGEST_WORD);
  let end = wordStart;
  while (end > lowest && isSpace(text.charCodeAt(end - 1))) end--;
  const hasStop = end > lowest && text.charCodeAt(end - 1) === 0x2e;
  const previousEnd = hasStop ? end - 1 : end;
  const previous = text.slice(startOfWord(text, previousEnd, sentenceStart), end);
  const isFirst = !/[\p{L}\p{N}]/u.test(text.slice(lowest, wordStart)) && lowest === sentenceStart;
  return { word, previous, isFirst };
}

function startOfWord(text: string, end: number, limit: number): number {
  const lowest = Math.max(limit, end - LONGEST_WORD);
  let at = end;
  while (at > lowest) {
    const unit = text.charCodeAt(at - 1);
    const kind = classOf(unit);
    if (!isSpacedLetter(unit) && kind !== CharacterClass.mark && unit !== 0x2e) {
      return kind === CharacterClass.unspaced && at === end ? at - 1 : at;
    }
    at--;
  }
  return at;
}

/** The first word after `start`, and how it is written. */
export function nextToken(text: string, start: number, limit: number): NextToken {
  let at = start;
  let opened = 0;
  while (at < limit) {
    const unit = text.charCodeAt(at);
    if (!isSpace(unit) && (!openers.has(unit) || ++opened > MOST_OPENERS)) break;
    tag.lastIndex = at;
    at += unit === 0x3c ? (tag.exec(text)?.[0].length ?? 1) : 1;
  }
  const isSeparate = start < limit && isSpace(text.charCodeAt(start));
  if (at >= limit) return { kind: 'none', isSeparate, start: at, word: '', follows: '' };
  const codePoint = codePointAt(text, at);
  let end = at;
  while (end < limit && end - at < LONGEST_WORD && isSpacedLetter(codePointAt(text, end))) {
    end += unitsOf(codePointAt(text, end));
  }
  return {
    kind: kindOf(text, codePoint, at, limit),
    isSeparate,
    start: at,
    word: text.charAt(end) === '.' && end < limit ? '' : text.slice(at, end),
    follows: end < limit ? text.charAt(end) : '',
  };
}

function kindOf(text: string, codePoint: number, at: number, limit: number): NextToken['kind'] {
  if (codePoint >= 0x30 && codePoint <= 0x39) return 'digit';
  const kind = classOf(codePoint);
  if (kind === CharacterClass.upper) return 'upper';
  if (kind === CharacterClass.lower) {
    // "iPhone", "eBay" may begin a sentence.
    const second = at + 1 < limit ? classOf(codePointAt(text, at + 1)) : 0;
    return second === CharacterClass.upper ? 'upper' : 'lower';
  }
  if (kind === CharacterClass.word || kind === CharacterClass.unspaced) return 'uncased';
  return closings.has(codePoint) ? 'closing' : 'other';
}
