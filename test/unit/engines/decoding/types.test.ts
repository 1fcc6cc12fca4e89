import assert from 'node:assert/strict';
import { layOutLevels } from '../../../../src/core/decoding/levels';
import { levelScoresOf, rankLeaves, scoreLeaves } from '../../../../src/core/decoding/types';

const uneven = [
  { name: 'person', children: [{ name: 'artist' }, { name: 'other' }] },
  { name: 'date' },
  { name: 'place', children: [{ name: 'city' }, { name: 'other' }] },
];

describe('layOutLevels', () => {
  it('lists every type once, top levels first, by its path', () => {
    assert.deepEqual(
      layOutLevels(uneven).nodes.map(({ path }) => path.join('>')),
      ['person', 'date', 'place', 'person>artist', 'person>other', 'place>city', 'place>other'],
    );
  });

  it('lets a leaf above the deepest level stand for itself below', () => {
    const { levels, leaves, leafNodes } = layOutLevels(uneven);
    assert.deepEqual(levels, [
      [0, 1, 2],
      [3, 4, 1, 5, 6],
    ]);
    assert.deepEqual(leaves, [
      [0, 0],
      [0, 1],
      [1, 2],
      [2, 3],
      [2, 4],
    ]);
    assert.deepEqual(leafNodes, [3, 4, 1, 5, 6]);
  });

  it('keeps types apart that share one object', () => {
    const shared = { name: 'other' };
    const { nodes } = layOutLevels([
      { name: 'a', children: [shared] },
      { name: 'b', children: [shared] },
    ]);
    assert.deepEqual(
      nodes.map(({ path }) => path.join('>')),
      ['a', 'b', 'a>other', 'b>other'],
    );
  });

  it('takes an empty list', () => {
    assert.deepEqual(layOutLevels([]), { nodes: [], levels: [], leaves: [], leafNodes: [] });
  });
});

describe('scoreLeaves', () => {
  const tree = layOutLevels([
    { name: 'a', children: [{ name: 'a1' }, { name: 'a2' }] },
    { name: 'b', children: [{ name: 'b1' }] },
  ]);
  // a, b, a1, a2, b1
  const logits = Float32Array.of(Math.log(3), 0, 0, Math.log(2), Math.log(2));

  it('multiplies the levels’ probabilities by their weights’ powers', () => {
    // Fine level: 1/5, 2/5, 2/5; top level: 3/4, 1/4, to the power of a half.
    const { probabilities, best } = scoreLeaves(tree, logits, [1, 0.5]);
    const weights = [0.2 * Math.sqrt(0.75), 0.4 * Math.sqrt(0.75), 0.4 * Math.sqrt(0.25)];
    const sum = weights.reduce((a, b) => a + b);
    probabilities.forEach((value, leaf) =>
      assert.ok(Math.abs(value - (weights[leaf] ?? NaN) / sum) < 1e-6),
    );
    assert.equal(best, 1);
  });

  it('sums the leaves below for the probability of a level', () => {
    const scores = scoreLeaves(tree, logits, [1, 0.5]);
    const [top = 0, fine = 0] = levelScoresOf(tree, scores, 1);
    assert.equal(fine, scores.probabilities[1]);
    assert.ok(Math.abs(top - (1 - (scores.probabilities[2] ?? 0))) < 1e-12);
  });

  it('gives a leaf above the deepest level as many scores as its path has parts', () => {
    const flat = layOutLevels(uneven);
    const scores = scoreLeaves(flat, Float32Array.of(0, 9, 0, 0, 0, 0, 0), [1, 0.5]);
    assert.equal(scores.best, 2);
    assert.equal(levelScoresOf(flat, scores, 2).length, 1);
  });

  it('is certain of the only label there is', () => {
    const one = layOutLevels([{ name: 'x' }]);
    const scores = scoreLeaves(one, Float32Array.of(-7), [1, 0.5, 0.5]);
    assert.deepEqual([...scores.probabilities], [1]);
    assert.deepEqual(rankLeaves(one, scores, 5), [{ path: ['x'], score: 1 }]);
  });

  it('is not moved by large logits', () => {
    const two = layOutLevels([{ name: 'x' }, { name: 'y' }]);
    const { probabilities } = scoreLeaves(two, Float32Array.of(1e6, 1e6), [1]);
    assert.deepEqual([...probabilities], [0.5, 0.5]);
  });
});

describe('rankLeaves', () => {
  const labels = layOutLevels(['a', 'b', 'c', 'd'].map((name) => ({ name })));
  const scores = { probabilities: Float64Array.of(0.1, 0.4, 0.4, 0.1), best: 1 };

  it('is sorted, keeps the order of the list in ties, and is no longer than asked', () => {
    const names = (limit: number, except?: number): string[] =>
      rankLeaves(labels, scores, limit, except).map(({ path }) => path.join());
    assert.deepEqual(names(3), ['b', 'c', 'a']);
    assert.deepEqual(names(9), ['b', 'c', 'a', 'd']);
    assert.deepEqual(names(2, 1), ['c', 'a']);
    assert.deepEqual(names(0), []);
  });
});
