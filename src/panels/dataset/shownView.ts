import type { PassageId, PassageView } from '../../core/dataset/passage';
import type { FoundText, PassageQuery, TextQuery } from '../../core/dataset/query';
import type { OpenDataset } from '../../editor/datasets/contract';

/** The passages that a filter lets through, by their positions from 0; without a filter all of them. */
export class ShownView {
  private ids: readonly PassageId[] | undefined;
  private positions: ReadonlyMap<PassageId, number> | undefined;
  private query: PassageQuery | undefined;

  constructor(private readonly dataset: OpenDataset) {}

  get count(): number {
    return this.ids?.length ?? this.dataset.count;
  }

  /** The passages of the view for a change of many; undefined means all. */
  get shownIds(): readonly PassageId[] | undefined {
    return this.ids;
  }

  /** Takes a filter; undefined shows everything. */
  async filter(query: PassageQuery | undefined): Promise<void> {
    const ids = query === undefined ? undefined : await this.dataset.filter(query);
    this.query = query;
    this.ids = ids;
    this.positions = undefined;
  }

  /** Asks the filter again: passages have come or gone. */
  async renew(): Promise<void> {
    if (this.query !== undefined) await this.filter(this.query);
  }

  passages(from: number, to: number): Promise<readonly PassageView[]> {
    return this.ids === undefined
      ? this.dataset.passages(from, Math.min(to, this.dataset.count))
      : this.dataset.passagesOf(this.ids.slice(from, to));
  }

  /** The position of a passage; null where the filter leaves it out or there is none. */
  async positionOf(id: PassageId): Promise<number | null> {
    if (this.ids !== undefined) {
      this.positions ??= new Map(this.ids.map((one, position) => [one, position]));
      return this.positions.get(id) ?? null;
    }
    const [passage] = await this.dataset.passagesOf([id]);
    return passage?.number ?? null;
  }

  /** The next match among the shown passages; its number is a position. */
  find(
    query: TextQuery,
    from: { readonly position: number; readonly offset: number },
    backwards: boolean,
  ): Promise<FoundText | undefined> {
    const within = this.ids === undefined ? {} : { within: this.ids };
    const place = { number: from.position, offset: from.offset };
    return this.dataset.find(query, place, { backwards, ...within });
  }
}
