import { sigmoid } from '../decoding/logits';
import { minimize, type Minimum } from './minimize';

/**
 * A penalised logistic regression that starts from what is known: row i says "yes" with
 * probability sigmoid(o_i + w·x_i + b + s·o_i), where o_i is the logit known before. The penalty
 * ½ Σ λ_j θ_j² draws w, b and s towards 0, that is, towards the known answer. The loss is strictly
 * convex wherever every λ is above 0, so there is one solution.
 */
export interface LogisticProblem {
  /** [any, width]: the feature vectors, of which `rows` names those that count. */
  readonly features: Float32Array;
  readonly width: number;
  readonly rows: ArrayLike<number>;
  /** For each of `rows`: 1 = yes, 0 = no. */
  readonly targets: ArrayLike<number>;
  /** For each of `rows`: the logit known before. */
  readonly offsets: ArrayLike<number>;
  /** For each of `rows`: how many examples it stands for. */
  readonly weights: ArrayLike<number>;
  readonly penalty: Penalty;
}

export interface Penalty {
  readonly weights: number;
  readonly bias: number;
  readonly scale: number;
}

/** How a known logit is changed: [w…, b, s] of a {@link LogisticProblem}. */
export type LogisticSolution = Minimum & { readonly point: Float64Array };

export interface SolveOptions {
  /** Where the search begins; at 0, the known answer, when absent. */
  readonly start?: Float64Array;
  /** The search ends once no part of the gradient is larger than this. */
  readonly tolerance?: number;
  readonly iterations?: number;
}

/** Solves the problem; equal problems give equal solutions on every machine. */
export function solveLogistic(
  problem: LogisticProblem,
  options: SolveOptions = {},
): LogisticSolution {
  const { start, tolerance = 0.02, iterations = 60 } = options;
  return minimize(
    (point, gradient) => lossOf(problem, point, gradient),
    start ?? new Float64Array(problem.width + 2),
    { tolerance, iterations },
  );
}

/** The loss at a point; its gradient is written into `gradient`. */
export function lossOf(
  { features, width, rows, targets, offsets, weights, penalty }: LogisticProblem,
  point: Float64Array,
  gradient: Float64Array,
): number {
  const bias = point[width] as number;
  const scale = point[width + 1] as number;
  let loss = 0;
  gradient.fill(0);
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] as number) * width;
    const offset = offsets[at] as number;
    let logit = offset * (1 + scale) + bias;
    for (let j = 0; j < width; j++) logit += (features[from + j] as number) * (point[j] as number);
    const weight = weights[at] as number;
    const target = targets[at] as number;
    loss += weight * (softplus(logit) - target * logit);
    const slope = weight * (sigmoid(logit) - target);
    // Rows that are sure say nothing: most of the background is.
    if (Math.abs(slope) < NOTHING) continue;
    for (let j = 0; j < width; j++)
      (gradient[j] as number) += slope * (features[from + j] as number);
    (gradient[width] as number) += slope;
    (gradient[width + 1] as number) += slope * offset;
  }
  const last = width + 2;
  for (let j = 0; j < last; j++) {
    const own = j < width ? penalty.weights : j === width ? penalty.bias : penalty.scale;
    const value = point[j] as number;
    loss += (own * value * value) / 2;
    (gradient[j] as number) += own * value;
  }
  return loss;
}

const NOTHING = 1e-9;

/** log(1 + e^x), without overflow. */
function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}
