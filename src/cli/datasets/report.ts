import type { TypeCounts } from '../../core/methods/typeCounts';
import { formatTable, type Column } from '../terminal/table';

/** Data sets or parts of one, side by side. */
export interface ReportedPart {
  readonly name: string;
  readonly counts: TypeCounts;
  /** Further numbers, by their title; the same titles for every part. */
  readonly more?: Readonly<Record<string, number>>;
}

const columns: readonly Column[] = [
  { title: 'part' },
  { title: 'passages', side: 'start' },
  { title: 'empty', side: 'start' },
  { title: 'entities', side: 'start' },
  { title: 'types', side: 'start' },
  { title: 'evenness', side: 'start' },
];

/** Parts as a table, with the types' counts below where `types` asks for them. */
export function formatParts(parts: readonly ReportedPart[], types: boolean): string {
  const titles = Object.keys(parts[0]?.more ?? {});
  const rows = parts.map(({ name, counts, more = {} }) => [
    name,
    ...[counts.passages, counts.empty, counts.entities, counts.counts.size].map(String),
    counts.evenness.toFixed(3),
    ...titles.map((title) => formatNumber(more[title] ?? 0)),
  ]);
  const added = titles.map((title): Column => ({ title, side: 'start' }));
  const table = formatTable([...columns, ...added], rows);
  return types ? `${table}\n\n${formatTypes(parts)}` : table;
}

function formatTypes(parts: readonly ReportedPart[]): string {
  const totals = new Map<string, number>();
  for (const { counts } of parts) {
    for (const [type, count] of counts.counts) totals.set(type, (totals.get(type) ?? 0) + count);
  }
  const sorted = [...totals].sort(([, a], [, b]) => b - a);
  return formatTable(
    [{ title: 'type' }, ...parts.map(({ name }): Column => ({ title: name, side: 'start' }))],
    sorted.map(([type]) => [
      type,
      ...parts.map(({ counts }) => String(counts.counts.get(type) ?? 0)),
    ]),
  );
}

/** Parts as JSON. */
export function jsonParts(parts: readonly ReportedPart[]): string {
  const value = parts.map(({ name, counts, more }) => ({
    name,
    passages: counts.passages,
    empty: counts.empty,
    entities: counts.entities,
    evenness: counts.evenness,
    ...more,
    types: Object.fromEntries([...counts.counts].sort(([, a], [, b]) => b - a)),
  }));
  return JSON.stringify(value, undefined, 2);
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
