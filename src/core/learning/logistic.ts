import { sigmoid } from '../decoding/logits';
import { randomNumbers } from '../random';
import { addRow, dotRow } from './rows';

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
  /** [any]: squared lengths of the feature vectors. */
  readonly squares: ArrayLike<number>;
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

export interface LogisticSolution {
  /** How a known logit is changed: [w…, b, s]. */
  readonly point: Float64Array;
  /**
   * For each row what it pulls, weight · (target − probability): the point is their sum of features
   * over λ. Another search may begin with them.
   */
  readonly pulls: Float64Array;
  /** The largest difference between a pull and what the point says it is, in the last sweep. */
  readonly error: number;
  readonly sweeps: number;
}

export interface SolveOptions {
  /** Where the search begins, a pull for each row; at 0, the known answer, when absent. */
  readonly start?: ArrayLike<number>;
  /** The search ends once no pull is further than this from what the point says it is. */
  readonly tolerance?: number;
  readonly sweeps?: number;
}

/**
 * Solves the problem by dual coordinate descent (Yu, Huang and Lin, 2011): each row in turn is given
 * the pull that is right for all others as they are. It needs a few sweeps over the rows where descent
 * along gradients needs dozens. The order is drawn by a fixed seed: equal problems give equal solutions.
 */
export function solveLogistic(
  problem: LogisticProblem,
  { start, tolerance = 0.02, sweeps: most = 30 }: SolveOptions = {},
): LogisticSolution {
  const { features, width, rows, targets, offsets, weights } = problem;
  const count = rows.length;
  const point = new Float64Array(width + 2);
  const pulls = new Float64Array(count);
  const move = (at: number, by: number): void => {
    if (by === 0) return;
    (pulls[at] as number) += by;
    const { penalty } = problem;
    addRow(point, features, (rows[at] as number) * width, width, by / penalty.weights);
    (point[width] as number) += by / penalty.bias;
    (point[width + 1] as number) += (by * (offsets[at] as number)) / penalty.scale;
  };
  if (start !== undefined) for (let at = 0; at < count; at++) move(at, start[at] as number);
  const order = Int32Array.from({ length: count }, (_, at) => at);
  const next = randomNumbers(count);
  /** For each row the sweep in which it is looked at again. */
  const due = new Int32Array(count);
  let error = 0;
  let sweeps = 0;
  let isDone = false;
  do {
    let isWhole = true;
    error = 0;
    sweeps++;
    for (let left = count; left > 0; left--) {
      const drawn = Math.floor(next() * left);
      const at = order[drawn] as number;
      order[drawn] = order[left - 1] as number;
      order[left - 1] = at;
      if ((due[at] as number) > sweeps) {
        isWhole = false;
        continue;
      }
      const logit = logitOf(problem, point, at);
      const weight = weights[at] as number;
      const pull = pulls[at] as number;
      const wrong = Math.abs(weight * ((targets[at] as number) - sigmoid(logit)) - pull);
      error = Math.max(error, wrong);
      // Rows that are as they should be, most of the background, need no work for some sweeps.
      if (wrong > SMALL * tolerance) move(at, rightPull(problem, at, logit, pull) - pull);
      else due[at] = sweeps + REST;
    }
    if (error > tolerance) continue;
    // Rows that were left out may be wrong by now: the search ends with a sweep over all.
    isDone = isWhole;
    due.fill(0);
  } while (!isDone && sweeps < most);
  return { point, pulls, error, sweeps };
}

const SMALL = 0.1;
const REST = 4;
const MOST_STEPS = 50;

/**
 * The pull of a row that agrees with the logit which it leads to, by Newton's steps in the logit, kept
 * between bounds: pull = weight · (target − sigmoid(u)), where u = logit + bend · (pull − now).
 */
function rightPull(problem: LogisticProblem, at: number, logit: number, now: number): number {
  const { squares, rows, penalty } = problem;
  const offset = problem.offsets[at] as number;
  const weight = problem.weights[at] as number;
  const target = problem.targets[at] as number;
  const square = (squares[rows[at] as number] as number) / penalty.weights;
  const bend = square + 1 / penalty.bias + (offset * offset) / penalty.scale;
  let high = logit + bend * (weight * target - now);
  let low = high - bend * weight;
  const aim = high;
  let u = Math.min(high, Math.max(low, logit));
  for (let step = 0; step < MOST_STEPS && high - low > 1e-10; step++) {
    const p = sigmoid(u);
    const value = u + bend * weight * p - aim;
    if (value > 0) high = u;
    else low = u;
    const newton = u - value / (1 + bend * weight * p * (1 - p));
    const moved = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(moved - u) < 1e-10) break;
    u = moved;
  }
  return weight * (target - sigmoid(u));
}

/** The logit of one of a problem's rows at a point. */
function logitOf(problem: LogisticProblem, point: Float64Array, at: number): number {
  const { features, width, rows, offsets } = problem;
  const known = (offsets[at] as number) * (1 + (point[width + 1] as number));
  return (
    known + (point[width] as number) + dotRow(features, (rows[at] as number) * width, point, width)
  );
}
