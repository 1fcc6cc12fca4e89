import assert from 'node:assert/strict';
import { Branches } from '../../../src/core/dynamic/branches';
import { mergeIntoRest } from '../../../src/core/dynamic/mergeIntoRest';
import { mixGranularities } from '../../../src/core/dynamic/mixGranularities';
import type { Question } from '../../../src/core/dynamic/question';
import { removeOptions } from '../../../src/core/dynamic/removeOptions';
import { replaceBySynonyms } from '../../../src/core/dynamic/replaceBySynonyms';
import type { RoundContext } from '../../../src/core/dynamic/round';
import { Taxonomy } from '../../../src/core/labels/taxonomy';

const taxonomy = new Taxonomy([
  {
    name: 'living',
    children: [{ name: 'animal', children: [{ name: 'cat' }] }, { name: 'plant' }],
  },
  { name: 'made', children: [{ name: 'tool' }] },
]);
const healthy = { cohesion: 0.5, entropy: 0.9, gini: 0.2, variation: 0.5 };

/** A round's surroundings in which chance gives these numbers, and no more. */
function context(numbers: readonly number[], other: Partial<RoundContext> = {}): RoundContext {
  const queue = [...numbers];
  return {
    metrics: healthy,
    counts: new Map(),
    taxonomy,
    branches: new Branches(taxonomy),
    synonyms: new Map(),
    published: false,
    next: () => queue.shift() ?? assert.fail('more chance is asked for than was worked out'),
    ...other,
  };
}

const question = (options: readonly string[], answer: string, entity = 0): Question => ({
  entity,
  options,
  answer,
});

describe('rounds worked out by hand', () => {
  it('1: the coarse list with the medium answer and its siblings, without parents, sorted', () => {
    const three = [
      question(['living', 'made'], 'living'),
      question(['animal', 'plant'], 'animal'),
      question(['cat'], 'cat'),
    ];
    // Below 0.4: merged. `living` is the parent of `animal`, which goes; `plant` is a sibling.
    const merged = mixGranularities(three, context([0.39]));
    assert.deepEqual(merged, [
      question(['animal', 'made', 'plant'], 'animal'),
      question(['cat'], 'cat'),
    ]);
    assert.deepEqual(mixGranularities(three, context([0.4])), three);
    // Cohesion below 0.04: 0.6.
    const loose = { metrics: { ...healthy, cohesion: 0.039 } };
    assert.equal(mixGranularities(three, context([0.59], loose)).length, 2);
    assert.deepEqual(mixGranularities(three.slice(0, 2), context([])), three.slice(0, 2));
  });

  it('2: rare types where counts are equal, frequent ones where they are not', () => {
    const counts = new Map([
      ['cat', 9],
      ['dog', 5],
      ['owl', 1],
    ]);
    const synonyms = new Map([
      ['cat', ['kitty']],
      ['dog', ['hound']],
      ['owl', ['night bird']],
    ]);
    const asked = [question(['cat', 'dog', 'owl'], 'owl')];
    const rename = (numbers: readonly number[], metrics = healthy, published = false) =>
      replaceBySynonyms(asked, context(numbers, { counts, synonyms, metrics, published }));
    assert.deepEqual(rename([0.1, 0]), [question(['cat', 'dog', 'night bird'], 'night bird')]);
    const unequal = { ...healthy, gini: 0.61 };
    assert.deepEqual(rename([0.1, 0], unequal), [question(['kitty', 'dog', 'owl'], 'owl')]);
    // The paper: 0.2, and 0.4 where variation is above 2; the program the other way round.
    assert.deepEqual(rename([0.2]), asked);
    assert.notDeepEqual(rename([0.39, 0], healthy, true), asked);
    const wide = { ...healthy, variation: 2.1 };
    assert.notDeepEqual(rename([0.39, 0], wide), asked);
    assert.deepEqual(rename([0.2], wide, true), asked);
  });

  it('3: of four options the answer and at least two others, in any order', () => {
    const four = [question(['a', 'b', 'c', 'd'], 'c')];
    // Touched; 2 + ⌊0.1 · 2⌋ = 2 others; then what three shuffled and three shuffled again take.
    const [few] = removeOptions(four, context([0.29, 0.1, 0, 0, 0, 0]));
    assert.equal(few?.options.length, 3);
    assert.ok(few.options.includes('c'));
    // 2 + ⌊0.9 · 2⌋ = 3: all stay.
    const [all] = removeOptions(four, context([0.29, 0.9, 0, 0, 0, 0, 0]));
    assert.deepEqual([...(all?.options ?? [])].sort(), ['a', 'b', 'c', 'd']);
    assert.deepEqual(removeOptions(four, context([0.3])), four);
    // Entropy below 0.8: 0.24.
    const uneven = { metrics: { ...healthy, entropy: 0.79 } };
    assert.deepEqual(removeOptions(four, context([0.24], uneven)), four);
    const three = [question(['a', 'b', 'c'], 'a')];
    assert.deepEqual(removeOptions(three, context([])), three);
  });

  it('4: takes the true option away; as published the answer becomes another though it stays', () => {
    const five = [question(['a', 'b', 'c', 'other d', 'other e'], 'b')];
    // Healthy, 0.3: touched; `other e` goes; 0.1 draws none to remove beyond that.
    const [right] = mergeIntoRest(five, context([0.29, 0.1]));
    assert.deepEqual(right, question(['a', 'c', 'other d'], 'other d'));
    // The rarest of the options for the rest becomes the answer, though only the first stays.
    const counts = new Map([
      ['other d', 3],
      ['other e', 2],
    ]);
    const [published] = mergeIntoRest(five, context([0.29, 0.1], { counts, published: true }));
    assert.deepEqual(published, question(['a', 'b', 'c', 'other d'], 'other e'));
    assert.deepEqual(mergeIntoRest(five, context([0.3])), five);
  });

  it('4: the answer is unknown where no option is for the rest, and lists never have fewer than three', () => {
    const four = [question(['a', 'b', 'c', 'd'], 'd')];
    // 0.95 draws three to remove, for which there is no room.
    const [merged] = mergeIntoRest(four, context([0, 0.95]));
    assert.deepEqual(merged, question(['a', 'b', 'c'], 'unknown'));
    const three = [question(['a', 'b', 'c'], 'a')];
    assert.deepEqual(mergeIntoRest(three, context([0])), three);
    // Poor health and loose: 0.2 · 0.8.
    const poor = { cohesion: 0.02, entropy: 0.1, gini: 0.9, variation: 2 };
    assert.deepEqual(mergeIntoRest(four, context([0.161], { metrics: poor })), four);
    assert.notDeepEqual(mergeIntoRest(four, context([0.159, 0], { metrics: poor })), four);
  });
});
