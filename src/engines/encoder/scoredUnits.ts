import type { WordSpan } from '../../core/decoding/spans';
import type { LeafScores } from '../../core/decoding/types';
import type { ScoredPath } from '../../core/entity/entity';
import type { EncoderModel } from './encoderModel';
import type { LabelPlan } from './labelPlan';
import { adaptScores } from './learning/adaptScores';
import { recallTypes, type SpanTypes } from './recallTypes';
import type { SpanMemory } from './spanMemory';
import { candidatesOf, scoreWords, type WordLogits } from './spanFinder';
import { scoreSpan, type SpanScore } from './spanScores';
import type { PlacedSpan } from './spanTyper';
import type { TextFeatures } from './textFeatures';

/** A candidate with its types and scores; its `score` is what overlapping spans are ranked by. */
export interface ScoredCandidate extends PlacedSpan, WordSpan {
  readonly types: Pick<LeafScores, 'probabilities' | 'best'>;
  readonly scores: SpanScore;
  /** What it says of a leaf, once it was asked. */
  readonly said: Map<number, LeafSaid>;
}

/** What a candidate says of one leaf of the list. */
export interface LeafSaid {
  /** Probability that it is an entity of this type. */
  readonly score: number;
  readonly levelScores: readonly number[];
  readonly alternatives: readonly ScoredPath[];
}

interface Candidate extends PlacedSpan, WordSpan {
  readonly logits: WordLogits;
}

/**
 * The candidates of each unit with their scores, whatever the thresholds, best candidate first.
 * @param memory What units said before: of a list that differs from one of then in thresholds alone
 * nothing is worked out again.
 */
export async function scoreUnits(
  model: EncoderModel,
  plan: LabelPlan,
  units: readonly TextFeatures[],
  memory: SpanMemory,
): Promise<(readonly ScoredCandidate[])[]> {
  const scored = new Map<TextFeatures, readonly ScoredCandidate[]>();
  const unknown = new Set<TextFeatures>();
  for (const features of units) {
    const known = memory.scored(features, plan.key);
    if (known === undefined) unknown.add(features);
    else scored.set(features, known);
  }
  for (const [features, own] of await scoreAll(model, plan, [...unknown], memory)) {
    scored.set(features, own);
    memory.putScored(features, plan.key, own);
  }
  return units.map((features) => scored.get(features) ?? []);
}

async function scoreAll(
  model: EncoderModel,
  plan: LabelPlan,
  units: readonly TextFeatures[],
  memory: SpanMemory,
): Promise<Map<TextFeatures, ScoredCandidate[]>> {
  const byUnit = new Map(
    units.map((features): [TextFeatures, ScoredCandidate[]] => [features, []]),
  );
  if (units.length === 0) return byUnit;
  const logits = await scoreWords(model, plan, units, memory);
  const found = units.flatMap((features, index): Candidate[] => {
    const own = logits[index] as WordLogits;
    return candidatesOf(own, model).map((span) => ({ ...span, features, logits: own }));
  });
  const types = await recallTypes(model, plan, found, memory);
  found.forEach((candidate, index) => {
    const { features, first, last } = candidate;
    const own = scoreTyped(plan, candidate, types[index] as SpanTypes);
    // From here on spans are compared by how sure they are.
    const score = own.scores.rank;
    byUnit.get(features)?.push({ features, first, last, score, ...own, said: new Map() });
  });
  return byUnit;
}

function scoreTyped(
  plan: LabelPlan,
  candidate: Candidate,
  said: SpanTypes,
): Pick<ScoredCandidate, 'types' | 'scores'> {
  const { types } = said;
  const scores = scoreSpan(plan, candidate.logits, candidate, types);
  const { adapters, scoring } = plan;
  return adapters === undefined
    ? { types, scores }
    : adaptScores(scoring.kind, adapters, said, scores);
}
