import { rankLeaves } from '../../core/decoding/types';
import type { ScoredPath } from '../../core/entity/entity';
import type { Passage } from '../engine';
import type { EncoderModel } from './encoderModel';
import type { LabelPlan } from './labelPlan';
import { adaptProbabilities } from './learning/adaptScores';
import { readUnits, type ReadingRules, type ReadUnit } from './sentenceReader';
import { recallTypes, type SpanTypes } from './recallTypes';
import type { SpanMemory } from './spanMemory';
import type { PlacedSpan } from './spanTyper';
import type { TextFeatures } from './textFeatures';
import { rounded } from './typedSpans';
import type { UnitEncoder } from './unitEncoder';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface RankContext {
  readonly model: EncoderModel;
  readonly units: UnitEncoder;
  readonly rules: ReadingRules;
  readonly plan: LabelPlan;
  readonly memory: SpanMemory;
  readonly signal?: AbortSignal;
}

/**
 * Types of given spans (UTF-16 units of the passage), best first, at most `limit` each. A span is
 * read as the words that it touches; of one that crosses sentences, the part in the sentence where
 * most of it lies. A span that touches no word has no types.
 */
export async function rankSpans(
  passage: Passage,
  spans: readonly Span[],
  limit: number,
  { model, units, rules, plan, memory, signal }: RankContext,
): Promise<ScoredPath[][]> {
  const best: (ReadUnit | undefined)[] = spans.map(() => undefined);
  const shared = spans.map(() => 0);
  for (const unit of readUnits([passage], rules)) {
    spans.forEach((span, index) => {
      const length = sharedLength(unit, span);
      if (length > (shared[index] as number)) {
        shared[index] = length;
        best[index] = unit;
      }
    });
  }
  const wanted = new Set(best.filter((unit) => unit !== undefined));
  const unknown = [...wanted].flatMap(({ content }) => ('unit' in content ? [content.unit] : []));
  const { features: encoded } = await units.encode(unknown, signal);
  const placed = spans.map((span, index) => {
    const unit = best[index];
    if (unit === undefined) return undefined;
    const features = 'features' in unit.content ? unit.content.features : encoded.get(unit.text);
    return features && placeSpan(features, span.start - unit.offset, span.end - unit.offset);
  });
  const types = await recallTypes(
    model,
    plan,
    placed.filter((span) => span !== undefined),
    memory,
  );
  let next = 0;
  return placed.map((span) => {
    if (span === undefined) return [];
    const own = types[next++] as SpanTypes;
    const probabilities =
      plan.adapters === undefined
        ? own.types.probabilities
        : adaptProbabilities(plan.adapters, own);
    return rankLeaves(plan.layout, { probabilities }, limit).map(({ path, score }) => ({
      path,
      score: rounded(score),
    }));
  });
}

/** UTF-16 units that a span shares with a unit; of two windows, the one that holds it wins. */
function sharedLength({ offset, text }: ReadUnit, { start, end }: Span): number {
  return Math.min(end, offset + text.length) - Math.max(start, offset);
}

/** The words that `[start, end)` touches, if there are any. */
export function placeSpan(
  features: TextFeatures,
  start: number,
  end: number,
): PlacedSpan | undefined {
  const { bounds } = features;
  let first = -1;
  let last = -1;
  for (let word = 0; 2 * word < bounds.length; word++) {
    if ((bounds[2 * word] as number) < end && (bounds[2 * word + 1] as number) > start) {
      if (first < 0) first = word;
      last = word;
    }
  }
  return first < 0 ? undefined : { features, first, last };
}
