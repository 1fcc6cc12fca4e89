import { isSpace } from './characters';
import type { Range } from './range';

/** The stretch without the white space (Python's `\s`) at both ends; undefined when none is left. */
export function trimRange(text: string, start: number, end: number): Range | undefined {
  let from = start;
  let to = end;
  // All white space lies in the basic plane, so single units are enough here.
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return from < to ? { start: from, end: to } : undefined;
}
