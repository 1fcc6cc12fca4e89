import type { LearnedLabel } from '../../core/learning/adapterSet';
import { formatTable, type Column } from '../terminal/table';

/** What each label was learned from and how well, as a table; estimates where there are any. */
export function formatLearned(summary: readonly LearnedLabel[]): string {
  const isEstimated = summary.some(({ estimate }) => estimate !== undefined);
  const columns = isEstimated ? [...learned, ...estimated] : learned;
  return formatTable(
    columns,
    summary.map(({ path, examples, estimate }) => [
      path.join(' > '),
      String(examples),
      ...(isEstimated ? [estimate?.precision, estimate?.recall, estimate?.f1].map(percent) : []),
    ]),
  );
}

const learned: readonly Column[] = [{ title: 'label' }, { title: 'examples', side: 'start' }];

const estimated: readonly Column[] = [
  { title: 'held-out P', side: 'start' },
  { title: 'R', side: 'start' },
  { title: 'F1', side: 'start' },
];

function percent(share: number | undefined): string {
  return share === undefined ? '' : (100 * share).toFixed(0);
}
