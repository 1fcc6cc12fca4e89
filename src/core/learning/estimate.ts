import { scoresOf, type Scores } from '../scoring/counts';
import { logitAt, type SpanExamples } from './examples';
import { rowsOf, trainLabel } from './trainAdapters';

/** How well a label is told from everything else in sentences that it was not learned from. */
export interface LabelEstimate extends Scores {
  readonly label: number;
  /** Spans of the label that were held out, each once. */
  readonly spans: number;
}

/** With more sentences than this, several are left out at once. */
const MOST_FOLDS = 10;

/**
 * Leave-one-out estimate of a label: each sentence that holds it is left out once, the label learned
 * from the others and tried on it (sentences in ten parts where there are more than ten). Undefined
 * with fewer than two sentences of the label.
 * @param threshold Least probability that counts as found, in 0..1.
 */
export function estimateLabel(
  examples: SpanExamples,
  label: number,
  threshold: number,
): LabelEstimate | undefined {
  const { groups, labels } = examples;
  const rows = rowsOf(examples, label);
  const sentences = [...new Set(rows.positives.map((row) => groups[row] as number))];
  const full = sentences.length < 2 ? undefined : trainLabel(examples, label, rows);
  if (full === undefined) return undefined;
  const least = Math.log(threshold / (1 - threshold));
  const folds = Math.min(MOST_FOLDS, sentences.length);
  const counts = { correct: 0, predicted: 0, gold: 0 };
  for (let fold = 0; fold < folds; fold++) {
    const held = new Set(sentences.filter((_, at) => at % folds === fold));
    const point = trainLabel(
      examples,
      label,
      rowsOf(examples, label, held),
      undefined,
      full,
    )?.point;
    labels.forEach((own, row) => {
      if (point === undefined || !held.has(groups[row] as number)) return;
      const isFound = logitAt(examples, label, row, point) >= least;
      counts.gold += own === label ? 1 : 0;
      counts.predicted += isFound ? 1 : 0;
      counts.correct += isFound && own === label ? 1 : 0;
    });
  }
  return { label, spans: counts.gold, ...scoresOf(counts) };
}
