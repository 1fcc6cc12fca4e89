import type { PassageId } from '../../core/dataset/passage';
import type { PassageData, PassageEdits } from '../../core/formats/format';
import type { DatasetStore } from './datasetStore';

/**
 * The edits of a store as formats take them. What replaces a record is worked out when it is reached: a
 * change of all passages of a large file costs no memory.
 * @param onPassage Told of each passage that is written anew.
 */
export function lazyEdits(
  store: DatasetStore,
  onPassage: (id: PassageId, passage: PassageData) => void,
): PassageEdits {
  const inserted = new Map<number, readonly PassageData[]>();
  for (const [record, ids] of store.journal.insertedIds()) {
    const passages = ids.flatMap((id) => {
      const facts = store.journal.content(id, () => undefined);
      if (facts !== undefined) onPassage(id, facts.passage);
      return facts?.passage ?? [];
    });
    inserted.set(record, passages);
  }
  return { replaced: new Replacements(store, onPassage), inserted };
}

/** What stands in the place of records, by their numbers. */
class Replacements implements ReadonlyMap<number, PassageData | null> {
  private readonly removed: ReadonlySet<number>;

  constructor(
    private readonly store: DatasetStore,
    private readonly onPassage: (id: PassageId, passage: PassageData) => void,
  ) {
    this.removed = new Set(store.journal.removedRecords());
  }

  get(record: number): PassageData | null | undefined {
    if (this.removed.has(record)) return null;
    if (!this.store.journal.mayDiffer(record)) return undefined;
    const facts = this.store.contentNow(record);
    if (facts?.isEdited !== true) return undefined;
    this.onPassage(record, facts.passage);
    return facts.passage;
  }

  has(record: number): boolean {
    return this.get(record) !== undefined;
  }

  get size(): number {
    return [...this.keys()].length;
  }

  *entries(): MapIterator<[number, PassageData | null]> {
    for (const record of this.candidates()) {
      const passage = this.get(record);
      if (passage !== undefined) yield [record, passage];
    }
  }

  *keys(): MapIterator<number> {
    for (const [record] of this.entries()) yield record;
  }

  *values(): MapIterator<PassageData | null> {
    for (const [, passage] of this.entries()) yield passage;
  }

  forEach(
    tell: (
      passage: PassageData | null,
      record: number,
      map: ReadonlyMap<number, PassageData | null>,
    ) => void,
  ): void {
    for (const [record, passage] of this.entries()) tell(passage, record, this);
  }

  [Symbol.iterator](): MapIterator<[number, PassageData | null]> {
    return this.entries();
  }

  /** Records that may differ, in order. */
  private *candidates(): Generator<number> {
    const { journal, index } = this.store;
    if (journal.hasRules) {
      for (let record = 0; record < index.count; record++) yield record;
      return;
    }
    const written = journal.writtenIds().filter((id) => id >= 0);
    yield* [...written, ...this.removed].sort((a, b) => a - b);
  }
}
