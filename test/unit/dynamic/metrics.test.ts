import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Branches } from '../../../src/core/dynamic/branches';
import { countAnswers, healthOf, measureDiversity } from '../../../src/core/dynamic/metrics';
import { semanticCohesion } from '../../../src/core/dynamic/semanticCohesion';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { Taxonomy } from '../../../src/core/labels/taxonomy';
import { runs } from '../scale';

const taxonomy = new Taxonomy([
  {
    name: 'living',
    children: [
      { name: 'animal', children: [{ name: 'cat' }, { name: 'dog' }, { name: 'other' }] },
      { name: 'plant', children: [{ name: 'oak' }, { name: 'other' }] },
    ],
  },
  { name: 'made', children: [{ name: 'tool', children: [{ name: 'saw' }] }] },
]);
const branches = new Branches(taxonomy);

function close(actual: number, wanted: number): void {
  assert.ok(Math.abs(actual - wanted) < 1e-12, `${actual}, not ${wanted}`);
}

describe('diversity metrics', () => {
  it('are those worked out by hand', () => {
    // 4 cat, 2 dog, 1 oak, 1 saw: 28 pairs.
    const counts = new Map([
      ['cat', 4],
      ['dog', 2],
      ['oak', 1],
      ['saw', 1],
    ]);
    const { cohesion, entropy, gini, variation } = measureDiversity(counts, branches);
    // Pairs of animals: 6 of 6 answers = 15; oak and saw have no pair.
    close(cohesion, 15 / 28);
    // ½·1 + ¼·2 + 2·⅛·3 = 1.75 bits of 2.
    close(entropy, 1.75 / 2);
    // Ascending 1 1 2 4, sums 1 2 4 8: (5 − 2·15/8) / 4.
    close(gini, (5 - 30 / 8) / 4);
    // Mean 2, variance (4 + 0 + 1 + 1)/4.
    close(variation, Math.sqrt(1.5) / 2);
  });

  it('count two names as near when any of their places is', () => {
    // `other` is below animal and below plant.
    const counts = new Map([
      ['cat', 1],
      ['oak', 1],
      ['other', 1],
    ]);
    close(measureDiversity(counts, branches).cohesion, 2 / 3);
  });

  it('do not count the top level as a branch', () => {
    const counts = new Map([
      ['living', 3],
      ['made', 2],
    ]);
    assert.equal(measureDiversity(counts, branches).cohesion, 0);
  });

  it('equal a walk over all pairs of answers', () => {
    const names = dynamicNerTaxonomy.nodes.map(({ name }) => name);
    const near = new Branches(dynamicNerTaxonomy);
    const siblings = (a: string, b: string): boolean =>
      dynamicNerTaxonomy.nodes.some(({ children }) => {
        const below = children.map(({ name }) => name);
        return below.includes(a) && below.includes(b);
      });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 40 }),
        (answers) => {
          let together = 0;
          answers.forEach((answer, at) => {
            for (const other of answers.slice(at + 1)) together += siblings(answer, other) ? 1 : 0;
          });
          const pairs = (answers.length * (answers.length - 1)) / 2;
          close(measureDiversity(countAnswers(answers), near).cohesion, together / pairs);
        },
      ),
      runs(20),
    );
  });

  it('are 0 where there is nothing to compare', () => {
    const none = { cohesion: 0, entropy: 0, gini: 0, variation: 0 };
    assert.deepEqual(measureDiversity(new Map(), branches), none);
    const { entropy, gini, variation } = measureDiversity(new Map([['cat', 5]]), branches);
    assert.deepEqual({ entropy, gini, variation }, { entropy: 0, gini: 0, variation: 0 });
  });

  it('make the health of round 4', () => {
    close(
      healthOf({ cohesion: 0.5, entropy: 0.8, gini: 0.3, variation: 1 }),
      0.2 + 0.24 + 0.14 + 0.06,
    );
    close(healthOf({ cohesion: 0, entropy: 0, gini: 1, variation: 9 }), 0);
  });
});

describe('semantic cohesion', () => {
  const vector = (...values: number[]) => Float32Array.from(values);

  it('is the mean cosine within types', () => {
    const types = [
      [vector(1, 0), vector(0, 2), vector(3, 0)],
      [vector(1, 1)],
      [vector(0, 1), vector(0, -1)],
    ];
    // Cosines: 0, 1, 0 in the first type, −1 in the third.
    assert.ok(Math.abs(semanticCohesion(types) - 0) < 1e-9);
    assert.ok(Math.abs(semanticCohesion(types.slice(0, 2)) - 1 / 3) < 1e-6);
  });

  it('is 0 without pairs, and leaves out vectors without direction', () => {
    assert.equal(semanticCohesion([]), 0);
    assert.equal(semanticCohesion([[vector(1, 0)], [vector(0, 0), vector(0, 1)]]), 0);
  });
});
