/** A stretch of two sequences: indexes, ends exclusive. */
export interface Block {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** Insertions and deletions looked for at most: the time grows with their square, */
const mostEdits = 1500;
/** and with their product with the length, of which this much is spent on a block. */
const mostSteps = 5e7;

/**
 * Matches the items of a block by a shortest edit script (Myers 1986, the greedy algorithm): calls
 * `match` for each pair, from the last to the first. Returns false, having matched nothing, where the
 * script is longer than a limit.
 */
export function matchByShortestEdit(
  a: Int32Array,
  b: Int32Array,
  { aStart, aEnd, bStart, bEnd }: Block,
  match: (aIndex: number, bIndex: number) => void,
): boolean {
  const [n, m] = [aEnd - aStart, bEnd - bStart];
  const most = Math.min(n + m, mostEdits, Math.max(32, Math.floor(mostSteps / (n + m + 1))));
  /** `reach[k + most + 1]` is how far in `a` a path on the diagonal k came. */
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trace.push(reach.slice(most + 1 - edits - 1, most + 1 + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const at = k + most + 1;
      const [down, right] = [reach[at + 1] ?? 0, (reach[at - 1] ?? 0) + 1];
      const isDown = k === -edits || (k !== edits && down >= right);
      let x = isDown ? down : right;
      while (x < n && x - k < m && a[aStart + x] === b[bStart + x - k]) x++;
      reach[at] = x;
      if (x >= n && x - k >= m) {
        walkBack(trace, n, m, (i, j) => match(aStart + i, bStart + j));
        return true;
      }
    }
  }
  return false;
}

/** Follows the path from its end to its beginning; `trace[d]` holds the diagonals -d-1 to d+1 before step d. */
function walkBack(
  trace: readonly Int32Array[],
  n: number,
  m: number,
  match: (i: number, j: number) => void,
): void {
  let [x, y] = [n, m];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits] ?? new Int32Array();
    const k = x - y;
    const at = k + edits + 1;
    const [down, right] = [reach[at + 1] ?? 0, (reach[at - 1] ?? 0) + 1];
    const isDown = k === -edits || (k !== edits && down >= right);
    const fromX = edits === 0 ? 0 : isDown ? down : right - 1;
    const fromY = edits === 0 ? 0 : isDown ? down - k - 1 : right - 1 - (k - 1);
    const stop = edits === 0 ? 0 : isDown ? fromX : fromX + 1;
    while (x > stop) match(--x, --y);
    [x, y] = [fromX, fromY];
  }
}
