import { dotRow } from './rows';

/** Rows that no label fits: background, and spans that a human rejected. */
export const NO_LABEL = -1;

/** Spans of annotated texts, as a pack sees them: what adapters are learned from. */
export interface SpanExamples {
  /** Width of a feature vector. */
  readonly width: number;
  /** [rows, width] */
  readonly features: Float32Array;
  /** [rows]: squared lengths of the feature vectors. */
  readonly squares: Float64Array;
  /** Number of labels. */
  readonly labelCount: number;
  /** [rows, labels]: logit that the span is an entity of the label, as the pack says without adapters. */
  readonly logits: Float32Array;
  /** [rows]: index of the right label, or {@link NO_LABEL}. */
  readonly labels: Int32Array;
  /** [rows]: index of the label that a human rejected here, or {@link NO_LABEL}. */
  readonly rejected: Int32Array;
  /** [rows]: number of the sentence; an estimate leaves out whole sentences. */
  readonly groups: Int32Array;
}

/**
 * The logit of a label for a row after a change of it: o·(1 + s) + w·x + b, where `point` is
 * [w…, b, s] and o the logit without it; o itself where nothing was changed.
 */
export function logitAt(
  { features, width, logits, labelCount }: SpanExamples,
  label: number,
  row: number,
  point: Float64Array | undefined,
): number {
  const offset = logits[row * labelCount + label] as number;
  if (point === undefined) return offset;
  const changed = offset * (1 + (point[width + 1] as number)) + (point[width] as number);
  return changed + dotRow(features, row * width, point, width);
}

/** The same for several rows. */
export function logitsAt(
  examples: SpanExamples,
  label: number,
  rows: readonly number[],
  point: Float64Array | undefined,
): Float64Array {
  const logits = new Float64Array(rows.length);
  // A loop, not `from`, which takes several times as long: these are all rows for each label.
  for (let at = 0; at < rows.length; at++) {
    logits[at] = logitAt(examples, label, rows[at] as number, point);
  }
  return logits;
}
