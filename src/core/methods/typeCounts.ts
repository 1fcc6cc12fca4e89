import type { PassageData } from '../formats/format';
import { labelOf } from '../formats/typeNames';

/** How often types occur in passages, and how evenly. */
export class TypeCounts {
  readonly counts = new Map<string, number>();
  passages = 0;
  empty = 0;

  add(labels: readonly string[]): void {
    this.passages++;
    if (labels.length === 0) this.empty++;
    for (const label of labels) this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
  }

  get entities(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Entropy of the types' shares over its greatest possible value, in 0..1; 0 for a single type. */
  get evenness(): number {
    if (this.counts.size < 2) return 0;
    const total = this.entities;
    const bits = [...this.counts.values()].reduce(
      (sum, count) => sum - (count / total) * Math.log2(count / total),
      0,
    );
    return bits / Math.log2(this.counts.size);
  }
}

/** The types of a passage's standing entities at a level (0 = top), the deepest known when absent. */
export function labelsOf({ entities }: Pick<PassageData, 'entities'>, level?: number): string[] {
  return entities
    .filter(({ state }) => state !== 'rejected')
    .map((entity) => labelOf(entity, level));
}
