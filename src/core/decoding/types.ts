import type { ScoredPath } from '../entity/entity';
import type { LevelLayout } from './levels';
import { logSum } from './logits';

/** What typing says of one span: the leaves of the list with their probabilities, if it is an entity. */
export interface LeafScores {
  /** [leaves] probabilities that sum to 1, in the order of the layout. Worked out when first asked for. */
  readonly probabilities: Float64Array;
  /** Index of the most probable leaf. */
  readonly best: number;
  /** Logarithm of a leaf's probability where "none" is one more type. */
  readonly logOf: (leaf: number) => number;
  /** That of "none". */
  readonly logNone: number;
  /** Share of the leaves' probability in that of all types: 1 unless some types are absent from the list. */
  readonly share: number;
}

/**
 * Types a span. `logits` score it against the leaves of the layout, then against types that are
 * absent from the list (they draw their part of the probability to themselves), `none` against "none
 * of them". The leaves' probabilities are those of logits divided by `temperature`, the logarithms
 * are not. `raised` are the logits with what else is known of the types; that does not change how
 * probable "none" is. Ties go to the earlier leaf. There must be a leaf. The logits must not change
 * afterwards.
 */
export function scoreLeaves(
  leaves: number,
  logits: Float32Array,
  none: number,
  temperature: number,
  raised = logits,
): LeafScores {
  // Summing is most of the work, done for every candidate of a text: once where nothing is scaled.
  const scaled = temperature === 1 ? raised : Float64Array.from(raised, (one) => one / temperature);
  const ofLeaves = logSum(scaled.subarray(0, leaves));
  const ofTypes = leaves === scaled.length ? ofLeaves : logSum(scaled);
  const ofAll = logSum([scaled === logits ? ofTypes : logSum(logits), none]);
  let best = 0;
  for (let leaf = 1; leaf < leaves; leaf++) {
    if ((raised[leaf] as number) > (raised[best] as number)) best = leaf;
  }
  let probabilities: Float64Array | undefined;
  return {
    // Most candidates are no entities, and nobody asks.
    get probabilities() {
      if (probabilities === undefined) {
        probabilities = new Float64Array(leaves);
        for (let leaf = 0; leaf < leaves; leaf++) {
          probabilities[leaf] = Math.exp((raised[leaf] as number) / temperature - ofLeaves);
        }
      }
      return probabilities;
    },
    best,
    logOf: (leaf) => (raised[leaf] as number) - ofAll,
    logNone: none - ofAll,
    share: Math.exp(ofLeaves - ofTypes),
  };
}

/** Probability of each level of a leaf's path, from the top: the sum over the leaves below it. */
export function levelScoresOf(
  layout: LevelLayout,
  scores: Pick<LeafScores, 'probabilities'>,
  leaf: number,
): number[] {
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
  scores: Pick<LeafScores, 'probabilities'>,
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
