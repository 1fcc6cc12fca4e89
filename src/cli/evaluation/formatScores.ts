import type { Scores } from '../../core/scoring/counts';
import type { DynamicNerScores } from '../../core/scoring/dynamicnerScorer';
import type { SpanScores, TypeScores } from '../../core/scoring/spanScorer';
import { formatTable, type Column } from '../terminal/table';

export type EvaluationScores =
  | { readonly scorer: 'strict' | 'boundaries'; readonly scores: SpanScores }
  | { readonly scorer: 'dynamicner'; readonly scores: DynamicNerScores };

/** The scores as a table in percent, or as JSON in 0..1. */
export function formatScores(
  evaluation: EvaluationScores,
  to: 'table' | 'json',
  byType: boolean,
): string {
  if (to === 'json') return `${JSON.stringify(evaluation.scores, undefined, 2)}\n`;
  if (evaluation.scorer === 'dynamicner') {
    const { extraction, classification } = evaluation.scores;
    const rows = [row('extraction', extraction), row('classification', classification)];
    return `${formatTable(columns.slice(0, 4), rows)}\n`;
  }
  const { scores, scorer } = evaluation;
  const rows = [withSupport(scorer, scores)];
  if (byType) {
    for (const [type, own] of Object.entries(scores.perType ?? {})) {
      rows.push(withSupport(type, own));
    }
  }
  return `${formatTable(columns, rows)}\n`;
}

const columns: readonly Column[] = [
  { title: 'score' },
  { title: 'precision', side: 'start' },
  { title: 'recall', side: 'start' },
  { title: 'F1', side: 'start' },
  { title: 'gold', side: 'start' },
];

function withSupport(name: string, scores: TypeScores): string[] {
  return [...row(name, scores), String(scores.support)];
}

function row(name: string, { precision, recall, f1 }: Scores): string[] {
  return [name, ...[precision, recall, f1].map((share) => (100 * share).toFixed(1))];
}
