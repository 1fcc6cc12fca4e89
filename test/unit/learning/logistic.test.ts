import assert from 'node:assert/strict';
import fc from 'fast-check';
import { solveLogistic, type LogisticProblem } from '../../../src/core/learning/logistic';
import { squaresOf } from '../../../src/core/learning/rows';
import { randomNumbers } from '../../../src/core/random';
import { runs } from '../scale';

const penalty = { weights: 1, bias: 0.1, scale: 16 };

function randomProblem(seed: number, rows = 40, width = 6): LogisticProblem {
  const next = randomNumbers(seed);
  const some = (count: number, times: number) =>
    Array.from({ length: count }, () => times * (next() - 0.5));
  const features = Float32Array.from(some(rows * width, 4));
  return {
    features,
    width,
    squares: squaresOf(features, width),
    rows: Array.from({ length: rows }, (_, row) => row),
    targets: Array.from({ length: rows }, () => (next() < 0.3 ? 1 : 0)),
    offsets: some(rows, 8),
    weights: Array.from({ length: rows }, () => 1 + Math.floor(3 * next())),
    penalty,
  };
}

/** The loss, written out as its definition says. */
function lossOf(problem: LogisticProblem, point: ArrayLike<number>): number {
  const { features, width, offsets, targets, weights } = problem;
  const at = (index: number) => point[index] ?? 0;
  let loss = penalty.bias * at(width) ** 2 + penalty.scale * at(width + 1) ** 2;
  for (let j = 0; j < width; j++) loss += penalty.weights * at(j) ** 2;
  loss /= 2;
  for (let row = 0; row < problem.rows.length; row++) {
    let logit = (offsets[row] ?? 0) * (1 + at(width + 1)) + at(width);
    for (let j = 0; j < width; j++) logit += at(j) * (features[row * width + j] ?? 0);
    const wrong = (targets[row] === 1 ? -1 : 1) * logit;
    loss += (weights[row] ?? 0) * (Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong))));
  }
  return loss;
}

const exact = { tolerance: 1e-9, sweeps: 20_000 };

describe('the logistic regression that adapters are solved by', () => {
  it('ends where the loss has no slope, from wherever it begins: the problem is convex', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const problem = randomProblem(seed);
        const next = randomNumbers(seed + 1);
        const here = solveLogistic(problem, exact);
        const start = Array.from({ length: 40 }, () => 4 * (next() - 0.5));
        const there = solveLogistic(problem, { ...exact, start });
        here.point.forEach((value, at) => {
          assert.ok(Math.abs(value - (there.point[at] ?? NaN)) < 1e-5);
          const lossAt = (by: number) =>
            lossOf(
              problem,
              here.point.map((own, index) => own + (index === at ? by : 0)),
            );
          assert.ok(Math.abs(lossAt(1e-4) - lossAt(-1e-4)) / 2e-4 < 1e-4, `part ${at}`);
        });
      }),
      runs(30),
    );
  });

  it('has no lower point nearby', () => {
    const problem = randomProblem(11);
    const { point } = solveLogistic(problem, exact);
    const next = randomNumbers(5);
    for (let round = 0; round < 50; round++) {
      const near = point.map((own) => own + 0.02 * (next() - 0.5));
      assert.ok(lossOf(problem, near) > lossOf(problem, point));
    }
  });

  it('solves one row as worked out by hand', () => {
    // w = pull / λ = 1 - sigmoid(w) with a feature of 1 and nothing else: w = 0.40106….
    const problem: LogisticProblem = {
      features: Float32Array.of(1),
      width: 1,
      squares: [1],
      rows: [0],
      targets: [1],
      offsets: [0],
      weights: [1],
      penalty: { weights: 1, bias: 1e12, scale: 1e12 },
    };
    const { point, pulls } = solveLogistic(problem, exact);
    assert.ok(Math.abs((point[0] ?? 0) - 0.401058) < 1e-6);
    assert.ok(Math.abs((pulls[0] ?? 0) - 0.401058) < 1e-6);
  });

  it('is nearer with each sweep, and done at once where it begins at the solution', () => {
    const problem = randomProblem(21);
    const few = solveLogistic(problem, { tolerance: 1e-9, sweeps: 3 });
    const whole = solveLogistic(problem, exact);
    assert.equal(few.sweeps, 3);
    assert.ok(lossOf(problem, whole.point) < lossOf(problem, few.point));
    const again = solveLogistic(problem, { tolerance: 1e-6, start: whole.pulls });
    assert.equal(again.sweeps, 1);
  });

  it('gives the same to the last bit each time', () => {
    assert.deepEqual(solveLogistic(randomProblem(7)), solveLogistic(randomProblem(7)));
  });

  it('stays with what is known where nothing speaks against it', () => {
    const problem = { ...randomProblem(2), rows: [], targets: [], offsets: [], weights: [] };
    assert.deepEqual([...solveLogistic(problem).point], [0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('survives logits of any size', () => {
    const offsets = Array.from({ length: 40 }, (_, at) => at * 1e4);
    const { point } = solveLogistic({ ...randomProblem(2), offsets });
    assert.ok(point.every((part) => Number.isFinite(part)));
  });
});
