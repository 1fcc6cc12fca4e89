import { WORD_SCORES } from '../decoding/logits';
import { logitAt, type SpanExamples } from './examples';
import { rowsOf, trainLabel, type LabelRows, type TrainingRules } from './trainAdapters';

/**
 * What was learned of the words of one label: for the roles start, inside and end the logit o that a
 * word of features x has the role becomes o·(1 + scale) + weights·x + bias.
 */
export interface TrainedFinder {
  readonly label: number;
  readonly roles: readonly {
    readonly weights: Float32Array;
    readonly bias: number;
    readonly scale: number;
  }[];
}

/** Found on development sets. Words are alike in many ways that spans are not: one round is enough. */
const RULES: TrainingRules = {
  penalty: { weights: 1, bias: 0.1, scale: 16 },
  negatives: { perPositive: 4, more: 100, sampled: 200 },
  rounds: [{ tolerance: 0.05, sweeps: 8 }],
};

/** Words that nobody marked may be proposed for a role so many times for each word that has it. */
const PROPOSED = 2;

/**
 * Learns which words spans of each label start at, hold and end at, from the words of reviewed
 * texts, given for each of the three roles. Of the words that nobody marked, or that were rejected,
 * only so many reach `least`, the logit from which spans are proposed: where more would, the label's
 * bias is lowered.
 */
export function* trainFinders(
  roles: readonly SpanExamples[],
  least: number,
): Generator<TrainedFinder, void, undefined> {
  const labels = roles.length === WORD_SCORES ? (roles[0]?.labelCount ?? 0) : 0;
  for (let label = 0; label < labels; label++) {
    const learned = roles.map((examples) => trainRole(examples, label, least));
    const known = learned.filter((role) => role !== undefined);
    if (known.length === WORD_SCORES) yield { label, roles: known };
  }
}

function trainRole(
  examples: SpanExamples,
  label: number,
  least: number,
): TrainedFinder['roles'][number] | undefined {
  const rows = rowsOf(examples, label);
  const point = trainLabel(examples, label, rows, RULES)?.point;
  if (point === undefined) return undefined;
  const { width } = examples;
  return {
    weights: Float32Array.from(point.subarray(0, width)),
    bias: (point[width] as number) - excessOf(examples, label, rows, point, least),
    scale: point[width + 1] as number,
  };
}

/** How far the logits of a label must be lowered so that few enough words that are not of it reach `least`. */
function excessOf(
  examples: SpanExamples,
  label: number,
  { positives, others }: LabelRows,
  point: Float64Array,
  least: number,
): number {
  const logits = Float64Array.from(others, (row) => logitAt(examples, label, row, point)).sort();
  const first = logits[logits.length - 1 - PROPOSED * positives.length];
  return first === undefined ? 0 : Math.max(0, first - least);
}
