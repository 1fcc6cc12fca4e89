import { WORD_SCORES } from '../decoding/logits';
import { logitsAt, type SpanExamples } from './examples';
import { rowsOf, trainLabel, type LearnedPoint, type TrainingRules } from './trainAdapters';

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
  const learned = trainLabel(examples, label, rows, RULES);
  if (learned === undefined) return undefined;
  const { point } = learned;
  const { width } = examples;
  const most = PROPOSED * rows.positives.length;
  return {
    weights: Float32Array.from(point.subarray(0, width)),
    bias: (point[width] as number) - excessOf(examples, label, learned, { most, least }),
    scale: point[width + 1] as number,
  };
}

/** How far the logits of a label must be lowered so that at most so many words that are not of it reach `least`. */
function excessOf(
  examples: SpanExamples,
  label: number,
  { point, negatives: { rows, weights } }: LearnedPoint,
  { most, least }: { readonly most: number; readonly least: number },
): number {
  const logits = logitsAt(examples, label, rows, point);
  const proposed = [...logits.keys()].filter((at) => (logits[at] as number) >= least);
  proposed.sort((a, b) => (logits[b] as number) - (logits[a] as number));
  let count = 0;
  for (const at of proposed) {
    const logit = logits[at] as number;
    count += weights[at] as number;
    if (count > most) return logit - least + ABOVE;
  }
  return 0;
}

/** What is lowered comes to lie below the limit, not at it. */
const ABOVE = 1e-6;
