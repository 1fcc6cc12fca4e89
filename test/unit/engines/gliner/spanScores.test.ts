import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  JoinedScores,
  SpanLogits,
  TokenLogits,
  type SpanScores,
} from '../../../../src/engines/gliner/spanScores';

const half = (): number => 0.5;
const places = (scores: SpanScores): string[] =>
  scores.above(half).map(({ first, last, label }) => `${first}-${last} ${label}`);

describe('scores of spans', () => {
  it('reads a logit at its start, width and label, and none beyond the words', () => {
    const dims = [2, 3, 2, 2];
    const data = Float32Array.from({ length: 24 }, (_, index) => index - 11.5);
    const scores = new SpanLogits({ data, dims }, 1, 2);
    assert.equal(scores.logit(0, 0, 0), 0.5);
    assert.equal(scores.logit(0, 1, 1), 3.5);
    assert.equal(scores.logit(1, 1, 0), 4.5);
    assert.equal(scores.logit(1, 2, 0), -Infinity);
    assert.equal(scores.logit(0, 2, 0), -Infinity);
    assert.deepEqual(places(scores), ['0-0 0', '0-0 1', '0-1 0', '0-1 1', '1-1 0', '1-1 1']);
  });

  it('takes starts and ends above the threshold, and insides at it', () => {
    //                          start end inside
    const word = (...parts: number[]): number[] => parts;
    const data = Float32Array.from([word(1, -1, 0), word(-1, 2, 0), word(0, 0, 5)].flat());
    const scores = new TokenLogits({ data, dims: [1, 3, 1, 3] }, 'parts last', 0, 3);
    assert.deepEqual(places(scores), ['0-1 0']);
    assert.equal(scores.logit(0, 1, 0), 0);
    assert.equal(scores.logit(0, 2, 0), 0);
    assert.equal(scores.logit(0, 0, 0), -1);
  });

  it('reads both layouts of the token kind alike', () => {
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 3 }),
      words: fc.integer({ min: 1, max: 5 }),
      labels: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(shape, fc.infiniteStream(fc.integer({ min: -3, max: 3 })), (sizes, numbers) => {
        const { rows, words, labels } = sizes;
        const count = rows * words * labels;
        const last = Float32Array.from({ length: count * 3 }, () => Number(numbers.next().value));
        const first = new Float32Array(count * 3);
        last.forEach((value, at) => (first[(at % 3) * count + Math.floor(at / 3)] = value));
        for (let row = 0; row < rows; row++) {
          const a = new TokenLogits(
            { data: last, dims: [rows, words, labels, 3] },
            'parts last',
            row,
            words,
          );
          const b = new TokenLogits(
            { data: first, dims: [3, rows, words, labels] },
            'parts first',
            row,
            words,
          );
          assert.deepEqual(a.above(half), b.above(half));
          for (const { first: from, last: to, label, logit } of a.above(half)) {
            assert.equal(a.logit(from, to, label), logit);
          }
        }
      }),
    );
  });

  it('joins batches of labels as if they were one', () => {
    const one = new SpanLogits({ data: Float32Array.of(1, -1), dims: [1, 1, 1, 2] }, 0, 1);
    const two = new SpanLogits({ data: Float32Array.of(2), dims: [1, 1, 1, 1] }, 0, 1);
    const joined = new JoinedScores([one, two]);
    assert.equal(joined.labels, 3);
    assert.deepEqual(places(joined), ['0-0 0', '0-0 2']);
    assert.deepEqual(
      [0, 1, 2].map((label) => joined.logit(0, 0, label)),
      [1, -1, 2],
    );
    const own = joined.above((label) => (label === 1 ? 0.1 : 1));
    assert.deepEqual(
      own.map(({ label }) => label),
      [1],
    );
  });
});
