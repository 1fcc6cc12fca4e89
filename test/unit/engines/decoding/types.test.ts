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
  // a1, a2, b1
  const logits = Float32Array.of(0, Math.log(2), Math.log(2));
  const near = (actual: number | undefined, expected: number): void =>
    assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-6, `${actual} is not ${expected}`);

  it('shares the probability among the leaves, and among them and none', () => {
    const scores = scoreLeaves(3, logits, Math.log(5), 1);
    [0.2, 0.4, 0.4].forEach((value, leaf) => near(scores.probabilities[leaf], value));
    [0.1, 0.2, 0.2].forEach((value, leaf) => near(scores.logOf(leaf), Math.log(value)));
    near(scores.logNone, Math.log(0.5));
    assert.equal(scores.best, 1);
    assert.equal(scores.share, 1);
  });

  it('divides the leaves’ logits by the temperature', () => {
    const scores = scoreLeaves(3, logits, Math.log(5), 2);
    const root = Math.SQRT2;
    near(scores.probabilities[1], root / (1 + 2 * root));
    near(scores.logOf(1), Math.log(0.2));
    near(scores.logNone, Math.log(0.5));
  });

  it('gives absent types their part', () => {
    const scores = scoreLeaves(2, Float32Array.of(0, 0, Math.log(2)), Math.log(4), 1);
    assert.deepEqual([...scores.probabilities], [0.5, 0.5]);
    near(scores.share, 0.5);
    near(scores.logOf(0), Math.log(1 / 8));
    near(scores.logNone, Math.log(1 / 2));
  });

  it('counts in what else is known of the types, and leaves none as probable as it was', () => {
    const raised = Float32Array.of(Math.log(6), Math.log(2), Math.log(2));
    const scores = scoreLeaves(3, logits, Math.log(5), 1, raised);
    [0.6, 0.2, 0.2].forEach((value, leaf) => near(scores.probabilities[leaf], value));
    assert.equal(scores.best, 0);
    near(scores.logNone, Math.log(0.5));
    near(scores.logOf(0), Math.log(0.6));
  });

  it('sums the leaves below for the probability of a level', () => {
    const scores = scoreLeaves(3, logits, 0, 1);
    const [top = 0, fine = 0] = levelScoresOf(tree, scores, 1);
    assert.equal(fine, scores.probabilities[1]);
    assert.ok(Math.abs(top - (1 - (scores.probabilities[2] ?? 0))) < 1e-12);
  });

  it('gives a leaf above the deepest level as many scores as its path has parts', () => {
    const layout = layOutLevels(uneven);
    const scores = scoreLeaves(5, Float32Array.of(0, 0, 9, 0, 0), 0, 1);
    assert.equal(scores.best, 2);
    assert.equal(levelScoresOf(layout, scores, 2).length, 1);
  });

  it('is certain of the only label there is', () => {
    const one = layOutLevels([{ name: 'x' }]);
    const scores = scoreLeaves(1, Float32Array.of(-7), 3, 1);
    assert.deepEqual([...scores.probabilities], [1]);
    assert.deepEqual(rankLeaves(one, scores, 5), [{ path: ['x'], score: 1 }]);
  });

  it('is not moved by large logits', () => {
    const { probabilities, logNone } = scoreLeaves(2, Float32Array.of(1e6, 1e6), -1e6, 1);
    probabilities.forEach((value) => near(value, 0.5));
    near(logNone, -2e6 - Math.log(2));
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
