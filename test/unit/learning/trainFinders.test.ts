import assert from 'node:assert/strict';
import { logitAt, NO_LABEL, type SpanExamples } from '../../../src/core/learning/examples';
import { chooseNegatives } from '../../../src/core/learning/negatives';
import { squaresOf } from '../../../src/core/learning/rows';
import { trainFinders, type TrainedFinder } from '../../../src/core/learning/trainFinders';
import { randomNumbers } from '../../../src/core/random';

const WIDTH = 10;
const LEAST = -3;

/** Words of one role; those of the label stand out by one feature, the pack takes none for it. */
function makeWords(
  own: number,
  others: number,
  { seed = 1, apart = 4 }: { seed?: number; apart?: number } = {},
): SpanExamples {
  const next = randomNumbers(seed);
  const labels = Array.from({ length: own + others }, (_, row) => (row < own ? 0 : NO_LABEL));
  const features = Float32Array.from(
    labels.flatMap((label) =>
      Array.from({ length: WIDTH }, (_, at) => next() - 0.5 + (at === label ? apart : 0)),
    ),
  );
  return {
    width: WIDTH,
    features,
    squares: squaresOf(features, WIDTH),
    labelCount: 1,
    logits: new Float32Array(labels.length).fill(-8),
    labels: Int32Array.from(labels),
    rejected: new Int32Array(labels.length).fill(NO_LABEL),
    groups: Int32Array.from(labels, (_, row) => row),
  };
}

/** Which of the words reach the logit from which they are proposed. */
function proposed(words: SpanExamples, [finder]: readonly TrainedFinder[], role = 0): boolean[] {
  const { weights = [], bias = 0, scale = 0 } = finder?.roles[role] ?? {};
  const point = Float64Array.from([...weights, bias, scale]);
  return Array.from(words.labels, (_, row) => logitAt(words, 0, row, point) >= LEAST);
}

describe('training finders', () => {
  it('proposes words that the pack never did, in texts that it did not learn from too', () => {
    const roles = [1, 2, 3].map((seed) => makeWords(5, 80, { seed }));
    const finders = [...trainFinders(roles, LEAST)];
    assert.equal(finders.length, 1);
    for (const role of [0, 1, 2]) {
      const fresh = makeWords(20, 100, { seed: 40 + role });
      const found = proposed(fresh, finders, role);
      assert.ok(found.slice(0, 20).every(Boolean));
      assert.ok(found.slice(20).every((one) => !one));
    }
  });

  it('proposes at most two unmarked words for each that is marked, however alike they are', () => {
    const words = makeWords(6, 400, { apart: 0 });
    const roles = [words, words, words];
    // As the pack has it, every word is proposed.
    const eager = roles.map((role) => ({ ...role, logits: role.logits.map(() => 2) }));
    const count = (all: readonly boolean[]) => all.slice(6).filter(Boolean).length;
    const finders = [...trainFinders(eager, LEAST)];
    assert.ok(count(proposed(eager[0] as SpanExamples, finders)) <= 12);
  });

  it('learns nothing of a label that has no words', () => {
    const words = makeWords(0, 30);
    assert.deepEqual([...trainFinders([words, words, words], LEAST)], []);
    assert.deepEqual([...trainFinders([], LEAST)], []);
  });

  it('gives the same each time', () => {
    const train = () => [
      ...trainFinders([makeWords(5, 700), makeWords(5, 9), makeWords(5, 9)], LEAST),
    ];
    assert.deepEqual(train(), train());
  });
});

describe('choosing negatives', () => {
  const counts = { perPositive: 2, more: 10, sampled: 50 };

  it('takes all where they are few, each for itself', () => {
    const words = makeWords(5, 60);
    const others = Array.from({ length: 60 }, (_, at) => at + 5);
    const asked = { positives: 5, others, kept: new Set<number>(), ...counts };
    const { rows, weights } = chooseNegatives(words, 0, asked, undefined);
    assert.deepEqual(rows, others);
    assert.ok(weights.every((weight) => weight === 1));
  });

  it('takes the likeliest, those kept before and a sample that stands for the rest', () => {
    const words = makeWords(5, 1000);
    const others = Array.from({ length: 1000 }, (_, at) => at + 5);
    for (let row = 100; row < 120; row++) words.logits[row] = 1;
    const asked = { positives: 5, others, kept: new Set([900]), ...counts };
    const { rows, weights } = chooseNegatives(words, 0, asked, undefined);
    const weightOf = (row: number) => weights[rows.indexOf(row)];
    for (let row = 100; row < 120; row++) assert.equal(weightOf(row), 1);
    assert.equal(weightOf(900), 1);
    assert.equal(rows.length, 71);
    assert.equal(new Set(rows).size, 71);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    assert.ok(Math.abs(total - 1000) < 1e-6);
  });
});
