import type { OverlapPolicy } from '../../core/entity/overlap';
import type { Range } from '../../core/text/range';

/** A span with the share of samples that have it. */
export interface UnitedSpan extends Range {
  readonly score: number;
}

/**
 * The union of what several samples found, in text order. Of spans that overlap the longest stays
 * (CascadeNER's “length-first”), of equally long ones that of more samples, then the earlier one;
 * unless spans inside spans are wanted: then only crossing ones give way.
 */
export function uniteSamples(
  samples: readonly (readonly Range[])[],
  overlap: OverlapPolicy,
): UnitedSpan[] {
  const votes = new Map<string, { readonly span: Range; count: number }>();
  for (const span of samples.flat()) {
    const key = `${span.start} ${span.end}`;
    const known = votes.get(key);
    if (known === undefined) votes.set(key, { span, count: 1 });
    else known.count++;
  }
  const longestFirst = [...votes.values()].sort(
    (a, b) =>
      lengthOf(b.span) - lengthOf(a.span) || b.count - a.count || a.span.start - b.span.start,
  );
  const kept: { readonly span: Range; readonly count: number }[] = [];
  for (const candidate of longestFirst) {
    if (kept.every(({ span }) => mayStand(candidate.span, span, overlap))) kept.push(candidate);
  }
  return kept
    .map(({ span: { start, end }, count }) => ({ start, end, score: count / samples.length }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

function lengthOf({ start, end }: Range): number {
  return end - start;
}

function mayStand(inner: Range, outer: Range, overlap: OverlapPolicy): boolean {
  if (inner.end <= outer.start || outer.end <= inner.start) return true;
  return overlap !== 'flat' && outer.start <= inner.start && inner.end <= outer.end;
}
