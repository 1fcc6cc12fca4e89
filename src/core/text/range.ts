/** A stretch of a text: UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The range from `start` to `end`, moved into the text, and out of the middle of surrogate pairs
 * by shrinking, so that no half of a pair is ever taken.
 */
export function clampRange(text: string, start = 0, end = text.length): Range {
  let from = Math.min(Math.max(Math.trunc(start) || 0, 0), text.length);
  if (isInsidePair(text, from)) from++;
  let to = Math.min(Math.max(Math.trunc(end) || 0, from), text.length);
  if (to > from && isInsidePair(text, to)) to--;
  return { start: from, end: to };
}

/** Whether the UTF-16 offset lies between the two halves of a surrogate pair. */
export function isInsidePair(text: string, offset: number): boolean {
  return (
    offset > 0 &&
    offset < text.length &&
    (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800 &&
    (text.charCodeAt(offset) & 0xfc00) === 0xdc00
  );
}
