import type { PassageId, PassageView } from '../../core/dataset/passage';
import type { ShownPassage } from '../../core/messages/datasetPanel';
import type { DatasetChange, OpenDataset } from '../../editor/datasets/contract';
import { Disposable } from '../../editor/disposable';
import type { ShownView } from './shownView';

/** Passages sent with the news that they changed; of more only that they did. */
const sentAtMost = 40;

/** What a page is told of its data set. */
export interface Told {
  update(update: {
    readonly count: number;
    readonly passages: { position: number; passage: ShownPassage }[] | null;
  }): void;
  /** Something changed that is no passage: the number of them, or whether they can be edited. */
  state(): void;
  reveal(position: number): void;
  fail(error: unknown): void;
}

/** Tells a page what changed in its data set, in the order in which it did. */
export class Updates extends Disposable {
  private telling: Promise<void> = Promise.resolve();
  /** Edits of the page that are under way: what they change is in view already. */
  private editing = 0;

  constructor(
    private readonly dataset: OpenDataset,
    private readonly view: ShownView,
    private readonly show: (passage: PassageView) => ShownPassage,
    private readonly told: Told,
  ) {
    super();
    this._register(
      dataset.onDidChange((change) => {
        const isOwn = this.editing > 0;
        this.telling = this.telling
          .then(() => this.tell(change, isOwn))
          .catch((error: unknown) => told.fail(error));
      }),
    );
  }

  /** Makes an edit of the page; resolves once the page has been told what came of it. */
  async during<T>(edit: () => Promise<T>): Promise<T> {
    this.editing += 1;
    try {
      const result = await edit();
      await this.telling;
      return result;
    } finally {
      this.editing -= 1;
    }
  }

  private async tell(change: DatasetChange, isOwn: boolean): Promise<void> {
    if (change.kind === 'content' && change.ids !== 'all' && change.ids.length <= sentAtMost) {
      await this.tellPassages(change.ids, isOwn);
      return;
    }
    if (change.kind === 'order') await this.view.renew();
    if (change.kind !== 'state') this.told.update({ count: this.view.count, passages: null });
    this.told.state();
  }

  private async tellPassages(ids: readonly PassageId[], isOwn: boolean): Promise<void> {
    const changed = await this.dataset.passagesOf(ids);
    const placed = await Promise.all(
      changed.map(async (passage) => ({
        position: await this.view.positionOf(passage.id),
        passage: this.show(passage),
      })),
    );
    const passages = placed.flatMap(({ position, passage }) =>
      position === null ? [] : [{ position, passage }],
    );
    this.told.update({ count: this.view.count, passages });
    const [first] = passages;
    // Undoing what is out of view would otherwise be done unseen.
    if (!isOwn && first !== undefined && passages.length === 1) this.told.reveal(first.position);
  }
}
