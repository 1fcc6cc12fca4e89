import { isHuman } from '../../../core/entity/entity';
import { NO_LABEL } from '../../../core/learning/examples';
import { type WordSpan, leastOf } from '../../../core/decoding/spans';
import type { AnnotatedPassage } from '../../engine';
import { placeSpan } from '../rankSpans';
import type { ReadUnit } from '../sentenceReader';
import type { WordLogits } from '../spanFinder';
import type { TextFeatures } from '../textFeatures';
import type { LeafIndex } from './leafIndex';

/** Words of a unit, last word *inclusive*, with what a human says of them; leaves, or {@link NO_LABEL}. */
export interface DecidedSpan {
  readonly first: number;
  readonly last: number;
  readonly leaf: number;
  readonly rejected: number;
}

/** A span that is learned from. */
export type AnnotatedSpan = DecidedSpan & WordSpan;

/** What humans said of the spans of a unit. */
export interface Decisions {
  readonly spans: readonly DecidedSpan[];
  /** Whether nobody can tell what the span is: it teaches nothing. */
  readonly isOpen: (first: number, last: number) => boolean;
}

/** Spans of a unit that nobody marked, at most; the best ones come first. */
const BACKGROUND = 24;

/**
 * What humans decided on in a unit. Undefined where no human decided on anything in it, unless the
 * passage is annotated completely. Suggestions that nobody decided on teach nothing, nor do spans
 * that cross one.
 */
export function readDecisions(
  { entities, complete = false }: AnnotatedPassage,
  { offset, text }: ReadUnit,
  features: TextFeatures,
  leaves: LeafIndex,
): Decisions | undefined {
  const inside = entities.filter(
    ({ start, end }) => start >= offset && end <= offset + text.length && start < end,
  );
  const decided = inside.filter(isHuman);
  if (decided.length === 0 && !complete) return undefined;
  const spans = new Map<string, DecidedSpan>();
  const skipped = new Set<string>();
  for (const entity of decided) {
    const span = placeSpan(features, entity.start - offset, entity.end - offset);
    if (span === undefined) continue;
    const { first, last } = span;
    const key = `${first}:${last}`;
    const meaning = leaves.meaningOf(entity);
    if (meaning === 'unknown') {
      skipped.add(key);
      continue;
    }
    const leaf = meaning === 'none' ? NO_LABEL : meaning;
    const isRejected = entity.state === 'rejected';
    // What is wrong as one type may be right as another.
    if (isRejected && spans.has(key)) continue;
    const said = isRejected ? { leaf: NO_LABEL, rejected: leaf } : { leaf, rejected: NO_LABEL };
    spans.set(key, { first, last, ...said });
  }
  const open = inside.filter((entity) => !isHuman(entity));
  const isOpen = (first: number, last: number): boolean => {
    const start = offset + (features.bounds[2 * first] as number);
    const end = offset + (features.bounds[2 * last + 1] as number);
    return (
      skipped.has(`${first}:${last}`) ||
      open.some((entity) => entity.start < end && start < entity.end)
    );
  };
  return { spans: [...spans.values()], isOpen };
}

/** What a unit teaches: the spans that a human decided on, and candidates that nobody took for an entity. */
export function annotatedSpans(
  { spans, isOpen }: Decisions,
  { owns }: Pick<ReadUnit, 'owns'>,
  logits: WordLogits,
  candidates: readonly WordSpan[],
): AnnotatedSpan[] {
  const decided = new Set(spans.map(({ first, last }) => `${first}:${last}`));
  const background = candidates
    .filter(({ first, last }) => owns(first, last) && !decided.has(`${first}:${last}`))
    .slice(0, BACKGROUND)
    .filter(({ first, last }) => !isOpen(first, last))
    .map((span) => ({ ...span, leaf: NO_LABEL, rejected: NO_LABEL }));
  const scored = spans.map((span) => ({
    ...span,
    score: leastOf(logits.candidates, span.first, span.last),
  }));
  return [...scored, ...background];
}
