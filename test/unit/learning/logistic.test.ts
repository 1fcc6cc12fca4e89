import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lossOf, solveLogistic, type LogisticProblem } from '../../../src/core/learning/logistic';
import { randomNumbers } from '../../../src/core/random';
import { runs } from '../scale';

const penalty = { weights: 1, bias: 0.1, scale: 16 };

function randomProblem(seed: number, rows = 40, width = 6): LogisticProblem {
  const next = randomNumbers(seed);
  const some = (count: number, times: number) =>
    Array.from({ length: count }, () => times * (next() - 0.5));
  return {
    features: Float32Array.from(some(rows * width, 4)),
    width,
    rows: Array.from({ length: rows }, (_, row) => row),
    targets: Array.from({ length: rows }, () => (next() < 0.3 ? 1 : 0)),
    offsets: some(rows, 8),
    weights: Array.from({ length: rows }, () => 1 + Math.floor(3 * next())),
    penalty,
  };
}

describe('the logistic regression that adapters are solved by', () => {
  it('writes the gradient that differences of the loss show', () => {
    const problem = randomProblem(3);
    const point = Float64Array.from({ length: 8 }, (_, at) => 0.1 * (at - 4));
    const gradient = new Float64Array(8);
    lossOf(problem, point, gradient);
    const step = 1e-5;
    for (let at = 0; at < 8; at++) {
      const value = (by: number) =>
        lossOf(
          problem,
          point.map((own, index) => own + (index === at ? by : 0)),
          new Float64Array(8),
        );
      const slope = (value(step) - value(-step)) / (2 * step);
      assert.ok(Math.abs(slope - (gradient[at] as number)) < 1e-4, `part ${at}: ${slope}`);
    }
  });

  it('ends where the gradient is zero, from wherever it begins: the problem is convex', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const problem = randomProblem(seed);
        const next = randomNumbers(seed + 1);
        const search = { tolerance: 1e-7, iterations: 2000 };
        const here = solveLogistic(problem, search);
        const start = Float64Array.from({ length: 8 }, () => 4 * (next() - 0.5));
        const there = solveLogistic(problem, { ...search, start });
        const gradient = new Float64Array(8);
        lossOf(problem, here.point, gradient);
        assert.ok(gradient.every((part) => Math.abs(part) < 1e-5));
        here.point.forEach((value, at) => {
          assert.ok(Math.abs(value - (there.point[at] as number)) < 1e-4);
        });
      }),
      runs(30),
    );
  });

  it('has no lower point nearby', () => {
    const problem = randomProblem(11);
    const { point, value } = solveLogistic(problem, { tolerance: 1e-8, iterations: 2000 });
    const next = randomNumbers(5);
    for (let round = 0; round < 50; round++) {
      const near = point.map((own) => own + 0.02 * (next() - 0.5));
      assert.ok(lossOf(problem, near, new Float64Array(8)) > value);
    }
  });

  it('gives the same to the last bit each time', () => {
    const [a, b] = [solveLogistic(randomProblem(7)), solveLogistic(randomProblem(7))];
    assert.deepEqual(a, b);
  });

  it('stays with what is known where nothing speaks against it', () => {
    const problem = { ...randomProblem(2), rows: [], targets: [], offsets: [], weights: [] };
    assert.deepEqual([...solveLogistic(problem).point], [0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('survives logits of any size', () => {
    const problem = {
      ...randomProblem(2),
      offsets: Array.from({ length: 40 }, (_, at) => at * 1e4),
    };
    assert.ok(Number.isFinite(solveLogistic(problem).value));
  });
});
