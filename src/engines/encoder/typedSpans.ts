import { selectSpans, type WordSpan } from '../../core/decoding/spans';
import { levelScoresOf, rankLeaves, type LeafScores } from '../../core/decoding/types';
import type { Entity, EntitySource, ScoredPath, TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { EncoderModel } from './encoderModel';
import type { LabelPlan } from './labelPlan';
import { adaptScores } from './learning/adaptScores';
import { recallTypes } from './recallTypes';
import type { ReadUnit } from './sentenceReader';
import type { SpanMemory } from './spanMemory';
import { candidatesOf, scoreWords, type WordLogits } from './spanFinder';
import { scoreSpan, type SpanScore } from './spanScores';
import { typeSpans, type PlacedSpan, type SpanTypes } from './spanTyper';
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

/** A candidate with its types and scores. */
interface Candidate extends PlacedSpan, WordSpan {
  readonly read: ReadUnit;
  readonly logits: WordLogits;
}

interface ScoredCandidate extends Candidate {
  readonly types: LeafScores;
  readonly scores: SpanScore;
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
  memory?: SpanMemory,
): Promise<TypedSpan[]> {
  const logits = await scoreWords(
    model,
    plan,
    units.map(({ features }) => features),
  );
  const found: Candidate[] = units.flatMap(({ read, features }, index) => {
    const own = logits[index] as WordLogits;
    return candidatesOf(own, model)
      .filter(({ first, last }) => read.owns(first, last))
      .map((span) => ({ ...span, read, features, logits: own }));
  });
  // What is learned for labels is worked out from more than the remembered vectors.
  const types: readonly SpanTypes[] =
    memory === undefined || plan.adapters !== undefined
      ? await typeSpans(model, plan, found)
      : await recallTypes(model, plan, found, memory);
  const scored = found.map((candidate, index): ScoredCandidate => {
    const own = scoreTyped(plan, candidate, types[index] as SpanTypes);
    // From here on spans are compared by how sure they are.
    return { ...candidate, ...own, score: own.scores.rank };
  });
  const kept = plan.ownThresholds === undefined ? selectByUnit(scored, options.overlap) : scored;
  return kept.flatMap((candidate) => typedSpans(plan, candidate, options));
}

function scoreTyped(
  plan: LabelPlan,
  candidate: Candidate,
  types: SpanTypes,
): Pick<ScoredCandidate, 'types' | 'scores'> {
  const scores = scoreSpan(plan, candidate.logits, candidate, types);
  const { adapters, scoring } = plan;
  return adapters === undefined
    ? { types, scores }
    : adaptScores(scoring.kind, adapters, types, scores);
}

/** Candidates come unit by unit. */
function selectByUnit(
  candidates: readonly ScoredCandidate[],
  overlap: OverlapPolicy,
): ScoredCandidate[] {
  const byUnit = new Map<ReadUnit, ScoredCandidate[]>();
  for (const candidate of candidates) {
    const others = byUnit.get(candidate.read);
    if (others) others.push(candidate);
    else byUnit.set(candidate.read, [candidate]);
  }
  return [...byUnit.values()].flatMap((own) => selectSpans(own, overlap));
}

/** The spans of one passage that may stand together; needed where units overlap or were not selected. */
export function selectTyped(spans: readonly TypedSpan[], overlap: OverlapPolicy): TypedSpan[] {
  return selectSpans(
    spans.map((span) => ({ first: span.start, last: span.end - 1, score: span.rank, span })),
    overlap,
  ).map(({ span }) => span);
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
  { layout, scoring, ownThresholds }: LabelPlan,
  { read, features, first, last, types, scores }: ScoredCandidate,
  { threshold, overlap }: SpanOptions,
): TypedSpan[] {
  const best = types.probabilities[types.best] as number;
  const chosen: { leaf: number; score: number }[] = [];
  const consider = (leaf: number): void => {
    const score = rounded(scores.scoreOf(leaf));
    const least = ownThresholds?.[leaf] ?? threshold;
    const passes = least === undefined ? scores.rank >= scoring.threshold : score >= least;
    if (passes) chosen.push({ leaf, score });
  };
  if (overlap === 'multi-label') {
    types.probabilities.forEach((probability, leaf) => {
      if (probability >= MULTI_LABEL_SHARE * best) consider(leaf);
    });
  } else {
    consider(types.best);
  }
  return chosen.map(({ leaf, score }) => ({
    passage: read.passage,
    start: read.offset + (features.bounds[2 * first] as number),
    end: read.offset + (features.bounds[2 * last + 1] as number),
    score,
    rank: scores.rank,
    path: layout.nodes[layout.leafNodes[leaf] as number]?.path ?? [],
    levelScores: levelScoresOf(layout, types, leaf).map(rounded),
    alternatives: rankLeaves(layout, types, ALTERNATIVES, leaf).map(({ path, score }) => ({
      path,
      score: rounded(score),
    })),
  }));
}
