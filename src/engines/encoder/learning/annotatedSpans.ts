import { isHuman } from '../../../core/entity/entity';
import { NO_LABEL } from '../../../core/learning/examples';
import { type WordSpan, leastOf } from '../../../core/decoding/spans';
import type { AnnotatedPassage } from '../../engine';
import { placeSpan } from '../rankSpans';
import type { ReadUnit } from '../sentenceReader';
import type { WordLogits } from '../spanFinder';
import type { TextFeatures } from '../textFeatures';
import type { LeafIndex } from './leafIndex';

/** A span with what a human says of it; leaves of the list, or {@link NO_LABEL}. */
export interface AnnotatedSpan extends WordSpan {
  readonly leaf: number;
  readonly rejected: number;
}

/** Spans of a unit that nobody marked, at most; the best ones come first. */
const BACKGROUND = 24;

/**
 * What a unit teaches: the spans that a human decided on, and candidates that nobody took for an
 * entity. Nothing where no human decided on anything in it, unless the passage is annotated
 * completely. Suggestions that nobody decided on teach nothing, nor do spans that cross one.
 */
export function annotatedSpans(
  { entities, complete = false }: AnnotatedPassage,
  { offset, text, owns }: ReadUnit,
  features: TextFeatures,
  { logits, candidates }: { readonly logits: WordLogits; readonly candidates: readonly WordSpan[] },
  leaves: LeafIndex,
): AnnotatedSpan[] {
  const inside = entities.filter(
    ({ start, end }) => start >= offset && end <= offset + text.length && start < end,
  );
  const decided = inside.filter(isHuman);
  if (decided.length === 0 && !complete) return [];
  const spans = new Map<string, AnnotatedSpan>();
  const skipped = new Set<string>();
  for (const entity of decided) {
    const span = placeSpan(features, entity.start - offset, entity.end - offset);
    if (span === undefined) continue;
    const { first, last } = span;
    const key = keyOf(span);
    const meaning = leaves.meaningOf(entity);
    if (meaning === 'unknown') {
      skipped.add(key);
      continue;
    }
    const leaf = meaning === 'none' ? NO_LABEL : meaning;
    const isRejected = entity.state === 'rejected';
    // What is wrong as one type may be right as another.
    if (isRejected && spans.has(key)) continue;
    spans.set(key, {
      first,
      last,
      score: leastOf(logits.candidates, first, last),
      leaf: isRejected ? NO_LABEL : leaf,
      rejected: isRejected ? leaf : NO_LABEL,
    });
  }
  const open = inside.filter((entity) => !isHuman(entity));
  const crossesOpen = ({ first, last }: WordSpan): boolean => {
    const start = offset + (features.bounds[2 * first] as number);
    const end = offset + (features.bounds[2 * last + 1] as number);
    return open.some((entity) => entity.start < end && start < entity.end);
  };
  const background = candidates
    .filter((span) => {
      const key = keyOf(span);
      return owns(span.first, span.last) && !spans.has(key) && !skipped.has(key);
    })
    .slice(0, BACKGROUND)
    .filter((span) => !crossesOpen(span))
    .map((span) => ({ ...span, leaf: NO_LABEL, rejected: NO_LABEL }));
  return [...spans.values(), ...background];
}

function keyOf({ first, last }: { readonly first: number; readonly last: number }): string {
  return `${first}:${last}`;
}
