import { mayStandTogether } from '../../core/entity/resolveOverlaps';
import type { OverlapPolicy } from '../../core/entity/overlap';
import { foldPath } from '../../core/labels/names';
import type { PlacedMention } from './promptProtocol';

/** A mention with the share of samples that have it. */
export interface UnitedMention extends PlacedMention {
  readonly score: number;
}

/** What several samples say together, each span with each label once, in the order it was first said. */
export function uniteMentions(samples: readonly (readonly PlacedMention[])[]): UnitedMention[] {
  const votes = new Map<string, { readonly mention: PlacedMention; count: number }>();
  for (const sample of samples) {
    const said = new Map(sample.map((mention) => [keyOf(mention), mention]));
    for (const [key, mention] of said) {
      const known = votes.get(key);
      if (known === undefined) votes.set(key, { mention, count: 1 });
      else known.count++;
    }
  }
  return [...votes.values()].map(({ mention, count }) => {
    return { ...mention, score: count / samples.length };
  });
}

/**
 * The mentions that may stand together, in text order. Of those that may not, the one of more samples
 * stays, then the longer one, then the one said first.
 */
export function keepTogether(
  mentions: readonly UnitedMention[],
  overlap: OverlapPolicy,
): UnitedMention[] {
  const kept: UnitedMention[] = [];
  const ranked = [...mentions].sort((a, b) => b.score - a.score || lengthOf(b) - lengthOf(a));
  for (const candidate of ranked) {
    const spans = kept.map((other) => typed(other));
    if (spans.every((other) => mayStandTogether(typed(candidate), other, overlap))) {
      kept.push(candidate);
    }
  }
  return kept.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function keyOf({ span, label }: PlacedMention): string {
  return `${span.start} ${span.end} ${foldPath(label.path)}`;
}

function typed({ span, label }: PlacedMention) {
  return { ...span, path: label.path };
}

function lengthOf({ span }: PlacedMention): number {
  return span.end - span.start;
}
