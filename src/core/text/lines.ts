import type { Range } from './range';

/**
 * The lines of a stretch of text without their line ends, in order, the last one also when it is
 * empty. Ends of lines are CRLF, CR, LF, vertical tab, form feed, U+0085, U+2028 and U+2029.
 */
export function splitLines(text: string, start = 0, end = text.length): Range[] {
  const lines: Range[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (!isLineEnd(unit)) continue;
    lines.push({ start: from, end: at });
    if (unit === 0x0d && at + 1 < end && text.charCodeAt(at + 1) === 0x0a) at++;
    from = at + 1;
  }
  lines.push({ start: from, end });
  return lines;
}

/** Whether the UTF-16 unit ends a line. */
export function isLineEnd(unit: number): boolean {
  return (unit >= 0x0a && unit <= 0x0d) || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}
