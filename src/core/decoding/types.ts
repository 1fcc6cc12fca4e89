import type { ScoredPath } from '../entity/entity';
import type { LevelLayout } from './levels';

/** What typing says of one span: the leaves of the taxonomy with their probabilities. */
export interface LeafScores {
  /** [leaves] probabilities that sum to 1, in the order of the layout. */
  readonly probabilities: Float64Array;
  /** Index of the most probable leaf. */
  readonly best: number;
}

/**
 * Types a span down the levels. `logits` [nodes] score the span against every type. A leaf's score is
 * the sum over the levels of weight × log softmax among the types of that level; its probability
 * is the softmax of the scores. `weights` go from the deepest level upwards; the last one counts for
 * all levels above. Ties go to the earlier leaf. There must be at least one leaf.
 */
export function scoreLeaves(
  layout: LevelLayout,
  logits: Float32Array,
  weights: readonly number[],
): LeafScores {
  const { levels, leaves } = layout;
  const scores = new Float64Array(leaves.length);
  for (let level = 0; level < levels.length; level++) {
    const nodes = levels[level] as readonly number[];
    const weight = weights[Math.min(levels.length - 1 - level, weights.length - 1)] ?? 1;
    const among = new Float64Array(nodes.length);
    for (let at = 0; at < nodes.length; at++) among[at] = logits[nodes[at] as number] as number;
    logSoftmax(among);
    for (let leaf = 0; leaf < leaves.length; leaf++) {
      const place = (leaves[leaf] as readonly number[])[level] as number;
      (scores[leaf] as number) += weight * (among[place] as number);
    }
  }
  logSoftmax(scores);
  let best = 0;
  for (let leaf = 0; leaf < scores.length; leaf++) {
    scores[leaf] = Math.exp(scores[leaf] as number);
    if ((scores[leaf] as number) > (scores[best] as number)) best = leaf;
  }
  return { probabilities: scores, best };
}

/** Probability of each level of a leaf's path, from the top: the sum over the leaves below it. */
export function levelScoresOf(layout: LevelLayout, scores: LeafScores, leaf: number): number[] {
  const places = layout.leaves[leaf] ?? [];
  const depth = layout.nodes[layout.leafNodes[leaf] ?? 0]?.path.length ?? 0;
  return places.slice(0, depth).map((place, level) => {
    let sum = 0;
    layout.leaves.forEach((other, index) => {
      if (other[level] === place) sum += scores.probabilities[index] as number;
    });
    return Math.min(1, sum);
  });
}

/** The leaves with their probabilities, best first, at most `limit`; `except` is left out. */
export function rankLeaves(
  layout: LevelLayout,
  scores: LeafScores,
  limit: number,
  except = -1,
): ScoredPath[] {
  const { probabilities } = scores;
  const order: number[] = [];
  // Insertion into a short list: sorting a thousand types for each span would take longer.
  for (let leaf = 0; leaf < probabilities.length; leaf++) {
    if (leaf === except) continue;
    const score = probabilities[leaf] as number;
    let at = order.length;
    while (at > 0 && score > (probabilities[order[at - 1] as number] as number)) at--;
    if (at < limit) {
      order.splice(at, 0, leaf);
      if (order.length > limit) order.pop();
    }
  }
  return order.map((leaf) => ({
    path: layout.nodes[layout.leafNodes[leaf] as number]?.path ?? [],
    score: probabilities[leaf] as number,
  }));
}

/** Turns logits into log probabilities, in place. */
function logSoftmax(values: Float64Array): void {
  let most = -Infinity;
  for (let at = 0; at < values.length; at++) most = Math.max(most, values[at] as number);
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += Math.exp((values[at] as number) - most);
  const shift = most + Math.log(sum);
  for (let at = 0; at < values.length; at++) (values[at] as number) -= shift;
}
