import assert from 'node:assert/strict';
import { joinLabels, sigmoid } from '../../../../src/core/decoding/joinLabels';

const near = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-6, `${actual} is not ${expected}`);

describe('joinLabels', () => {
  // One word, two labels: start, inside, end.
  const logits = Float32Array.of(0, Math.log(3), -2, 1, 5, 5);

  it('takes the best label', () => {
    const [start, inside, end] = joinLabels(logits, 2, [0, 0, -5], 'max');
    near(start, 0.75);
    near(inside, sigmoid(1));
    near(end, 0.5);
  });

  it('joins labels as independent chances', () => {
    const [start, inside, end] = joinLabels(logits, 2, [0, 1, -5], 'noisy-or');
    near(start, 1 - 0.5 * 0.25);
    near(inside, 1 - (1 - sigmoid(-1)) * (1 - sigmoid(2)));
    near(end, 0.75);
  });

  it('agrees with itself for one label', () => {
    const one = Float32Array.of(-3, 0.5, 8);
    assert.deepEqual(joinLabels(one, 1, [1, 2, 3], 'max').length, 3);
    const [a, b] = [
      joinLabels(one, 1, [1, 2, 3], 'max'),
      joinLabels(one, 1, [1, 2, 3], 'noisy-or'),
    ];
    a.forEach((value, index) => near(b[index], value));
  });

  it('stays within 0 and 1 for extreme logits', () => {
    const [low, high] = joinLabels(Float32Array.of(-1e30, 1e30), 1, [0, 0, 0], 'noisy-or');
    assert.equal(low, 0);
    assert.equal(high, 1);
  });

  it('is empty without labels', () => {
    assert.equal(joinLabels(new Float32Array(0), 0, [0, 0, 0], 'max').length, 0);
  });
});
