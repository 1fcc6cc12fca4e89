import { cutLogit, logitOf, logSum, sigmoid } from '../../../core/decoding/logits';
import type { LeafScores } from '../../../core/decoding/types';
import type { SpanScore } from '../spanScores';
import type { SpanTypes } from '../recallTypes';
import type { LabelAdapters } from './labelAdapters';

/** A candidate's types and scores once what was learned is counted in. */
export interface AdaptedScores {
  readonly types: Pick<LeafScores, 'probabilities' | 'best'>;
  readonly scores: SpanScore;
}

/**
 * Counts in what was learned. The logit of a learned leaf changes, that of others stays. In a taxonomy
 * the rank of a span stays the sum of its leaves' scores; elsewhere it is the best leaf's score.
 */
export function adaptScores(
  kind: 'taxonomy' | 'flat',
  adapters: LabelAdapters,
  said: SpanTypes,
  scores: SpanScore,
): AdaptedScores {
  const scoreOf = (leaf: number): number => {
    const score = scores.scoreOf(leaf);
    const at = adapters.byLeaf[leaf];
    return at === undefined ? score : sigmoid(adaptLogit(adapters, said, at, score));
  };
  if (kind === 'taxonomy') {
    const all = said.types.probabilities.map((_, leaf) => scoreOf(leaf));
    const sum = all.reduce((total, score) => total + score, 0);
    const probabilities = all.map((score) => score / Math.max(sum, Number.MIN_VALUE));
    const best = indexOfLargest(all);
    return {
      types: { probabilities, best },
      scores: { rank: Math.min(1, sum), scoreOf },
    };
  }
  const best = bestOfList(adapters, said.types, scoreOf);
  return {
    types: { probabilities: adaptProbabilities(adapters, said), best },
    scores: { rank: scoreOf(best), scoreOf },
  };
}

/** Probabilities of the leaves with what was learned, of a span that is taken for an entity. */
export function adaptProbabilities(adapters: LabelAdapters, said: SpanTypes): Float64Array {
  const { byLeaf } = adapters;
  const logits = Float64Array.from(byLeaf, (at, leaf) => {
    const log = said.types.logOf(leaf);
    return at === undefined ? log : log + shiftOf(adapters, said, at);
  });
  const sum = logSum(logits);
  return logits.map((logit) => Math.exp(logit - sum));
}

function adaptLogit(adapters: LabelAdapters, said: SpanTypes, at: number, score: number): number {
  const logit = cutLogit(logitOf(score));
  return logit * (1 + (adapters.scales[at] as number)) + shiftOf(adapters, said, at);
}

function shiftOf({ biases }: LabelAdapters, { shifts }: SpanTypes, at: number): number {
  return (shifts?.[at] ?? 0) + (biases[at] as number);
}

/** The best leaf: of those that were not learned, only the most probable can be it. */
function bestOfList(
  { byLeaf }: LabelAdapters,
  { probabilities }: Pick<LeafScores, 'probabilities'>,
  scoreOf: (leaf: number) => number,
): number {
  const leaves = byLeaf.flatMap((at, leaf) => (at === undefined ? [] : [leaf]));
  const others = probabilities.map((p, leaf) => (byLeaf[leaf] === undefined ? p : -1));
  const other = indexOfLargest(others);
  if (byLeaf[other] === undefined) leaves.push(other);
  const scored = leaves.map((leaf) => ({ leaf, score: scoreOf(leaf) }));
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).leaf;
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  values.forEach((value, at) => {
    if (value > (values[best] as number)) best = at;
  });
  return best;
}
