import type { Range } from '../../core/text/range';
import type { Reading } from './modelReadings';

/** A span of words of a reading, both inclusive. */
export interface PlacedWords {
  readonly reading: Reading;
  readonly first: number;
  readonly last: number;
}

/**
 * The words that given spans (UTF-16 units of the passage) touch, each in the reading that holds most of
 * it; undefined for a span that touches no word.
 */
export function placeSpans(
  readings: readonly Reading[],
  spans: readonly Range[],
): (PlacedWords | undefined)[] {
  return spans.map((span) => {
    let best: PlacedWords | undefined;
    for (const reading of readings) {
      const touched = reading.words.flatMap(({ start, end }, word) =>
        start < span.end && end > span.start ? [word] : [],
      );
      const [first] = touched;
      const last = touched.at(-1);
      if (first === undefined || last === undefined) continue;
      const longer = best === undefined ? 1 : last - first - (best.last - best.first);
      // Of two windows that hold as many of its words, the one whose it is.
      if (longer > 0 || (longer === 0 && reading.owns(first, last))) {
        best = { reading, first, last };
      }
    }
    return best;
  });
}
