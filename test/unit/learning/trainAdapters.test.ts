import assert from 'node:assert/strict';
import { estimateLabel } from '../../../src/core/learning/estimate';
import { logitAt, NO_LABEL, type SpanExamples } from '../../../src/core/learning/examples';
import { squaresOf } from '../../../src/core/learning/rows';
import { trainAdapters, type TrainedLabel } from '../../../src/core/learning/trainAdapters';
import { randomNumbers } from '../../../src/core/random';

const WIDTH = 12;

/** Two labels that stand in other directions than the background; the pack takes all for none. */
function makeExamples(perLabel: number, background: number, seed = 1): SpanExamples {
  const next = randomNumbers(seed);
  const labels = [
    ...Array.from({ length: perLabel }, () => 0),
    ...Array.from({ length: perLabel }, () => 1),
    ...Array.from({ length: background }, () => NO_LABEL),
  ];
  const features = Float32Array.from(
    labels.flatMap((label) =>
      Array.from({ length: WIDTH }, (_, at) => next() - 0.5 + (at === label ? 3 : 0)),
    ),
  );
  return {
    width: WIDTH,
    features,
    squares: squaresOf(features, WIDTH),
    labelCount: 2,
    logits: new Float32Array(2 * labels.length).fill(-3),
    labels: Int32Array.from(labels),
    rejected: new Int32Array(labels.length).fill(NO_LABEL),
    groups: Int32Array.from(labels, (_, row) => row),
  };
}

function logitOf(examples: SpanExamples, trained: TrainedLabel, row: number): number {
  const { weights, bias, scale } = trained;
  return logitAt(examples, trained.label, row, Float64Array.from([...weights, bias, scale]));
}

describe('training adapters', () => {
  it('learns a label that the pack did not know from three examples', () => {
    const [first] = trainAdapters(makeExamples(3, 60));
    assert.ok(first);
    assert.equal(first.examples, 3);
    const fresh = makeExamples(20, 60, 9);
    fresh.labels.forEach((label, row) => {
      const logit = logitOf(fresh, first, row);
      if (label === 0) assert.ok(logit > -1, `row ${row}: ${logit}`);
      else assert.ok(logit < -1, `row ${row}: ${logit}`);
    });
  });

  it('is surer of more examples', () => {
    const means = [1, 5, 25].map((count) => {
      const [first] = trainAdapters(makeExamples(count, 80));
      const fresh = makeExamples(20, 0, 5);
      const own = Array.from({ length: 20 }, (_, row) =>
        logitOf(fresh, first as TrainedLabel, row),
      );
      return own.reduce((sum, logit) => sum + logit, 0) / own.length;
    });
    assert.ok(
      (means[0] ?? 0) < (means[1] ?? 0) && (means[1] ?? 0) < (means[2] ?? 0),
      String(means),
    );
  });

  it('gives the same each time, also where negatives are sampled', () => {
    const examples = makeExamples(10, 1500);
    assert.deepEqual([...trainAdapters(examples)], [...trainAdapters(makeExamples(10, 1500))]);
  });

  it('leaves labels without examples out, and learns from rejections alone', () => {
    const examples = makeExamples(0, 30);
    assert.deepEqual([...trainAdapters(examples)], []);
    const rejected = examples.rejected.map((none, row) => (row < 5 ? 1 : none));
    const logits = examples.logits.map(() => 2);
    const [learned] = trainAdapters({ ...examples, logits, rejected });
    assert.equal(learned?.label, 1);
    assert.ok(logitOf({ ...examples, logits }, learned, 0) < 0);
  });

  it('estimates by leaving sentences out, and not from one sentence', () => {
    const estimate = estimateLabel(makeExamples(8, 60), 0, 0.3);
    assert.equal(estimate?.spans, 8);
    assert.ok(estimate.f1 > 0.9, String(estimate.f1));
    assert.equal(estimateLabel(makeExamples(1, 60), 0, 0.3), undefined);
    const next = randomNumbers(4);
    const noise = makeExamples(8, 60);
    const features = noise.features.map(() => next() - 0.5);
    assert.ok(
      (estimateLabel({ ...noise, features, squares: squaresOf(features, WIDTH) }, 0, 0.3)?.f1 ??
        1) < 0.5,
    );
  });
});
