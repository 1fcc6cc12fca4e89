import type { Range } from '../text/range';
import { splitLines } from '../text/lines';
import { trimRange } from '../text/trim';

/** The prose of a comment or string, without its delimiters: UTF-16 offsets, end exclusive. */
export interface CodeRegion extends Range {
  readonly kind: 'comment' | 'string';
}

/** Appends the region without outer white space, unless nothing is left of it. */
export function pushRegion(
  regions: CodeRegion[],
  text: string,
  kind: CodeRegion['kind'],
  start: number,
  end: number,
): void {
  const trimmed = trimRange(text, start, end);
  if (trimmed !== undefined) regions.push({ ...trimmed, kind });
}

const decoration = new Set([...'/*!#-;%<'].map((mark) => mark.charCodeAt(0)));

/** Appends a line comment's text without what only decorates: `///`, `//!`, `##`, `-----`. */
export function pushLineComment(
  regions: CodeRegion[],
  text: string,
  start: number,
  end: number,
): void {
  let from = start;
  while (from < end && decoration.has(text.charCodeAt(from))) from++;
  // "-1 is returned": a mark right before a letter belongs to the text.
  if (from > start && from < end && /[\p{L}\p{N}]/u.test(text.charAt(from))) {
    if (text.charAt(from - 1) === '-' || text.charAt(from - 1) === '#') from--;
  }
  pushRegion(regions, text, 'comment', from, end);
}

const ASTERISK = 0x2a;

/**
 * Appends a block comment's text: one region, or one for every line where lines begin with a
 * gutter of asterisks, which is left out.
 */
export function pushBlockComment(
  regions: CodeRegion[],
  text: string,
  start: number,
  end: number,
): void {
  let from = start;
  while (from < end && (text.charCodeAt(from) === ASTERISK || text.charAt(from) === '!')) from++;
  let to = end;
  while (to > from && text.charCodeAt(to - 1) === ASTERISK) to--;
  const [first, ...rest] = splitLines(text, from, to);
  const lines = rest.map((line) => ({ line, gutter: endOfGutter(text, line) }));
  if (first === undefined || !lines.some(({ line, gutter }) => gutter > line.start)) {
    pushRegion(regions, text, 'comment', from, to);
    return;
  }
  pushRegion(regions, text, 'comment', first.start, first.end);
  for (const { line, gutter } of lines) pushRegion(regions, text, 'comment', gutter, line.end);
}

/** End of the asterisks that begin a line, the line's start when there are none. */
function endOfGutter(text: string, line: Range): number {
  let at = line.start;
  while (at < line.end && (text.charAt(at) === ' ' || text.charAt(at) === '\t')) at++;
  const stars = at;
  while (at < line.end && text.charCodeAt(at) === ASTERISK) at++;
  return at > stars ? at : line.start;
}
