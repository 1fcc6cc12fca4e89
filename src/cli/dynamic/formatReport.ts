import type { RoundReport } from '../../core/dynamic/dynamicVersion';
import type { DiversityMetrics } from '../../core/dynamic/metrics';
import { formatTable } from '../terminal/table';

/** Everything that a run tells of itself. */
export interface DynamicReport {
  readonly seed: number;
  readonly published: boolean;
  readonly rounds: readonly RoundReport[];
  /** Mean cosine between entities of one type, before and after all rounds. */
  readonly semantic?: readonly [before: number, after: number];
}

const NAMES = ['mix granularities', 'synonyms', 'remove options', 'merge into miscellaneous'];

/** The metrics before the first round and after each, as a table or as JSON. */
export function formatReport(report: DynamicReport, form: 'table' | 'json'): string {
  if (form === 'json') return `${JSON.stringify(report, undefined, 2)}\n`;
  const [first] = report.rounds;
  const rows = [
    ...(first === undefined ? [] : [row('before', first.questions[0], first.before)]),
    ...report.rounds.map(({ round, questions, after }) =>
      row(`${round} ${NAMES[round - 1] ?? ''}`, questions[1], after),
    ),
  ];
  const table = formatTable(
    [
      { title: 'round' },
      { title: 'questions', side: 'start' },
      { title: 'cohesion', side: 'start' },
      { title: 'entropy', side: 'start' },
      { title: 'Gini', side: 'start' },
      { title: 'variation', side: 'start' },
    ],
    rows,
  );
  const { semantic } = report;
  const more =
    semantic === undefined
      ? ''
      : `semantic cohesion ${semantic[0].toFixed(4)} before, ${semantic[1].toFixed(4)} after\n`;
  return `${table}\n${more}`;
}

function row(name: string, questions: number, metrics: DiversityMetrics): string[] {
  const { cohesion, entropy, gini, variation } = metrics;
  return [
    name,
    String(questions),
    ...[cohesion, entropy, gini, variation].map((value) => value.toFixed(4)),
  ];
}
