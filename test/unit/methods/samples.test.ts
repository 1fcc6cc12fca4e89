import assert from 'node:assert/strict';
import fc from 'fast-check';
import { balancedSample, quotaOf } from '../../../src/core/methods/balancedSample';
import { meanNearestDistance, pruneByDiversity } from '../../../src/core/methods/pruneByDiversity';
import { splitStratified } from '../../../src/core/methods/stratifiedSplit';
import { groupNearDuplicates } from '../../../src/core/similarity/duplicateGroups';

const labelSets: fc.Arbitrary<string[][]> = fc.array(
  fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
  {
    minLength: 1,
    maxLength: 60,
  },
);

const many = (count: number, answer: string) => Array.from({ length: count }, () => [answer]);

describe('balancedSample', () => {
  it('gives every answer min(size / answers, rarest) samples', () => {
    const answers = [...many(50, 'a'), ...many(20, 'b'), ...many(7, 'c')];
    const counts = (numbers: readonly number[]) =>
      ['a', 'b', 'c'].map((answer) => numbers.filter((one) => answers[one]?.[0] === answer).length);
    assert.deepEqual(counts(balancedSample(answers, { size: 12, seed: 1 })), [4, 4, 4]);
    assert.deepEqual(counts(balancedSample(answers, { size: 60, seed: 1 })), [7, 7, 7]);
    assert.deepEqual(
      counts(balancedSample(answers, { size: 60, seed: 1, least: 10 })),
      [20, 20, 0],
    );
  });

  it('gives no answer less than its share, and the same sample for a seed', () => {
    fc.assert(
      fc.property(
        labelSets,
        fc.integer({ min: 1, max: 80 }),
        fc.integer(),
        (answers, size, seed) => {
          const chosen = balancedSample(answers, { size, seed });
          assert.deepEqual(balancedSample(answers, { size, seed }), chosen);
          const { perAnswer, counts } = quotaOf(answers, { size });
          for (const answer of counts.keys()) {
            const own = chosen.filter((one) => answers[one]?.includes(answer)).length;
            assert.ok(own >= perAnswer);
          }
          assert.ok(chosen.length <= Math.max(size, 0));
        },
      ),
    );
  });
});

describe('splitStratified', () => {
  it('keeps groups together and gives every part its share of each type', () => {
    const items = Array.from({ length: 1000 }, (_, number) => ({
      labels: [number % 10 === 0 ? 'rare' : 'usual', ...(number % 3 === 0 ? ['third'] : [])],
      group: Math.floor(number / 2),
    }));
    const parts = splitStratified(items, [8, 1, 1], 7);
    for (let group = 0; group < 500; group++) assert.equal(parts[2 * group], parts[2 * group + 1]);
    const share = (part: number, label: string) =>
      items.filter((item, number) => parts[number] === part && item.labels.includes(label)).length;
    assert.deepEqual(
      [0, 1, 2].map((part) => share(part, 'rare')),
      [80, 10, 10],
    );
    for (const label of ['usual', 'third']) {
      const total = items.filter((item) => item.labels.includes(label)).length;
      assert.ok(Math.abs(share(1, label) - total / 10) <= 0.15 * (total / 10), label);
    }
    assert.notDeepEqual(splitStratified(items, [8, 1, 1], 8), parts);
  });

  it('puts every passage into one part, whatever the groups', () => {
    fc.assert(
      fc.property(labelSets, fc.integer(), (sets, seed) => {
        const items = sets.map((labels, number) => ({ labels, group: number % 5 }));
        const parts = splitStratified(items, [1, 1], seed);
        assert.equal(parts.length, items.length);
        parts.forEach((part, number) => assert.equal(part, parts[number % 5]));
      }),
    );
  });

  it('has groups that near duplicates make, also by way of others', () => {
    const words = Array.from({ length: 30 }, (_, number) => `word${number}`);
    const texts = [
      words.join(' '),
      'other text',
      [...words.slice(1), 'x'].join(' '),
      'OTHER text!',
    ];
    assert.deepEqual(groupNearDuplicates(texts), [0, 1, 0, 1]);
  });
});

describe('pruneByDiversity', () => {
  const vector = (...values: number[]) => Float32Array.from(values);
  const prune = (items: Parameters<typeof pruneByDiversity>[0], perType: number, seed = 1) => {
    const steps = pruneByDiversity(items, { perType, seed });
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  };

  it('chooses the farthest passages of a type first', () => {
    const items = [
      vector(1, 0),
      vector(0.99, 0.01),
      vector(0, 1),
      vector(0.01, 0.99),
      vector(-1, 0),
    ].map((one) => ({ labels: ['a'], vector: one }));
    for (const seed of [1, 2, 3, 4]) {
      const kept = prune(items, 3, seed).map((number) => [0, 0, 1, 1, 2][number]);
      assert.deepEqual([...new Set(kept)], [0, 1, 2]);
    }
    assert.ok(meanNearestDistance([vector(1, 0), vector(0, 1)], 1) > 0.99);
    assert.equal(meanNearestDistance([vector(1, 0)], 1), 0);
  });

  it('keeps k of every type, counts what rarer types chose, and all of types that have fewer', () => {
    fc.assert(
      fc.property(
        labelSets,
        fc.integer({ min: 1, max: 5 }),
        fc.integer(),
        (sets, perType, seed) => {
          const items = sets.map((labels, number) => ({
            labels,
            vector: vector(Math.sin(number), Math.cos(3 * number), number),
          }));
          const kept = prune(items, perType, seed);
          const count = (numbers: readonly number[], label: string) =>
            numbers.filter((one) => items[one]?.labels.includes(label)).length;
          const all = items.map((_, number) => number);
          for (const label of ['a', 'b', 'c', 'd']) {
            assert.ok(count(kept, label) >= Math.min(perType, count(all, label)));
          }
          assert.ok(kept.length <= 4 * perType);
          assert.ok(kept.every((one) => (items[one]?.labels.length ?? 0) > 0));
        },
      ),
    );
  });
});
