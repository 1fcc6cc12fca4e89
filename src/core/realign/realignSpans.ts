import { nearestName } from '../labels/names';
import type { Range } from '../text/range';
import { anchorOf, viewOfString } from './anchor';
import { matchTokens } from './matchTokens';
import { MovedWords } from './movedWords';
import { Vocabulary, type Tokens } from './tokens';

/**
 * Where spans of a text stand after it was changed by somebody who did not say how: ranges of
 * `after`, or undefined for spans whose words are gone. The texts are compared word by word; a span
 * grows and shrinks with changes inside it as long as its first and last word stayed (or were only
 * spelt otherwise), and a span whose words moved is found by them and what stood around them.
 * White space never counts. Offsets are UTF-16 units.
 * @param spans Ranges of `before`, not empty.
 */
export function realignSpans(
  before: string,
  after: string,
  spans: readonly Range[],
): (Range | undefined)[] {
  if (before === after) return [...spans];
  const vocabulary = new Vocabulary();
  const comparison = new Comparison(
    before,
    after,
    vocabulary.tokenize(before),
    vocabulary.tokenize(after),
  );
  const placed = spans.map((span) => comparison.follow(span));
  const taken = new Set(placed.map((place) => place && `${place.start} ${place.end}`));
  const old = viewOfString(before);
  const moved = new MovedWords(after);
  return placed.map((place, index) => {
    const span = spans[index];
    if (place !== undefined || span === undefined) return place;
    const found = moved.find(anchorOf(old, span), span.start);
    // Words that another span stands at did not move there.
    return found !== undefined && taken.has(`${found.start} ${found.end}`) ? undefined : found;
  });
}

/** Words in a row that may all be spelt otherwise. */
const longestCorrection = 8;

class Comparison {
  private readonly places: Int32Array;

  constructor(
    private readonly before: string,
    private readonly after: string,
    private readonly old: Tokens,
    private readonly now: Tokens,
  ) {
    this.places = matchTokens(old.ids, now.ids);
  }

  follow({ start, end }: Range): Range | undefined {
    const { old, now, places } = this;
    const first = firstAbove(old.ends, start);
    const last = firstAtLeast(old.starts, end) - 1;
    if (first > last) return undefined;
    const [head, tail] = [this.counterpart(first), this.counterpart(last)];
    if (head < 0 || tail < head) return undefined;
    const length = last - first + 1;
    let stayed = 0;
    for (let at = first; at <= last; at++) if ((places[at] ?? -1) >= 0) stayed++;
    const isSpelling = head === this.places[first] || tail === this.places[last] || length === 1;
    const grew = tail - head + 1 > 2 * length + 2;
    if (grew || !isSpelling || (length > 1 && stayed * 2 < length)) return undefined;
    const from = this.edge(first, head, start, old.starts, now.starts);
    const to = this.edge(last, tail, end, old.ends, now.ends);
    return from === undefined || to === undefined || from >= to
      ? undefined
      : { start: from, end: to };
  }

  /** The offset that an edge of a span came to; one inside a word that changed came nowhere. */
  private edge(
    index: number,
    place: number,
    offset: number,
    oldEdges: Int32Array,
    nowEdges: Int32Array,
  ): number | undefined {
    const inside = offset - (oldEdges[index] ?? 0);
    // White space at the edges of a span belongs to it no more.
    const isOutside =
      offset < (this.old.starts[index] ?? 0) || offset > (this.old.ends[index] ?? 0);
    if (inside === 0 || isOutside) return nowEdges[place];
    return this.places[index] === place ? (nowEdges[place] ?? 0) + inside : undefined;
  }

  /** The token that a token became: the same one, or one in its place that is spelt alike; else -1. */
  private counterpart(index: number): number {
    const same = this.places[index] ?? -1;
    if (same >= 0) return same;
    const { from, to } = this.gapAround(index);
    // Of a long stretch that was written anew no word is another one's correction.
    if (to - from >= longestCorrection) return -1;
    const nowFrom = from === 0 ? 0 : (this.places[from - 1] ?? -1) + 1;
    const nowTo = this.places[to + 1] ?? this.now.ids.length;
    if (to - from + 1 !== nowTo - nowFrom) return -1;
    const place = nowFrom + index - from;
    const [word, other] = [
      this.word(this.before, this.old, index),
      this.word(this.after, this.now, place),
    ];
    return nearestName(word, [other]) === undefined ? -1 : place;
  }

  /** The stretch of tokens around one that has no counterpart, as far as it matters. */
  private gapAround(index: number): { readonly from: number; readonly to: number } {
    const { places } = this;
    let [from, to] = [index, index];
    while (from > 0 && index - from < longestCorrection && (places[from - 1] ?? -1) < 0) from--;
    while (to + 1 < places.length && to - index < longestCorrection && (places[to + 1] ?? -1) < 0) {
      to++;
    }
    return { from, to };
  }

  private word(text: string, { starts, ends }: Tokens, index: number): string {
    return text.slice(starts[index], ends[index]);
  }
}

/** First index whose value is greater than `limit` in ascending values. */
function firstAbove(values: Int32Array, limit: number): number {
  return firstAtLeast(values, limit + 1);
}

function firstAtLeast(values: Int32Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}
