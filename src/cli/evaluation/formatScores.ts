import type { Scores, TypeScores } from '../../core/scoring/counts';
import type { ScoreGroup } from '../../core/scoring/entityGroups';
import type { DynamicNerScores } from '../../core/scoring/dynamicnerScorer';
import type { SpanScorerKind, SpanScores } from '../../core/scoring/spanScorer';
import { formatTable, type Column } from '../terminal/table';

export type EvaluationScores =
  | {
      readonly scorer: SpanScorerKind;
      readonly scores: SpanScores;
      readonly perLength: Readonly<Record<string, TypeScores>>;
      readonly perFrequency: Readonly<Record<string, TypeScores>>;
    }
  | { readonly scorer: 'dynamicner'; readonly scores: DynamicNerScores };

/** The scores as a table in percent, or as JSON in 0..1. */
export function formatScores(
  evaluation: EvaluationScores,
  to: 'table' | 'json',
  by: ScoreGroup | undefined,
): string {
  const groups = groupsOf(evaluation, by);
  if (to === 'json') {
    const added = by === 'length' || by === 'frequency' ? { [keyOf[by]]: groups } : {};
    return `${JSON.stringify({ ...evaluation.scores, ...added }, undefined, 2)}\n`;
  }
  if (evaluation.scorer === 'dynamicner') {
    const { extraction, classification } = evaluation.scores;
    const rows = [row('extraction', extraction), row('classification', classification)];
    return `${formatTable(columns.slice(0, 4), rows)}\n`;
  }
  const { scores, scorer } = evaluation;
  const rows = [withSupport(scorer, scores)];
  for (const [name, own] of Object.entries(groups)) rows.push(withSupport(name, own));
  return `${formatTable(columns, rows)}\n`;
}

const keyOf = { length: 'perLength', frequency: 'perFrequency' } as const;

function groupsOf(
  evaluation: EvaluationScores,
  by: ScoreGroup | undefined,
): Readonly<Record<string, TypeScores>> {
  if (by === undefined || evaluation.scorer === 'dynamicner') return {};
  return by === 'type' ? (evaluation.scores.perType ?? {}) : evaluation[keyOf[by]];
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
