import type { Range } from '../text/range';

/**
 * How many levels of boxes lie inside each span: 0 for one that contains no other, 1 for one around
 * such a one, and so on. Spans that cross contain neither; of equal ones the earlier is the outer.
 */
export function depthsInside(spans: readonly Range[]): number[] {
  const byLength = spans
    .map((span, index) => ({ ...span, index }))
    .sort((a, b) => a.end - a.start - (b.end - b.start) || b.index - a.index);
  const depths = spans.map(() => 0);
  byLength.forEach((outer, at) => {
    for (const inner of byLength.slice(0, at)) {
      if (inner.start < outer.start || inner.end > outer.end) continue;
      depths[outer.index] = Math.max(depths[outer.index] ?? 0, (depths[inner.index] ?? 0) + 1);
    }
  });
  return depths;
}
