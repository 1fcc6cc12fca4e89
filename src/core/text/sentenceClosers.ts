import { isSpace } from './characters';
import { isLineEnd } from './lines';

/** What follows a stop and still belongs to its sentence. */
export interface Closers {
  /** End of quotation marks, brackets, notes and tags after the stop. */
  readonly end: number;
  readonly hasQuote: boolean;
  /** Whether a closing tag of HTML stands between the sentences, as good as white space. */
  readonly hasTag: boolean;
}

const LONGEST_TAG = 60;
const quotes = new Set([...'”’»›«‹」』"\'“'].map((mark) => mark.charCodeAt(0)));
const turnable = new Set([...'"\'“«‹'].map((mark) => mark.charCodeAt(0)));
const brackets = new Set([...')]}）】〉》〕］｝*_~'].map((mark) => mark.charCodeAt(0)));
const superscripts = /[¹²³\u2070-\u2079]/;
const noteMark = /\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\]/y;
const closingTag = /<(?:\/[a-zA-Z][^<>\n]{0,50}|[bh]r\s*\/?)>/y;
const tokenisedCloser = /(?:''|[”’»)\]]|-R[RCS]B-|'(?=\s|$)|")/y;

/**
 * The closers after a stop that lies between `stopStart` and `stopEnd`. A straight quotation mark
 * closes when `inQuote`, or before white space. In tokenised text, where the stop stands alone,
 * and before French `»`, spaces may come between.
 */
export function endOfClosers(
  text: string,
  stopStart: number,
  stopEnd: number,
  limit: number,
  inQuote: boolean,
): Closers {
  const isTokenised = stopStart > 0 && isSpace(text.charCodeAt(stopStart - 1));
  let at = stopEnd;
  let hasQuote = false;
  let hasTag = false;
  let quoteIsOpen = inQuote;
  while (at < limit) {
    const unit = text.charCodeAt(at);
    if (quotes.has(unit)) {
      if (!isClosingQuote(text, at, limit, quoteIsOpen)) break;
      if (unit === 0x22) quoteIsOpen = false;
      hasQuote = true;
      at++;
    } else if (brackets.has(unit) || superscripts.test(text.charAt(at))) {
      at++;
    } else if (unit === 0x5b && matchEnd(noteMark, text, at, limit) > 0) {
      at = matchEnd(noteMark, text, at, limit);
    } else if (unit === 0x3c && matchEnd(closingTag, text, at, limit) > 0) {
      at = matchEnd(closingTag, text, at, limit);
      hasTag = true;
    } else {
      const next = afterSpacedCloser(text, at, limit, isTokenised, quoteIsOpen);
      if (next === undefined) break;
      if (text.charCodeAt(next - 1) === 0x22) quoteIsOpen = false;
      hasQuote ||= quotes.has(text.charCodeAt(next - 1));
      at = next;
    }
  }
  return { end: at, hasQuote, hasTag };
}

function isClosingQuote(text: string, at: number, limit: number, inQuote: boolean): boolean {
  const unit = text.charCodeAt(at);
  const isDirected = !turnable.has(unit);
  if (isDirected || inQuote || at + 1 >= limit) return true;
  // German closes with “ and « what these open elsewhere; straight marks open before a letter.
  const next = text.charCodeAt(at + 1);
  return (
    isSpace(next) ||
    quotes.has(next) ||
    brackets.has(next) ||
    /[,;:.!?—–-]/.test(text.charAt(at + 1))
  );
}

function afterSpacedCloser(
  text: string,
  at: number,
  limit: number,
  isTokenised: boolean,
  inQuote: boolean,
): number | undefined {
  const space = text.charCodeAt(at);
  if (!isSpace(space) || isLineEnd(space) || at + 1 >= limit) return undefined;
  const mark = text.charCodeAt(at + 1);
  const isGuillemet = mark === 0xbb || mark === 0x203a;
  if (!isTokenised && !isGuillemet) return undefined;
  if (mark === 0x22 && !inQuote) return undefined;
  const end = matchEnd(tokenisedCloser, text, at + 1, limit);
  if (end < 0) return undefined;
  // German turns the guillemets round: before a letter the mark opens.
  return end < limit && !isSpace(text.charCodeAt(end)) && isGuillemet ? undefined : end;
}

function matchEnd(pattern: RegExp, text: string, at: number, limit: number): number {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match !== null && at + match[0].length <= Math.min(limit, at + LONGEST_TAG)
    ? at + match[0].length
    : -1;
}
