import type { Counting } from '../../core/dataset/counting';
import type { DatasetCounts } from '../../core/dataset/counts';
import type { PassageId } from '../../core/dataset/passage';
import { withSignal } from '../../engines/abort';
import type { DatasetStore } from './datasetStore';
import { countAll } from './scans';

/** The counts of a data set: of all passages once, and then kept right edit by edit. */
export class CountsCache {
  private counting: Counting | undefined;
  /** A count under way, which everyone who asks meanwhile shares. */
  private running: Promise<Counting> | undefined;
  private changes = 0;

  /** @param signal Ends counts that nobody waits for any more, when the data set is closed. */
  constructor(
    private readonly store: DatasetStore,
    private readonly signal: AbortSignal,
  ) {}

  /** Something changed that cannot be followed: they are counted anew when asked for. */
  forget(): void {
    this.counting = undefined;
    this.changes++;
  }

  /** @param signal Ends the wait, not the count. */
  async get(signal: AbortSignal): Promise<DatasetCounts> {
    const counting = this.counting ?? (await withSignal((this.running ??= this.count()), signal));
    return counting.result(this.store.journal.order.size);
  }

  private async count(): Promise<Counting> {
    const { changes } = this;
    try {
      const counting = await countAll(this.store, this.signal);
      // Counted while something changed, they are of no time, and not kept.
      if (changes === this.changes) this.counting = counting;
      return counting;
    } finally {
      this.running = undefined;
    }
  }

  /**
   * Makes a change of passages, and counts what changed.
   * @param ids The passages whose contents alone it may change; undefined when that cannot be said.
   */
  async follow<T>(ids: readonly PassageId[] | undefined, change: () => Promise<T> | T): Promise<T> {
    const { counting } = this;
    if (ids === undefined || counting === undefined) {
      try {
        return await change();
      } finally {
        this.forget();
      }
    }
    const before = await this.store.passages(ids);
    const result = await change();
    const after = await this.store.passages(ids);
    this.changes++;
    if (this.counting !== counting) return result;
    for (const one of before) if (isCounted(one)) counting.add(one.passage, -1);
    for (const one of after) if (isCounted(one)) counting.add(one.passage);
    return result;
  }
}

function isCounted({
  record,
  isEdited,
}: {
  readonly record: { readonly kind: string } | undefined;
  readonly isEdited: boolean;
}): boolean {
  return record?.kind !== 'bad' || isEdited;
}
