import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selectAt } from '../../../src/core/learning/selectAt';
import { runs } from '../scale';

describe('the value at a place', () => {
  it('is the one that sorting puts there', () => {
    // Few different values: most are equal to others.
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const sorted = Float64Array.from(values).sort();
        sorted.forEach((expected, place) => {
          const found = selectAt(Float64Array.from(values), place);
          assert.ok(found === expected, `${place}: ${found}`);
        });
      }),
      runs(200),
    );
  });

  it('changes nothing but the order', () => {
    const values = Float64Array.of(5, 1, 4, 1, 3);
    assert.equal(selectAt(values, 2), 3);
    assert.deepEqual([...values].sort(), [1, 1, 3, 4, 5]);
  });
});
