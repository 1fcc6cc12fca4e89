import * as l10n from '@vscode/l10n';
import type { ShownVersion } from '../../src/core/messages/versionsPanel';
import { barChart, type BarGroup } from './barChart';
import { make } from './dom';

/** Types in the chart, the most frequent ones; the table has all. */
const CHARTED = 20;

/** The versions side by side: the metrics and the distributions of types, as charts and as tables. */
export function showVersions(versions: readonly ShownVersion[]): HTMLElement {
  const { t } = l10n;
  const types = typeGroups(versions);
  return make(
    'main',
    {},
    make('h1', {}, t('Versions')),
    legendOf(versions),
    section(
      t('Metrics'),
      t('Higher is better for cohesion and entropy, lower for Gini and variation.'),
      {
        groups: metricGroups(versions),
        format: (value) => value.toFixed(3),
        versions,
      },
    ),
    section(
      t('Types'),
      types.length > CHARTED
        ? t('The {0} most frequent types of all versions, in percent of the answers.', CHARTED)
        : t('The types of all versions, in percent of the answers.'),
      {
        groups: types,
        format: (value) => `${(100 * value).toFixed(1)} %`,
        versions,
      },
    ),
  );
}

interface Shown {
  readonly groups: readonly BarGroup[];
  readonly format: (value: number) => string;
  readonly versions: readonly ShownVersion[];
}

function section(title: string, note: string, { groups, format, versions }: Shown): HTMLElement {
  const names = versions.map(({ name }) => name);
  return make(
    'section',
    { 'aria-label': title },
    make('h2', {}, title),
    make('p', {}, note),
    barChart(title, groups.slice(0, CHARTED), names, format),
    table(title, groups, names, format),
  );
}

function legendOf(versions: readonly ShownVersion[]): HTMLElement {
  const items = versions.map(({ name, counts }, at) => {
    const answers = counts.reduce((sum, [, count]) => sum + count, 0);
    const mark = make('span', { class: `mark series${at % 6}`, 'aria-hidden': 'true' });
    const text = l10n.t('{0}: {1}', name, countsOf(answers, counts.length));
    return make('li', {}, mark, text);
  });
  return make('ul', { class: 'legend' }, ...items);
}

/** "4 answers of 1 type". */
function countsOf(answers: number, types: number): string {
  const { t } = l10n;
  const of = types === 1 ? t('1 type') : t('{0} types', types);
  return answers === 1 ? t('1 answer of {0}', of) : t('{0} answers of {1}', answers, of);
}

function metricGroups(versions: readonly ShownVersion[]): BarGroup[] {
  const { t } = l10n;
  const names = [
    ['cohesion', t('Cohesion')],
    ['entropy', t('Entropy')],
    ['gini', t('Gini')],
    ['variation', t('Variation')],
  ] as const;
  return names.map(([key, name]) => {
    const values = versions.map(({ metrics }) => metrics[key]);
    // Variation has no upper end: beside it the others would be short.
    return { name, values, full: Math.max(1, ...values) };
  });
}

function typeGroups(versions: readonly ShownVersion[]): BarGroup[] {
  const shares = versions.map(({ counts }) => {
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    return new Map(counts.map(([type, count]) => [type, count / Math.max(1, total)]));
  });
  const types = [...new Set(shares.flatMap((own) => [...own.keys()]))];
  const groups = types.map((name) => ({ name, values: shares.map((own) => own.get(name) ?? 0) }));
  const sum = ({ values }: BarGroup): number => values.reduce((total, value) => total + value, 0);
  return groups.sort((a, b) => sum(b) - sum(a));
}

function table(
  title: string,
  groups: readonly BarGroup[],
  names: readonly string[],
  format: (value: number) => string,
): HTMLElement {
  const head = make(
    'tr',
    {},
    make('th', { scope: 'col' }, title),
    ...names.map((name) => make('th', { scope: 'col' }, name)),
  );
  const rows = groups.map(({ name, values }) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, name),
      ...values.map((value) => make('td', {}, format(value))),
    ),
  );
  return make(
    'details',
    {},
    make('summary', {}, l10n.t('As a table')),
    make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows)),
  );
}
