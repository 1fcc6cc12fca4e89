import type { Range } from './range';

/**
 * The lines of a stretch of text without their line ends, in order, the last one also when it is
 * empty. Ends of lines are CRLF, CR, LF, vertical tab, form feed, U+0085, U+2028 and U+2029.
 */
export function splitLines(text: string, start = 0, end = text.length): Range[] {
  const lines: Range[] = [];
  // A pattern finds the next end several times faster than a loop over the units.
  const lineEnd = /\r\n|[\n-\r\x85\u2028\u2029]/gu;
  let from = start;
  for (const { index, 0: found } of text.slice(start, end).matchAll(lineEnd)) {
    lines.push({ start: from, end: start + index });
    from = start + index + found.length;
  }
  lines.push({ start: from, end });
  return lines;
}

/** Whether the UTF-16 unit ends a line. */
export function isLineEnd(unit: number): boolean {
  return (unit >= 0x0a && unit <= 0x0d) || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}
