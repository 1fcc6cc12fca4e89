import { sideNotes, sideRecordOf, type SideRecord } from '../../core/dataset/sideRecords';
import type { PassageId } from '../../core/dataset/passage';
import type { PassageData, WriteNote } from '../../core/formats/format';
import type { Phrase } from '../../core/messages/phrase';
import type { DatasetStore } from './datasetStore';
import { keptSides } from './sideFile';

/** What the format does not say of passages that were written, and nothing beside it either. */
export interface SaveLoss {
  readonly message: Phrase;
  readonly passages: number;
}

/** Gathers in a save what a format cannot say: what the side file keeps, and what is lost. */
export class SaveNotes {
  private readonly lost = new Map<string, SaveLoss>();
  private readonly numbers = new WeakMap<PassageData, number>();

  private constructor(
    private readonly store: DatasetStore,
    /** What the side file is to have, by the passages' numbers. */
    readonly sides: Map<number, SideRecord>,
  ) {}

  static async open(store: DatasetStore): Promise<SaveNotes> {
    return new SaveNotes(store, await keptSides(store));
  }

  get losses(): SaveLoss[] {
    return [...this.lost.values()];
  }

  /** Tells that a passage is written anew. */
  readonly onPassage = (id: PassageId, passage: PassageData): void => {
    const number = this.store.journal.order.numberOf(id) ?? 0;
    this.numbers.set(passage, number);
    this.sides.delete(number);
  };

  readonly onNote = ({ kind, message, lost }: WriteNote, passage: PassageData): void => {
    const number = this.numbers.get(passage);
    if (number !== undefined && sideNotes.has(kind)) {
      if (!this.sides.has(number)) this.sides.set(number, sideRecordOf(passage, number));
    } else if (lost) {
      const known = this.lost.get(kind);
      this.lost.set(kind, { message, passages: (known?.passages ?? 0) + 1 });
    }
  };
}
