import type { ReadUnit } from './sentenceReader';

// The first results come soon, later ones with little overhead.
const FIRST_WORDS = 256;
const MOST_WORDS = 4096;

/** Units that are worked on together. */
export interface Slab {
  readonly units: readonly ReadUnit[];
  /** Number of passages whose units have all come. */
  readonly ended: number;
}

/**
 * Cuts units into slabs of some words each, the first ones smaller; the last slab (which may be empty)
 * ends all passages. A step that came to no unit gives an empty slab, so that others have their turn.
 */
export function* slabs(
  units: Iterable<ReadUnit | undefined>,
  passages: number,
): Generator<Slab, void, undefined> {
  let slab: ReadUnit[] = [];
  let words = 0;
  let most = FIRST_WORDS;
  let ended = 0;
  for (const unit of units) {
    if (unit === undefined) {
      yield { units: [], ended };
      continue;
    }
    if (words >= most) {
      ended = unit.passage;
      yield { units: slab, ended };
      slab = [];
      words = 0;
      most = Math.min(MOST_WORDS, 2 * most);
    }
    slab.push(unit);
    words += unit.words;
  }
  yield { units: slab, ended: passages };
}
