import { findSpans, selectSpans, type WordSpan } from '../../core/decoding/spans';
import { levelScoresOf, rankLeaves, scoreLeaves } from '../../core/decoding/types';
import type { ScoredPath, TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { EncoderModel } from './encoderModel';
import type { LabelPlan } from './labelPlan';
import type { ReadUnit } from './sentenceReader';
import { scoreWords } from './spanFinder';
import { scoreTypes, type PlacedSpan } from './spanTyper';
import type { TextFeatures } from './textFeatures';

/** A found and typed span; offsets are UTF-16 units of its passage, end exclusive. */
export interface TypedSpan {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly path: TypePath;
  readonly levelScores: readonly number[];
  readonly alternatives: readonly ScoredPath[];
}

export interface SpanOptions {
  readonly threshold: number;
  readonly overlap: OverlapPolicy;
}

/** Next best types that an entity carries. */
const ALTERNATIVES = 5;
/** Under `multi-label` a span has every type that is at least this times as probable as its best. */
const MULTI_LABEL_SHARE = 0.5;

/**
 * Finds and types the spans of units whose features are given. Within a unit they obey the overlap
 * policy, unless labels have thresholds of their own: then a span must not yield to one that its
 * own label rejects, and the caller selects in the end (see {@link selectTyped}).
 */
export async function typeUnits(
  model: EncoderModel,
  plan: LabelPlan,
  units: readonly { readonly read: ReadUnit; readonly features: TextFeatures }[],
  options: SpanOptions,
): Promise<TypedSpan[]> {
  const scores = await scoreWords(
    model,
    plan,
    units.map(({ features }) => features),
  );
  const least = leastThreshold(plan, options.threshold);
  const { maxSpan } = model.manifest.finding;
  const found: (PlacedSpan & WordSpan & { readonly read: ReadUnit })[] = [];
  units.forEach(({ read, features }, index) => {
    const all = findSpans(scores[index] ?? new Float32Array(0), least, maxSpan);
    const own = all.filter(({ first, last }) => read.owns(first, last));
    const kept = plan.ownThresholds === undefined ? selectSpans(own, options.overlap) : own;
    for (const span of kept) found.push({ ...span, read, features });
  });
  const logits = await scoreTypes(model, plan, found);
  return found.flatMap((span, index) => {
    const { read, features, first, last, score } = span;
    const place = {
      passage: read.passage,
      start: read.offset + (features.bounds[2 * first] as number),
      end: read.offset + (features.bounds[2 * last + 1] as number),
      score: rounded(score),
    };
    return typesOf(plan, logits[index] as Float32Array, score, options).map((type) => ({
      ...place,
      ...type,
    }));
  });
}

/** The spans of one passage that may stand together; needed where units overlap or were not selected. */
export function selectTyped(spans: readonly TypedSpan[], overlap: OverlapPolicy): TypedSpan[] {
  return selectSpans(
    spans.map((span) => ({ first: span.start, last: span.end - 1, score: span.score, span })),
    overlap,
  ).map(({ span }) => span);
}

/** Six decimals: less than any difference that matters, and half of the bytes on the pipe. */
export function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}

function leastThreshold({ ownThresholds }: LabelPlan, threshold: number): number {
  return Math.min(
    ...(ownThresholds ?? []).map((own) => own ?? threshold),
    ownThresholds ? 1 : threshold,
  );
}

function typesOf(
  { layout, weights, ownThresholds }: LabelPlan,
  logits: Float32Array,
  score: number,
  { threshold, overlap }: SpanOptions,
): Pick<TypedSpan, 'path' | 'levelScores' | 'alternatives'>[] {
  const leaves = scoreLeaves(layout, logits, weights);
  const best = leaves.probabilities[leaves.best] as number;
  const chosen: number[] = [];
  leaves.probabilities.forEach((probability, leaf) => {
    const isChosen =
      overlap === 'multi-label' ? probability >= MULTI_LABEL_SHARE * best : leaf === leaves.best;
    if (isChosen && score >= (ownThresholds?.[leaf] ?? threshold)) chosen.push(leaf);
  });
  return chosen.map((leaf) => ({
    path: layout.nodes[layout.leafNodes[leaf] as number]?.path ?? [],
    levelScores: levelScoresOf(layout, leaves, leaf).map(rounded),
    alternatives: rankLeaves(layout, leaves, ALTERNATIVES, leaf).map(({ path, score }) => ({
      path,
      score: rounded(score),
    })),
  }));
}
