/** How many entities were predicted, stand in the gold, and are in both. */
export interface Counts {
  readonly correct: number;
  readonly predicted: number;
  readonly gold: number;
}

/** Precision, recall and their harmonic mean, each in 0..1. */
export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Scores of a type with the number of its gold entities. */
export interface TypeScores extends Scores {
  readonly support: number;
}

export const noCounts: Counts = { correct: 0, predicted: 0, gold: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    correct: a.correct + b.correct,
    predicted: a.predicted + b.predicted,
    gold: a.gold + b.gold,
  };
}

/** The scores of counts; 0 where there is nothing to divide by. */
export function scoresOf({ correct, predicted, gold }: Counts): Scores {
  return {
    precision: predicted === 0 ? 0 : correct / predicted,
    recall: gold === 0 ? 0 : correct / gold,
    f1: predicted + gold === 0 ? 0 : (2 * correct) / (predicted + gold),
  };
}
