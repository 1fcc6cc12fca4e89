import { NO_LABEL, type SpanExamples } from './examples';
import { solveLogistic, type LogisticProblem, type Penalty } from './logistic';
import { chooseNegatives, uniteNegatives, type Negative } from './negatives';

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

/** Strengths of the pull towards what the pack says without examples, found on development sets. */
const PENALTY: Penalty = { weights: 1, bias: 0.1, scale: 16 };
/**
 * After a first round, which need not be exact, the negatives that it took for positives are among
 * those learned from.
 */
const ROUNDS = [
  { tolerance: 1, iterations: 20 },
  { tolerance: 0.3, iterations: 60 },
];

/** Trains the labels that have examples, in their order; the others stay as the pack has them. */
export function trainAdapters(examples: SpanExamples): TrainedLabel[] {
  const trained: TrainedLabel[] = [];
  for (let label = 0; label < examples.labelCount; label++) {
    const rows = rowsOf(examples, label);
    const point = trainLabel(examples, label, rows);
    if (point === undefined) continue;
    trained.push({
      label,
      weights: Float32Array.from(point.subarray(0, examples.width)),
      bias: point[examples.width] as number,
      scale: point[examples.width + 1] as number,
      examples: rows.positives.length + rows.rejected.length,
    });
  }
  return trained;
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

/** What a label becomes, as [w…, b, s]; undefined where it has no examples. */
export function trainLabel(
  examples: SpanExamples,
  label: number,
  rows: LabelRows,
  start: Float64Array = new Float64Array(examples.width + 2),
): Float64Array | undefined {
  if (rows.positives.length + rows.rejected.length === 0) return undefined;
  const count = { positives: rows.positives.length, others: rows.others };
  let point = start;
  let chosen = chooseNegatives(examples, label, count, point);
  for (const [round, search] of ROUNDS.entries()) {
    if (round > 0) chosen = uniteNegatives(chosen, chooseNegatives(examples, label, count, point));
    const problem = problemOf(examples, label, rows, chosen);
    point = solveLogistic(problem, { start: point, ...search }).point;
  }
  return point;
}

function problemOf(
  { features, width, logits, labelCount }: SpanExamples,
  label: number,
  { positives, rejected }: LabelRows,
  negatives: readonly Negative[],
): LogisticProblem {
  const certain = [...positives, ...rejected];
  const rows = [...certain, ...negatives.map(({ row }) => row)];
  return {
    features,
    width,
    rows,
    targets: rows.map((_, at) => (at < positives.length ? 1 : 0)),
    offsets: rows.map((row) => logits[row * labelCount + label] as number),
    weights: [...certain.map(() => 1), ...negatives.map(({ weight }) => weight)],
    penalty: PENALTY,
  };
}
