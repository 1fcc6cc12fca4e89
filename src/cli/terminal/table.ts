import { padText, textWidth, truncateText } from './width';

export interface Column {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly side?: 'end' | 'start';
  /** Cells wider than this are cut; the last column may take what is left of the line. */
  readonly most?: number;
}

/** A table as lines of aligned cells with its titles above a rule; widths are terminal columns. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  strong: (text: string) => string = (text) => text,
): string {
  const cells = rows.map((row) => row.map((cell, at) => truncate(cell, columns[at]?.most)));
  const widths = columns.map(({ title }, at) =>
    Math.max(textWidth(title), ...cells.map((row) => textWidth(row[at] ?? ''))),
  );
  const format = (row: readonly string[]) =>
    columns
      .map(({ side }, at) => padText(row[at] ?? '', widths[at] ?? 0, side ?? 'end'))
      .join('  ')
      .trimEnd();
  const titles = format(columns.map(({ title }) => title));
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [strong(titles), rule, ...cells.map(format)].join('\n');
}

function truncate(cell: string, most: number | undefined): string {
  return most === undefined ? cell : truncateText(cell, Math.max(1, most));
}
