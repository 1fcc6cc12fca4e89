import { NO_LABEL, type SpanExamples } from './examples';
import { solveLogistic, type Penalty, type SolveOptions } from './logistic';
import { chooseNegatives, type NegativeCounts, type Negatives } from './negatives';

/**
 * What was learned of one label: the logit o that a span of features x is an entity of it becomes
 * o·(1 + scale) + weights·x + bias.
 */
export interface TrainedLabel {
  readonly label: number;
  readonly weights: Float32Array;
  readonly bias: number;
  readonly scale: number;
  /** Spans that it was learned from: of the label, and rejected as of the label. */
  readonly examples: number;
}

/** How labels are learned. */
export interface TrainingRules {
  /** Strengths of the pull towards what the pack says without examples. */
  readonly penalty: Penalty;
  /** How many rows that are not of a label are learned from; see `chooseNegatives`. */
  readonly negatives: NegativeCounts;
  /** After each round, the negatives that it took for positives are among those of the next. */
  readonly rounds: readonly Required<Pick<SolveOptions, 'tolerance' | 'sweeps'>>[];
}

/** Found on development sets. The first round need not be exact. */
const RULES: TrainingRules = {
  penalty: { weights: 1, bias: 1, scale: 16 },
  negatives: { perPositive: 4, more: 100, sampled: 200 },
  rounds: [
    { tolerance: 0.1, sweeps: 4 },
    { tolerance: 0.02, sweeps: 10 },
  ],
};

/** Trains the labels that have examples, one after the other; the others stay as the pack has them. */
export function* trainAdapters(examples: SpanExamples): Generator<TrainedLabel, void, undefined> {
  for (let label = 0; label < examples.labelCount; label++) {
    const rows = rowsOf(examples, label);
    const learned = trainLabel(examples, label, rows, RULES);
    if (learned === undefined) continue;
    const { point } = learned;
    yield {
      label,
      weights: Float32Array.from(point.subarray(0, examples.width)),
      bias: point[examples.width] as number,
      scale: point[examples.width + 1] as number,
      examples: rows.positives.length + rows.rejected.length,
    };
  }
}

/** Rows that a label is learned from. */
export interface LabelRows {
  readonly positives: readonly number[];
  /** Rejected as of this label: learned from in any case. */
  readonly rejected: readonly number[];
  readonly others: readonly number[];
}

/** The rows of a label, without those of some sentences. */
export function rowsOf(
  { labels, rejected, groups }: SpanExamples,
  label: number,
  without: ReadonlySet<number> = new Set(),
): LabelRows {
  const rows = { positives: [] as number[], rejected: [] as number[], others: [] as number[] };
  labels.forEach((own, row) => {
    if (without.has(groups[row] as number)) return;
    if (own === label) rows.positives.push(row);
    else if (rejected[row] === label && label !== NO_LABEL) rows.rejected.push(row);
    else rows.others.push(row);
  });
  return rows;
}

/** What a label becomes, [w…, b, s], and what each of the rows that it was learned from pulls. */
export interface LearnedPoint {
  readonly point: Float64Array;
  readonly pulls: ReadonlyMap<number, number>;
  /** The rows among them that are not of the label. */
  readonly negatives: Negatives;
}

/**
 * Learns a label; undefined where it has no examples.
 * @param start What was learned from much the same rows before: the search begins there.
 */
export function trainLabel(
  examples: SpanExamples,
  label: number,
  { positives, rejected, others }: LabelRows,
  rules = RULES,
  start?: LearnedPoint,
): LearnedPoint | undefined {
  if (positives.length + rejected.length === 0) return undefined;
  let learned = start;
  let kept = new Set<number>();
  for (const search of rules.rounds) {
    const asked = { positives: positives.length, others, kept, ...rules.negatives };
    const negatives = chooseNegatives(examples, label, asked, learned?.point);
    kept = new Set(negatives.rows.filter((_, at) => negatives.weights[at] === 1));
    const certain = [...positives, ...rejected];
    const rows = [...certain, ...negatives.rows];
    const { features, width, squares, logits, labelCount } = examples;
    const { point, pulls } = solveLogistic(
      {
        features,
        width,
        squares,
        rows,
        targets: rows.map((_, at) => (at < positives.length ? 1 : 0)),
        offsets: rows.map((row) => logits[row * labelCount + label] as number),
        weights: [...certain.map(() => 1), ...negatives.weights],
        penalty: rules.penalty,
      },
      { ...search, start: rows.map((row) => learned?.pulls.get(row) ?? 0) },
    );
    learned = {
      point,
      pulls: new Map(rows.map((row, at) => [row, pulls[at] as number])),
      negatives,
    };
  }
  return learned;
}
