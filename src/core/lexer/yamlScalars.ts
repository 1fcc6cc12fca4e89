import { isLineEnd } from '../text/lines';
import type { Condition, Literal, Place } from './rules';

const header = /[|>][+-]?[1-9]?[+-]?[ \t]*(?:#[^\r\n]{0,200})?(?=[\r\n])/y;
const LOOK_BACK_UNITS = 40;

/** A quotation mark opens a scalar only where a value or key begins, not inside plain text. */
export const atScalarStart: Condition = ({ text, at, start }) =>
  /(?:^|[\r\n]|[:[{,?]|-[ \t]|![\w!]*[ \t])[ \t]*$/.test(
    text.slice(Math.max(start, at - LOOK_BACK_UNITS), at),
  );

/** `|` and `>`: the lines below that are indented deeper than the key's line. */
export function scanBlockScalar(place: Place): Literal | undefined {
  const { text, at, start, end } = place;
  header.lastIndex = at;
  const match = header.exec(text);
  if (match === null || !atScalarStart(place)) return undefined;
  const indent = indentOf(text, startOfLine(text, at, start), end);
  const contentStart = at + match[0].length;
  let contentEnd = contentStart;
  let line = nextLine(text, contentStart, end);
  while (line < end) {
    const lineIndent = indentOf(text, line, end);
    const isBlank = isLineEnd(text.charCodeAt(line + lineIndent)) || line + lineIndent >= end;
    if (!isBlank && lineIndent <= indent) break;
    const next = nextLine(text, line, end);
    if (!isBlank) contentEnd = next;
    line = next;
  }
  return { end: Math.max(contentEnd, contentStart), kind: 'string', contentStart, contentEnd };
}

function startOfLine(text: string, at: number, start: number): number {
  let from = at;
  while (from > start && !isLineEnd(text.charCodeAt(from - 1))) from--;
  return from;
}

function indentOf(text: string, line: number, end: number): number {
  let at = line;
  while (at < end && text.charAt(at) === ' ') at++;
  return at - line;
}

/** Start of the line after the one that `at` is in; `end` when there is none. */
function nextLine(text: string, at: number, end: number): number {
  let to = at;
  while (to < end && !isLineEnd(text.charCodeAt(to))) to++;
  if (text.startsWith('\r\n', to)) to++;
  return Math.min(to + 1, end);
}
