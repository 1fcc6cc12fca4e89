import type { ReadUnit } from './sentenceReader';

// The first results come soon, later ones with little overhead.
const FIRST_WORDS = 256;
const MOST_WORDS = 4096;

/**
 * Cuts units into slabs of some words each, the first ones smaller. `ended` counts the passages whose
 * units have all come; the last slab (which may be empty) ends all of them.
 */
export function* slabs(
  units: Iterable<ReadUnit>,
  passages: number,
): Generator<{ units: ReadUnit[]; ended: number }, void, undefined> {
  let slab: ReadUnit[] = [];
  let words = 0;
  let most = FIRST_WORDS;
  for (const unit of units) {
    if (words >= most) {
      yield { units: slab, ended: unit.passage };
      slab = [];
      words = 0;
      most = Math.min(MOST_WORDS, 2 * most);
    }
    slab.push(unit);
    words += unit.words;
  }
  yield { units: slab, ended: passages };
}
