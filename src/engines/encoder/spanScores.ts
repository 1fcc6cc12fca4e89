import { cutLogit, logOdds, sigmoid } from '../../core/decoding/logits';
import { leastOf, type WordSpan } from '../../core/decoding/spans';
import type { LeafScores } from '../../core/decoding/types';
import type { LabelPlan, ScoreWeights } from './labelPlan';
import type { WordLogits } from './spanFinder';

/** Scores of a typed candidate: training/CONTRACT.md, "Typing and scores". */
export interface SpanScore {
  /** What spans that overlap are ranked by, and the pack's threshold is compared with. */
  readonly rank: number;
  /** Probability that the candidate is an entity and of the leaf's type. */
  readonly scoreOf: (leaf: number) => number;
}

/**
 * Scores a candidate. In the pack's taxonomy it is ranked by the probability that it is an entity of
 * the list, which times its type's is the score; in other lists by the score of its best label.
 */
export function scoreSpan(
  { scoring }: LabelPlan,
  logits: WordLogits,
  { first, last, score: candidate }: WordSpan,
  types: LeafScores,
): SpanScore {
  const span = cutLogit(leastOf(logits.span, first, last));
  const mention =
    logits.mention === undefined ? [] : [cutLogit(leastOf(logits.mention, first, last))];
  if (scoring.kind === 'taxonomy') {
    const none = cutLogit(logOdds(types.logNone));
    const features = [cutLogit(candidate), ...mention, span, -none];
    const rank = weigh(features, scoring) * types.share;
    return { rank, scoreOf: (leaf) => rank * (types.probabilities[leaf] as number) };
  }
  const score = (leaf: number): number => {
    const log = types.logOf(leaf);
    const own = cutLogit(logits.leastOfLeaf(leaf, first, last));
    return weigh([own, span, cutLogit(logOdds(log)), log - types.logNone, ...mention], scoring);
  };
  const rank = score(types.best);
  return { rank, scoreOf: (leaf) => (leaf === types.best ? rank : score(leaf)) };
}

function weigh(features: readonly number[], { weights, bias }: ScoreWeights): number {
  return sigmoid(
    features.reduce((sum, feature, at) => sum + feature * (weights[at] as number), bias),
  );
}
