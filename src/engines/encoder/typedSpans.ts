import { selectSpans } from '../../core/decoding/spans';
import { levelScoresOf, rankLeaves } from '../../core/decoding/types';
import type { Entity, EntitySource, ScoredPath, TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import { headingSigns } from '../../core/text/markup';
import type { EncoderModel } from './encoderModel';
import type { LabelPlan } from './labelPlan';
import { scoreUnits, type LeafSaid, type ScoredCandidate } from './scoredUnits';
import type { ReadUnit } from './sentenceReader';
import type { SpanMemory } from './spanMemory';
import type { TextFeatures } from './textFeatures';

/** A found and typed span; offsets are UTF-16 units of its passage, end exclusive. */
export interface TypedSpan {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
  /** Probability that it is an entity of this type. */
  readonly score: number;
  /** What overlapping spans are ranked by. */
  readonly rank: number;
  readonly path: TypePath;
  readonly levelScores: readonly number[];
  readonly alternatives: readonly ScoredPath[];
}

export interface SpanOptions {
  /** Least score; what the pack says where the caller does not. */
  readonly threshold?: number;
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
 * @param memory What spans said before, so that a list that is much like another costs little.
 */
export async function typeUnits(
  model: EncoderModel,
  plan: LabelPlan,
  units: readonly { readonly read: ReadUnit; readonly features: TextFeatures }[],
  options: SpanOptions,
  memory: SpanMemory,
): Promise<TypedSpan[]> {
  const scored = await scoreUnits(
    model,
    plan,
    units.map(({ features }) => features),
    memory,
  );
  return units.flatMap(({ read }, index) => {
    const own = (scored[index] ?? []).filter(({ first, last }) => read.owns(first, last));
    const kept = plan.ownThresholds === undefined ? selectSpans(own, options.overlap) : own;
    return kept.flatMap((candidate) => typedSpans(plan, read, candidate, options));
  });
}

/**
 * The spans of one passage that may stand together; needed where units overlap or were not selected.
 * Spans that touch no others by any chain are selected by themselves, so it yields once for each such
 * run of spans, in text order, and long passages can be selected from in turns.
 */
export function* selectTyped(
  spans: readonly TypedSpan[],
  overlap: OverlapPolicy,
): Generator<readonly TypedSpan[], void, undefined> {
  for (const run of overlappingRuns(spans)) {
    yield run.length === 1
      ? run
      : selectSpans(
          run.map((span) => ({ first: span.start, last: span.end - 1, score: span.rank, span })),
          overlap,
        ).map(({ span }) => span);
  }
}

/** Spans in text order, those together that overlap, also through others. */
function* overlappingRuns(spans: readonly TypedSpan[]): Generator<TypedSpan[], void, undefined> {
  let run: TypedSpan[] = [];
  let end = -1;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (run.length > 0 && span.start >= end) {
      yield run;
      run = [];
    }
    run.push(span);
    end = Math.max(end, span.end);
  }
  if (run.length > 0) yield run;
}

/** The spans as entities that nobody has decided on. */
export function suggestEntities(
  spans: readonly TypedSpan[],
  source: EntitySource,
  newId: () => string,
): Entity[] {
  return spans.map(({ start, end, path, score, levelScores, alternatives }) => ({
    id: newId(),
    start,
    end,
    path,
    score,
    levelScores,
    alternatives,
    source,
    state: 'suggested',
  }));
}

/** Six decimals: less than any difference that matters, and half of the bytes on the pipe. */
export function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}

function typedSpans(
  plan: LabelPlan,
  read: ReadUnit,
  candidate: ScoredCandidate,
  { threshold, overlap }: SpanOptions,
): TypedSpan[] {
  const { layout, scoring, ownThresholds } = plan;
  const { features, first, last, scores } = candidate;
  const passes = (leaf: number): boolean => {
    const least = ownThresholds?.[leaf] ?? threshold;
    return least === undefined
      ? scores.rank >= scoring.threshold
      : rounded(scores.scoreOf(leaf)) >= least;
  };
  const start = features.bounds[2 * first] as number;
  const end = features.bounds[2 * last + 1] as number;
  const signs = headingSigns(read.text.slice(start, end));
  return leavesOf(candidate, overlap)
    .filter(passes)
    .map((leaf) => ({
      passage: read.passage,
      start: read.offset + start + signs,
      end: read.offset + end,
      rank: scores.rank,
      path: layout.nodes[layout.leafNodes[leaf] as number]?.path ?? [],
      ...sayOf(candidate, leaf, plan),
    }));
}

/** The types that a span may have: its best, or under `multi-label` all that are not much less probable. */
function leavesOf({ types }: ScoredCandidate, overlap: OverlapPolicy): number[] {
  if (overlap !== 'multi-label') return [types.best];
  const best = types.probabilities[types.best] as number;
  return [...types.probabilities.keys()].filter(
    (leaf) => (types.probabilities[leaf] as number) >= MULTI_LABEL_SHARE * best,
  );
}

function sayOf({ types, scores, said }: ScoredCandidate, leaf: number, plan: LabelPlan): LeafSaid {
  let known = said.get(leaf);
  if (known === undefined) {
    known = {
      score: rounded(scores.scoreOf(leaf)),
      levelScores: levelScoresOf(plan.layout, types, leaf).map(rounded),
      alternatives: rankLeaves(plan.layout, types, ALTERNATIVES, leaf).map(({ path, score }) => ({
        path,
        score: rounded(score),
      })),
    };
    said.set(leaf, known);
  }
  return known;
}
