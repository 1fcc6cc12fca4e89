import { matchByShortestEdit, type Block } from './shortestEdit';

/** Blocks up to this many items on both sides are not divided further. */
const smallBlock = 48;
/** Lengths of runs of items that divide a block where they stand once on each side. */
const runLengths = [1, 4, 12];
/** A block is divided well by one pair for this many items; else longer runs are tried too. */
const wellDivided = 200;

/**
 * For each item of `a` the index in `b` of the item that it became, -1 where it went; indexes ascend.
 * Patience: items, or runs of items, that stand once on both sides divide the texts, and so on between;
 * what is left is matched by a shortest edit script. Time grows with the length.
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
    const pairs = dividingPairs(a, b, inner);
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

type Pairs = readonly (readonly [aIndex: number, bIndex: number])[];

/** The pairs of the shortest runs that divide a block well, else the most that there are. */
function dividingPairs(a: Int32Array, b: Int32Array, block: Block): Pairs {
  const wanted = Math.min(block.aEnd - block.aStart, block.bEnd - block.bStart) / wellDivided;
  let most: Pairs = [];
  for (const length of runLengths) {
    const pairs = uniquePairs(a, b, block, length);
    if (pairs.length > most.length) most = pairs;
    if (most.length > 0 && most.length >= wanted) break;
  }
  return most;
}

/** The longest ascending series of runs that stand once on each side of a block, by their first items. */
function uniquePairs(
  a: Int32Array,
  b: Int32Array,
  { aStart, aEnd, bStart, bEnd }: Block,
  length: number,
): Pairs {
  const inA = new Map<number, number>();
  for (let at = aStart; at + length <= aEnd; at++) {
    const id = hashRun(a, at, length);
    inA.set(id, inA.has(id) ? -1 : at);
  }
  const inB = new Map<number, number>();
  for (let at = bStart; at + length <= bEnd; at++) {
    const id = hashRun(b, at, length);
    if ((inA.get(id) ?? -1) >= 0) inB.set(id, inB.has(id) ? -1 : at);
  }
  const pairs: (readonly [number, number])[] = [];
  for (const [id, at] of inA) {
    const other = inB.get(id) ?? -1;
    // Different runs may have one hash.
    if (at >= 0 && other >= 0 && a[at] === b[other]) pairs.push([at, other]);
  }
  return longestAscending(pairs);
}

function hashRun(items: Int32Array, start: number, length: number): number {
  if (length === 1) return items[start] ?? 0;
  let hash = 0x811c9dc5;
  for (let at = start; at < start + length; at++) {
    hash = Math.imul(hash ^ (items[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Of pairs that ascend in their first number the most that also ascend in their second (patience sorting). */
function longestAscending(pairs: Pairs): Pairs {
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
