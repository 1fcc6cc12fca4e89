import { logitAt, type SpanExamples } from './examples';

/** A row that is not of a label. */
export interface Negative {
  readonly row: number;
  /** How many rows it stands for. */
  readonly weight: number;
}

/** How many of the spans that are not of a label are learned from; found on development sets. */
const MOST = { perPositive: 4, more: 100, sampled: 300 };

/**
 * Of rows that are not of a label, those that `point` takes for it most, and a sample of the rest at
 * even distances, each for those around it: what is left out hardly changes the loss. All of them
 * where they are few.
 */
export function chooseNegatives(
  examples: SpanExamples,
  label: number,
  { positives, others }: { readonly positives: number; readonly others: readonly number[] },
  point: Float64Array,
): Negative[] {
  const hard = MOST.perPositive * positives + MOST.more;
  if (others.length <= hard + MOST.sampled) return others.map((row) => ({ row, weight: 1 }));
  const scored = others.map((row) => ({ row, logit: logitAt(examples, label, row, point) }));
  scored.sort((a, b) => b.logit - a.logit || a.row - b.row);
  const rest = scored.slice(hard);
  const weight = rest.length / MOST.sampled;
  return [
    ...scored.slice(0, hard).map(({ row }) => ({ row, weight: 1 })),
    ...Array.from({ length: MOST.sampled }, (_, at) => ({
      row: rest[Math.floor(at * weight)]?.row ?? 0,
      weight,
    })),
  ];
}

/** The rows of a new choice, and the likely ones of the choice before, which were learned to be none. */
export function uniteNegatives(before: readonly Negative[], now: readonly Negative[]): Negative[] {
  const rows = new Map(now.map((negative) => [negative.row, negative]));
  for (const negative of before) if (negative.weight === 1) rows.set(negative.row, negative);
  return [...rows.values()];
}
