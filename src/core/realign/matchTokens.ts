import { matchByShortestEdit, type Block } from './shortestEdit';

/** Blocks up to this many items on both sides are not divided further. */
const smallBlock = 48;

/**
 * For each item of `a` the index in `b` of the item that it became, -1 where it went; indexes ascend.
 * Patience: what stands once on both sides divides the texts, and so on between; what is left is
 * matched by a shortest edit script. Time grows with the length, and with the square of edits that
 * nothing divides.
 */
export function matchTokens(a: Int32Array, b: Int32Array): Int32Array {
  const places = new Int32Array(a.length).fill(-1);
  const match = (aIndex: number, bIndex: number): void => void (places[aIndex] = bIndex);
  const blocks: Block[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }];
  for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
    const inner = trim(a, b, block, match);
    const [n, m] = [inner.aEnd - inner.aStart, inner.bEnd - inner.bStart];
    if (n === 0 || m === 0) continue;
    if (n + m <= smallBlock) {
      matchByShortestEdit(a, b, inner, match);
      continue;
    }
    const pairs = uniquePairs(a, b, inner);
    if (pairs.length === 0) {
      matchByShortestEdit(a, b, inner, match);
      continue;
    }
    let [aStart, bStart] = [inner.aStart, inner.bStart];
    for (const [aIndex, bIndex] of pairs) {
      match(aIndex, bIndex);
      blocks.push({ aStart, aEnd: aIndex, bStart, bEnd: bIndex });
      [aStart, bStart] = [aIndex + 1, bIndex + 1];
    }
    blocks.push({ aStart, aEnd: inner.aEnd, bStart, bEnd: inner.bEnd });
  }
  return places;
}

/** Matches what both sides of a block begin and end with; returns what is between. */
function trim(
  a: Int32Array,
  b: Int32Array,
  block: Block,
  match: (aIndex: number, bIndex: number) => void,
): Block {
  let { aStart, aEnd, bStart, bEnd } = block;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) match(aStart++, bStart++);
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) match(--aEnd, --bEnd);
  return { aStart, aEnd, bStart, bEnd };
}

/** The longest ascending series of items that stand once on each side of a block. */
function uniquePairs(
  a: Int32Array,
  b: Int32Array,
  { aStart, aEnd, bStart, bEnd }: Block,
): (readonly [aIndex: number, bIndex: number])[] {
  const inA = new Map<number, number>();
  for (let at = aStart; at < aEnd; at++) {
    const id = a[at] ?? 0;
    inA.set(id, inA.has(id) ? -1 : at);
  }
  const inB = new Map<number, number>();
  for (let at = bStart; at < bEnd; at++) {
    const id = b[at] ?? 0;
    if ((inA.get(id) ?? -1) >= 0) inB.set(id, inB.has(id) ? -1 : at);
  }
  const pairs: (readonly [number, number])[] = [];
  for (const [id, at] of inA) {
    const other = inB.get(id) ?? -1;
    if (at >= 0 && other >= 0) pairs.push([at, other]);
  }
  return longestAscending(pairs);
}

/** Of pairs that ascend in their first number the most that also ascend in their second (patience sorting). */
function longestAscending(
  pairs: readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  /** The index of the last pair of the best series of each length. */
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, second], index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < second) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const series: (readonly [number, number])[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) series.push(pair);
  }
  return series.reverse();
}
