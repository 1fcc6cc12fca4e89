import { isLineEnd } from '../text/lines';
import { notInWord, prefixBefore } from './conditions';
import type { Literal, Place } from './rules';

const LONGEST_CHARACTER = 14;
const character = /'(?:\\(?:u\{[0-9a-fA-F]{1,6}\}|[^\n]{1,10}?)|[^'\\\r\n]{1,2})'/y;

/** A character between apostrophes, which is no prose: `'a'`, `'\n'`, `'\u{1F600}'`. */
export function scanCharacter({ text, at, end }: Place): Literal | undefined {
  character.lastIndex = at;
  const match = character.exec(text);
  if (match === null || match[0].length > LONGEST_CHARACTER) return undefined;
  const to = at + match[0].length;
  return to <= end ? { end: to } : undefined;
}

/** `r"…"`, `r#"…"#` of Rust with any number of `#`, also after `b` and `c`. */
export function scanRustRaw(place: Place): Literal | undefined {
  const { text, at } = place;
  let hashes = at + 1;
  while (text.charAt(hashes) === '#') hashes++;
  if (text.charAt(hashes) !== '"') return undefined;
  const prefix = prefixBefore(place);
  if (prefix !== 'b' && prefix !== 'c' && !notInWord(place)) return undefined;
  return upTo(place, hashes + 1, `"${'#'.repeat(hashes - at - 1)}`);
}

/** `R"delimiter(…)delimiter"` of C++ and the same of R, where brackets may be of three kinds. */
export function scanDelimitedRaw(place: Place): Literal | undefined {
  const { text, at } = place;
  if (!/^(?:u8|u|U|L)?[Rr]$/.test(prefixBefore(place))) return undefined;
  const limit = at + 18;
  let open = at + 1;
  while (open < limit && !'([{'.includes(text.charAt(open)) && !/[\s"\\]/.test(text.charAt(open))) {
    open++;
  }
  const close = { '(': ')', '[': ']', '{': '}' }[text.charAt(open)];
  if (close === undefined) return undefined;
  return upTo(place, open + 1, `${close}${text.slice(at + 1, open)}"`);
}

/** `[[…]]`, `[==[…]==]` of Lua, and as a comment after `--`. */
export function scanLongBracket(place: Place): Literal | undefined {
  const { text, at } = place;
  const isComment = text.startsWith('--', at);
  const first = isComment ? at + 2 : at;
  if (text.charAt(first) !== '[') return undefined;
  let second = first + 1;
  while (text.charAt(second) === '=') second++;
  if (text.charAt(second) !== '[') return undefined;
  const literal = upTo(place, second + 1, `]${'='.repeat(second - first - 1)}]`);
  return isComment ? { ...literal, kind: 'comment' } : literal;
}

/** `#"…"#` and `#"""…"""#` of Swift with any number of `#`. */
export function scanSwiftRaw(place: Place): Literal | undefined {
  const { text, at } = place;
  let quote = at;
  while (text.charAt(quote) === '#') quote++;
  // A run of `#` is stepped over at once.
  if (text.charAt(quote) !== '"') return { end: quote };
  const quotes = text.startsWith('"""', quote) ? '"""' : '"';
  const hashes = '#'.repeat(quote - at);
  return upTo(place, quote + quotes.length, quotes + hashes, quotes === '"');
}

/** `"""…"""` of C#, with as many quotation marks at the end as at the start. */
export function scanCsharpRaw(place: Place): Literal | undefined {
  const { text, at } = place;
  let content = at;
  while (text.charAt(content) === '"') content++;
  return content - at < 3 ? undefined : upTo(place, content, '"'.repeat(content - at));
}

const dollarTag = /\$(?:[A-Za-z_]\w{0,60})?\$/y;

/** `$$…$$`, `$tag$…$tag$` of PostgreSQL. */
export function scanDollarQuote(place: Place): Literal | undefined {
  dollarTag.lastIndex = place.at;
  const tag = dollarTag.exec(place.text)?.[0];
  return tag === undefined || !notInWord(place)
    ? undefined
    : upTo(place, place.at + tag.length, tag);
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** `%q(…)`, `%Q{…}`, `%w[…]` of Ruby: brackets nest. */
export function scanPercentString(place: Place): Literal | undefined {
  const { text, at, end } = place;
  const letter = text.charAt(at + 1);
  const open = text.charAt(/[qQwWiI]/.test(letter) ? at + 2 : at + 1);
  if (!notInWord(place) || !/[qQwWiI]/.test(letter) || !/[([{<|!/]/.test(open)) return undefined;
  const close = pairs[open] ?? open;
  let depth = 1;
  let to = at + 3;
  for (; to < end; to++) {
    const unit = text.charAt(to);
    if (unit === '\\') to++;
    else if (unit === close && --depth === 0) break;
    else if (unit === open && open !== close) depth++;
  }
  const contentEnd = Math.min(to, end);
  return { end: contentEnd + 1, kind: 'string', contentStart: at + 3, contentEnd };
}

/** `url(…)` without quotation marks, which may hold `//`: code of CSS. */
export function scanUrl({ text, at, end }: Place): Literal | undefined {
  let from = at + 'url('.length;
  while (from < end && text.charAt(from) === ' ') from++;
  if (/["']/.test(text.charAt(from))) return undefined;
  while (from < end && text.charAt(from) !== ')' && !isLineEnd(text.charCodeAt(from))) from++;
  return { end: from };
}

/** The literal from `contentStart` to its closing mark, or to the end of the line or stretch. */
function upTo(
  { text, end }: Place,
  contentStart: number,
  close: string,
  isOneLine = false,
): Literal {
  let at = contentStart;
  while (at < end && !text.startsWith(close, at)) {
    if (isOneLine && isLineEnd(text.charCodeAt(at))) {
      return { end: at, kind: 'string', contentStart, contentEnd: at };
    }
    at++;
  }
  return { end: at + close.length, kind: 'string', contentStart, contentEnd: at };
}
