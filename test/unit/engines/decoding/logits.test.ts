import assert from 'node:assert/strict';
import {
  cutLogit,
  joinLabels,
  logitOf,
  logOdds,
  logSum,
  sigmoid,
} from '../../../../src/core/decoding/logits';

const near = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-6, `${actual} is not ${expected}`);

describe('joinLabels', () => {
  // One word, two labels: start, inside, end.
  const products = Float32Array.of(0, Math.log(3), -2, 1, 5, 5);

  it('takes the best label', () => {
    const [start, inside, end] = joinLabels(
      products,
      2,
      { from: 0, to: 2, how: 'best' },
      [0, 0, -5],
    );
    near(start, Math.log(3));
    near(inside, 1);
    near(end, 0);
  });

  it('joins labels as independent chances', () => {
    const all = { from: 0, to: 2, how: 'any' } as const;
    const [start = NaN, inside = NaN, end = NaN] = joinLabels(products, 2, all, [0, 1, -5]);
    near(sigmoid(start), 1 - 0.5 * 0.25);
    near(sigmoid(inside), 1 - (1 - sigmoid(-1)) * (1 - sigmoid(2)));
    near(sigmoid(end), 0.75);
  });

  it('leaves out the labels before and after those that are asked for', () => {
    for (const how of ['best', 'any'] as const) {
      const [start, inside, end] = joinLabels(products, 2, { from: 1, to: 2, how }, [1, 2, 3]);
      near(start, 1 + Math.log(3));
      near(inside, 3);
      near(end, 8);
    }
  });

  it('is infinite, not wrong, for extreme products', () => {
    const one = { from: 0, to: 1, how: 'any' } as const;
    const [low, high] = joinLabels(Float32Array.of(-1e30, 1e30), 1, one, [0, 0, 0]);
    assert.deepEqual([low, high], [-Infinity, Infinity]);
  });

  it('is empty without labels', () => {
    const none = { from: 0, to: 0, how: 'best' } as const;
    assert.equal(joinLabels(new Float32Array(0), 0, none, [0, 0, 0]).length, 0);
  });
});

describe('logits', () => {
  it('say the same as probabilities', () => {
    for (const p of [1e-5, 0.05, 0.5, 0.99]) {
      near(sigmoid(logitOf(p)), p);
      near(logOdds(Math.log(p)), logitOf(p));
    }
  });

  it('are cut where they say no more', () => {
    near(sigmoid(cutLogit(Infinity)), 1 - 1e-6);
    near(cutLogit(-Infinity), -cutLogit(Infinity));
    assert.equal(cutLogit(3), 3);
    near(logOdds(0), logOdds(-1e-6));
    assert.equal(logOdds(-1000), -1000);
  });

  it('are summed without overflow', () => {
    near(logSum([0, 0]), Math.log(2));
    near(logSum([1e6, 1e6]), 1e6 + Math.log(2));
    assert.equal(logSum([]), -Infinity);
    assert.equal(logSum([-Infinity]), -Infinity);
  });
});
