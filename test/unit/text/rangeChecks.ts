import assert from 'node:assert/strict';
import { isInsidePair, type Range } from '../../../src/core/text/range';

/** Asserts that the ranges are in order, disjoint, not empty, in the text, and cut no pair. */
export function assertRanges(text: string, ranges: readonly Range[]): void {
  let last = 0;
  for (const { start, end } of ranges) {
    assert.ok(start >= last && end > start && end <= text.length, `${start}-${end} after ${last}`);
    assert.ok(
      !isInsidePair(text, start) && !isInsidePair(text, end),
      `${start}-${end} cuts a pair`,
    );
    last = end;
  }
}

/** The texts of the ranges. */
export function textsOf(text: string, ranges: readonly Range[]): string[] {
  return ranges.map(({ start, end }) => text.slice(start, end));
}

/** Asserts that every word lies inside one of the ranges. */
export function assertCovers(ranges: readonly Range[], words: readonly Range[]): void {
  let at = 0;
  for (const word of words) {
    while (at < ranges.length && (ranges[at]?.end ?? 0) <= word.start) at++;
    const range = ranges[at];
    assert.ok(
      range !== undefined && range.start <= word.start && range.end >= word.end,
      `word ${word.start}-${word.end} lies in no range`,
    );
  }
}
