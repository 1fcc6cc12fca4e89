import type { Interval } from '../../core/scoring/bootstrap';
import type { SpanScores } from '../../core/scoring/spanScorer';
import { formatTable, type Column } from '../terminal/table';

/** The result of one contestant. */
export interface ComparedScores {
  readonly name: string;
  readonly scores: SpanScores;
  /** 95 % interval of F1. */
  readonly interval: Interval;
  /** Words per second; absent for files of predictions. */
  readonly speed?: number;
  /** Tokens asked and answered, of engines that ask a language model. */
  readonly tokens?: number;
}

/** The results side by side, the best first; with `byType` F1 of every type below. */
export function formatComparison(
  results: readonly ComparedScores[],
  to: 'table' | 'json',
  byType: boolean,
): string {
  if (to === 'json') return `${JSON.stringify(results, undefined, 2)}\n`;
  const sorted = [...results].sort((a, b) => b.scores.f1 - a.scores.f1);
  const rows = sorted.map(({ name, scores, interval, speed, tokens }) => [
    name,
    ...[scores.precision, scores.recall, scores.f1].map(percent),
    `${percent(interval.low)}–${percent(interval.high)}`,
    speed === undefined ? '' : Math.round(speed).toLocaleString('en'),
    tokens === undefined ? '' : tokens.toLocaleString('en'),
  ]);
  const table = formatTable(columns, rows);
  return byType ? `${table}\n\n${formatTypes(sorted)}\n` : `${table}\n`;
}

const columns: readonly Column[] = [
  { title: 'engine' },
  { title: 'precision', side: 'start' },
  { title: 'recall', side: 'start' },
  { title: 'F1', side: 'start' },
  { title: '95 %', side: 'start' },
  { title: 'words/s', side: 'start' },
  { title: 'tokens', side: 'start' },
];

function formatTypes(results: readonly ComparedScores[]): string {
  const support = new Map<string, number>();
  for (const { scores } of results) {
    for (const [type, own] of Object.entries(scores.perType ?? {})) {
      support.set(type, Math.max(support.get(type) ?? 0, own.support));
    }
  }
  const types = [...support].filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  return formatTable(
    [
      { title: 'type' },
      { title: 'gold', side: 'start' },
      ...results.map(({ name }): Column => ({ title: name, side: 'start', most: 24 })),
    ],
    types.map(([type, count]) => [
      type,
      String(count),
      ...results.map(({ scores }) => percent(scores.perType?.[type]?.f1 ?? 0)),
    ]),
  );
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
