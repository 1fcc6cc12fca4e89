/** A rectangle in CSS pixels, from the top left of the text it is in. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Joins the rectangles of a span that touch each other in a line: a line of mixed directions has one
 * for each run.
 */
export function joinRuns(boxes: readonly Box[]): Box[] {
  const joined: Box[] = [];
  for (const box of [...boxes].sort((a, b) => a.top - b.top || a.left - b.left)) {
    if (box.width === 0) continue;
    const last = joined.at(-1);
    const touches =
      last !== undefined &&
      Math.abs(last.top - box.top) < 2 &&
      box.left <= last.left + last.width + 1;
    if (!touches) joined.push(box);
    else {
      const right = Math.max(last.left + last.width, box.left + box.width);
      joined[joined.length - 1] = { ...last, width: right - last.left };
    }
  }
  return joined;
}

/** The name of a span that has to find room below a line. */
export interface LabelPlace {
  /** The line, from 0. */
  readonly line: number;
  readonly left: number;
  readonly width: number;
}

/**
 * Gives labels lanes below their lines, from 0 at the line downward, so that no two of a lane touch:
 * inner spans, which come last, get the upper lanes where there is a choice.
 */
export function assignLanes(labels: readonly LabelPlace[]): number[] {
  const gap = 4;
  const taken: LabelPlace[][][] = [];
  const lanes = labels.map(() => 0);
  for (let index = labels.length - 1; index >= 0; index--) {
    const label = labels[index];
    if (label === undefined) continue;
    const lines = (taken[label.line] ??= []);
    const isFree = (others: readonly LabelPlace[]): boolean =>
      others.every(
        (other) =>
          other.left >= label.left + label.width + gap ||
          label.left >= other.left + other.width + gap,
      );
    const free = lines.findIndex(isFree);
    const lane = free < 0 ? lines.length : free;
    (lines[lane] ??= []).push(label);
    lanes[index] = lane;
  }
  return lanes;
}
