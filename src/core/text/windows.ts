/** A stretch of words by their indices, both inclusive. */
export interface WordSpan {
  readonly first: number;
  readonly last: number;
}

/** A window over a long sentence; `cost` is over the limit only where one word alone is. */
export interface Window extends WordSpan {
  readonly cost: number;
}

/**
 * Overlapping windows over the words of a sentence that is too long for a model, in order. Every
 * word lies in at least one window, so nothing is lost. `costs` are the words' costs (sub-tokens),
 * or the number of words, each of cost 1. A window costs at most `limit`, unless it is one word
 * that alone costs more. Neighbours share words of at most `overlap` in cost.
 * @throws RangeError when the limit is not above the overlap, or a number is negative.
 */
export function cutWindows(
  costs: readonly number[] | number,
  limit: number,
  overlap: number,
): Window[] {
  if (!(overlap >= 0 && limit > overlap)) {
    throw new RangeError(`Windows need 0 <= overlap < limit, but got ${overlap} and ${limit}.`);
  }
  const count = typeof costs === 'number' ? costs : costs.length;
  const costOf = (index: number): number => (typeof costs === 'number' ? 1 : (costs[index] ?? 0));
  const windows: Window[] = [];
  let first = 0;
  while (first < count) {
    let cost = costOf(first);
    let last = first;
    while (last + 1 < count && cost + costOf(last + 1) <= limit) cost += costOf(++last);
    windows.push({ first, last, cost });
    if (last + 1 >= count) break;
    first = startOfNext(costOf, first, last, limit, overlap);
  }
  return windows;
}

/** The next window begins with shared words, but always reaches at least one new word. */
function startOfNext(
  costOf: (index: number) => number,
  first: number,
  last: number,
  limit: number,
  overlap: number,
): number {
  const room = Math.min(overlap, limit - costOf(last + 1));
  let shared = 0;
  let next = last + 1;
  while (next - 1 > first && shared + costOf(next - 1) <= room) shared += costOf(--next);
  return next;
}

/**
 * The index of the window that a span of words belongs to: of the windows that hold all of it,
 * the one in which it is farther from an edge, the earlier one if two are equal. The ends of the
 * sentence are no edges. -1 when no window holds the span.
 */
export function windowOfSpan(
  windows: readonly WordSpan[],
  span: WordSpan,
  wordCount: number,
): number {
  let best = -1;
  let bestDistance = -1;
  // Windows are in order: those that can hold the span begin with the first that ends behind it.
  for (let i = firstReaching(windows, span.last); i < windows.length; i++) {
    const window = windows[i];
    if (window === undefined || window.first > span.first) break;
    const left = window.first === 0 ? Infinity : span.first - window.first;
    const right = window.last === wordCount - 1 ? Infinity : window.last - span.last;
    const distance = Math.min(left, right);
    if (distance > bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Merges what was found in the windows: `found[i]` are spans of window `i`, in word indices of the
 * sentence. A span is kept from the window it belongs to (`windowOfSpan`) and from no other, so
 * that a span cut by an edge does not stand beside the whole one.
 */
export function mergeWindows<T extends WordSpan>(
  windows: readonly WordSpan[],
  found: readonly (readonly T[])[],
  wordCount: number,
): T[] {
  return found.flatMap((spans, i) =>
    spans.filter((span) => windowOfSpan(windows, span, wordCount) === i),
  );
}

function firstReaching(windows: readonly WordSpan[], word: number): number {
  let low = 0;
  let high = windows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((windows[middle]?.last ?? 0) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
