import type { ShownPassage } from '../../../src/core/messages/datasetPanel';

const pageLength = 40;
/** Pages kept; the ones that were wanted longest ago go first. */
const kept = 40;

interface Page {
  passages: (ShownPassage | undefined)[];
  isFresh: boolean;
  asking: Promise<void> | undefined;
}

/** The passages of the view as far as they were asked for, by pages. */
export class PassagePages {
  private readonly pages = new Map<number, Page>();
  private generation = 0;

  /**
   * @param fetch Gets the passages at positions from `from` to before `to`.
   * @param onArrive Told when passages came or changed.
   * @param onError Told when passages could not be had; they are asked for again when next wanted.
   */
  constructor(
    private readonly fetch: (from: number, to: number) => Promise<ShownPassage[]>,
    private readonly onArrive: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The passage as far as it is known; may be out of date for a moment after `invalidate`. */
  get(position: number): ShownPassage | undefined {
    return this.pages.get(Math.floor(position / pageLength))?.passages[position % pageLength];
  }

  /** Whether the passage is known as it is now. */
  isFresh(position: number): boolean {
    return this.pages.get(Math.floor(position / pageLength))?.isFresh ?? false;
  }

  /** Asks for what is not known of the positions, the last inclusive. */
  want(first: number, last: number): void {
    for (let page = Math.floor(first / pageLength); page * pageLength <= last; page++) {
      void this.load(page);
    }
  }

  /** The passage, once it is there; undefined beyond the end. */
  async ready(position: number): Promise<ShownPassage | undefined> {
    await this.load(Math.floor(position / pageLength));
    return this.get(position);
  }

  put(position: number, passage: ShownPassage): void {
    const page = this.pages.get(Math.floor(position / pageLength));
    if (page === undefined) return;
    page.passages[position % pageLength] = passage;
  }

  /** Everything may have changed: what is shown stays until it was asked for again. */
  invalidate(): void {
    this.generation++;
    for (const page of this.pages.values()) {
      page.isFresh = false;
      page.asking = undefined;
    }
  }

  private load(number: number): Promise<void> {
    const page = this.pages.get(number) ?? { passages: [], isFresh: false, asking: undefined };
    // Set anew, so that the map's order is that of use.
    this.pages.delete(number);
    this.pages.set(number, page);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= kept) break;
      this.pages.delete(oldest);
    }
    if (page.isFresh) return Promise.resolve();
    page.asking ??= this.ask(number, page);
    return page.asking;
  }

  private async ask(number: number, page: Page): Promise<void> {
    const { generation } = this;
    try {
      const passages = await this.fetch(number * pageLength, (number + 1) * pageLength);
      if (generation !== this.generation) return await this.load(number);
      page.passages = passages;
      page.isFresh = true;
      this.onArrive();
    } catch (error) {
      this.onError(error);
    } finally {
      if (generation === this.generation) page.asking = undefined;
    }
  }
}
