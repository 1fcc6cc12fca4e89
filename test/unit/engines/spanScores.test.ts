import assert from 'node:assert/strict';
import { sigmoid } from '../../../src/core/decoding/logits';
import type { LeafScores } from '../../../src/core/decoding/types';
import type { LabelPlan } from '../../../src/engines/encoder/labelPlan';
import type { WordLogits } from '../../../src/engines/encoder/spanFinder';
import { scoreSpan } from '../../../src/engines/encoder/spanScores';

describe('scores of spans in flat lists', () => {
  const words = (logit: number): Float64Array => Float64Array.of(logit, logit, logit);
  const span = { first: 0, last: 0, score: 0 };
  // One label, as probable as none.
  const half = Math.log(0.5);
  const types: LeafScores = {
    probabilities: Float64Array.of(1),
    best: 0,
    share: 1,
    logNone: half,
    logOf: () => half,
  };

  function scoreWith(weights: readonly number[], mention?: number): number {
    const scoring = { kind: 'flat', own: true, mention: mention !== undefined, weights, bias: 0.5 };
    const logits: WordLogits = {
      candidates: words(0),
      proposals: words(0),
      span: words(2),
      mention: mention === undefined ? undefined : words(mention),
      leastOfLeaf: () => 1,
    };
    return scoreSpan({ scoring } as unknown as LabelPlan, logits, span, types).rank;
  }

  it('weigh the label, any span, its odds and none, as packs of four weights say', () => {
    // The odds are even, and the label is as probable as none: both say nothing.
    const score = scoreWith([0.3, 0.4, 9, 9]);
    assert.ok(Math.abs(score - sigmoid(0.5 + 0.3 * 1 + 0.4 * 2)) < 1e-9);
  });

  it('weigh any type of the taxonomy too, where a pack has a fifth weight', () => {
    const score = scoreWith([0.3, 0.4, 9, 9, -0.2], 3);
    assert.ok(Math.abs(score - sigmoid(0.5 + 0.3 * 1 + 0.4 * 2 - 0.2 * 3)) < 1e-9);
  });
});
