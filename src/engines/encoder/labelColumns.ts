/** Up to so many labels that were not met before are compared one by one; all of them anew where there are more. */
const fewLabels = 16;

/** How numbers that stand for one list of labels, a column for each, become those of another. */
export interface ColumnChange {
  /** [labels now]: the column before, or −1. */
  readonly from: Int32Array;
  /** Labels now that have no column before. */
  readonly missing: readonly number[];
}

/**
 * What is different in a list of label texts: `none`, which columns stay and which are missing, or `all`
 * where too little stays to be worth it.
 */
export function columnChange(
  before: readonly string[],
  now: readonly string[],
): ColumnChange | 'none' | 'all' {
  if (before === now) return 'none';
  let isSame = before.length === now.length;
  const at = new Map<string, number>();
  before.forEach((text, column) => {
    isSame &&= text === now[column];
    at.set(text, column);
  });
  if (isSame) return 'none';
  const from = Int32Array.from(now, (text) => at.get(text) ?? -1);
  const missing = [...from.keys()].filter((column) => from[column] === -1);
  const isMuch = missing.length > fewLabels || missing.length === now.length;
  return isMuch ? 'all' : { from, missing };
}

/** The rows [rows, labels before] as rows [rows, labels now], with zeros where a column is missing. */
export function moveColumns(
  rows: Float32Array,
  before: number,
  { from }: Pick<ColumnChange, 'from'>,
): Float32Array {
  const count = before === 0 ? 0 : rows.length / before;
  const moved = new Float32Array(count * from.length);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < from.length; column++) {
      const own = from[column] as number;
      if (own >= 0) moved[row * from.length + column] = rows[row * before + own] as number;
    }
  }
  return moved;
}

/** The vectors [labels, width] of some of the labels. */
export function labelVectors(
  vectors: Float32Array,
  labels: readonly number[],
  width: number,
): Float32Array {
  const some = new Float32Array(labels.length * width);
  labels.forEach((label, at) => {
    some.set(vectors.subarray(label * width, (label + 1) * width), at * width);
  });
  return some;
}
