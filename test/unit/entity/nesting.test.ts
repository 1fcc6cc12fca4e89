import assert from 'node:assert/strict';
import { depthsInside } from '../../../src/core/entity/nesting';

describe('nesting of spans', () => {
  it('counts the levels of spans inside each', () => {
    const spans = [
      { start: 0, end: 20 },
      { start: 0, end: 10 },
      { start: 3, end: 5 },
      { start: 12, end: 15 },
    ];
    assert.deepEqual(depthsInside(spans), [2, 1, 0, 0]);
  });

  it('takes the earlier of equal spans for the outer, and crossing ones for neither', () => {
    const same = { start: 2, end: 6 };
    assert.deepEqual(depthsInside([same, same]), [1, 0]);
    assert.deepEqual(depthsInside([same, { start: 4, end: 9 }]), [0, 0]);
  });
});
