import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutWindows, mergeWindows, windowOfSpan } from '../../../src/core/text/windows';

describe('cutWindows', () => {
  it('leaves a sentence that fits in one window', () => {
    assert.deepEqual(cutWindows(5, 5, 2), [{ first: 0, last: 4, cost: 5 }]);
    assert.deepEqual(cutWindows([], 5, 2), []);
  });

  it('overlaps by cost', () => {
    assert.deepEqual(cutWindows([2, 1, 1, 3, 1, 1], 5, 2), [
      { first: 0, last: 2, cost: 4 },
      { first: 1, last: 3, cost: 5 },
      { first: 4, last: 5, cost: 2 },
    ]);
  });

  it('gives a word that is too long for any window one of its own', () => {
    assert.deepEqual(cutWindows([1, 9, 1], 4, 1), [
      { first: 0, last: 0, cost: 1 },
      { first: 1, last: 1, cost: 9 },
      { first: 2, last: 2, cost: 1 },
    ]);
  });

  it('refuses an overlap that leaves no room', () => {
    assert.throws(() => cutWindows(9, 4, 4), RangeError);
    assert.throws(() => cutWindows(9, 4, -1), RangeError);
    assert.throws(() => cutWindows(9, NaN, 1), RangeError);
  });

  it('has every word in a window, in order, within the limit and the overlap', () => {
    const cases = fc
      .tuple(fc.array(fc.integer({ min: 1, max: 6 })), fc.integer({ min: 2, max: 20 }))
      .chain(([costs, limit]) =>
        fc.tuple(fc.constant(costs), fc.constant(limit), fc.integer({ min: 0, max: limit - 1 })),
      );
    fc.assert(
      fc.property(cases, ([costs, limit, overlap]) => {
        const total = (first: number, last: number): number =>
          costs.slice(first, last + 1).reduce((sum, cost) => sum + cost, 0);
        const windows = cutWindows(costs, limit, overlap);
        let reached = 0;
        for (const { first, last, cost } of windows) {
          assert.ok(first <= reached && last >= reached);
          assert.equal(cost, total(first, last));
          assert.ok(cost <= limit || first === last);
          assert.ok(total(first, reached - 1) <= overlap);
          reached = last + 1;
        }
        assert.equal(reached, costs.length);
      }),
    );
  });
});

describe('windowOfSpan and mergeWindows', () => {
  const windows = cutWindows(20, 10, 4);

  it('gives a span to the window in which it is farther from an edge', () => {
    assert.deepEqual(
      windows.map(({ first, last }) => [first, last]),
      [
        [0, 9],
        [6, 15],
        [12, 19],
      ],
    );
    assert.equal(windowOfSpan(windows, { first: 6, last: 6 }, 20), 0);
    assert.equal(windowOfSpan(windows, { first: 8, last: 9 }, 20), 1);
    assert.equal(windowOfSpan(windows, { first: 5, last: 8 }, 20), 0);
    assert.equal(windowOfSpan(windows, { first: 19, last: 19 }, 20), 2);
    assert.equal(windowOfSpan(windows, { first: 0, last: 12 }, 20), -1);
  });

  it('keeps the whole span and not the one that an edge cut', () => {
    const whole = { first: 8, last: 11 };
    const cut = { first: 8, last: 9 };
    assert.deepEqual(mergeWindows(windows, [[cut], [whole], []], 20), [whole]);
  });

  it('keeps each span exactly once that every window which holds it finds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 3, max: 12 }),
        (count, limit) => {
          const overlap = limit - 2;
          const cut = cutWindows(count, limit, overlap);
          const spans = Array.from({ length: count - 1 }, (_, i) => ({ first: i, last: i + 1 }));
          const found = cut.map(({ first, last }) =>
            spans.filter((span) => span.first >= first && span.last <= last),
          );
          assert.deepEqual(
            mergeWindows(cut, found, count).sort((a, b) => a.first - b.first),
            spans,
          );
        },
      ),
    );
  });
});
