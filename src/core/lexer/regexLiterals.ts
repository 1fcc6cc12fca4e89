import { isLineEnd } from '../text/lines';
import type { Literal, Place } from './rules';

const keywords =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|instanceof|extends|default|if|unless|when|and|or|not|elsif|while|until|then|puts)$/;
const KEYWORD_UNITS = 14;
const LONGEST_REGEX = 500;

/**
 * A regular expression of JavaScript or Ruby, which is code to step over; undefined where `/`
 * divides, which is after a value: a name, a number, a closing bracket, a string.
 */
export function scanRegex(place: Place): Literal | undefined {
  const { text, at, end } = place;
  const next = text.charAt(at + 1);
  // `/>` and `</` are ends of JSX elements.
  if (next === '>' || (at > place.start && text.charAt(at - 1) === '<')) return undefined;
  if (isAfterValue(place)) return undefined;
  const limit = Math.min(end, at + LONGEST_REGEX);
  let inClass = false;
  for (let to = at + 1; to < limit; to++) {
    const unit = text.charCodeAt(to);
    if (isLineEnd(unit)) return undefined;
    if (unit === 0x5c) to++;
    else if (unit === 0x5b) inClass = true;
    else if (unit === 0x5d) inClass = false;
    else if (unit === 0x2f && !inClass) return { end: endOfFlags(text, to + 1, end) };
  }
  return undefined;
}

function isAfterValue({ text, start, lastCode }: Place): boolean {
  if (lastCode < start) return false;
  const last = text.charAt(lastCode);
  if (/[\p{L}\p{N}_$]/u.test(last)) {
    return !keywords.test(text.slice(Math.max(start, lastCode - KEYWORD_UNITS), lastCode + 1));
  }
  // After `++` and `--` stands what they count.
  if (last === '+' || last === '-') return text.charAt(lastCode - 1) === last;
  return /[)\]"'`/]/.test(last) || last.charCodeAt(0) > 0x7f;
}

function endOfFlags(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /[a-z]/.test(text.charAt(at))) at++;
  return at;
}
