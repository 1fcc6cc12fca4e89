import { WordedError, wordingOf } from '../../core/errors';
import { phrase, type Phrase } from '../../core/messages/phrase';
import type { ReadProgress } from './contract';
import type { DatasetStore } from './datasetStore';

/** Milliseconds between two tellings of how far it is. */
const PAUSE = 100;

/** Finds the places of a data set's records in the background; those found can be used at once. */
export class Indexing {
  /** Resolves when the end is reached, also when that was early; never rejects. */
  readonly done: Promise<void>;
  /** Resolves when the first passages are there, or it is known that there are none. */
  readonly first: Promise<void>;
  /** Why the data set cannot be edited; undefined when it can. */
  readOnly: Phrase | undefined;
  /** Why reading ended before the end of the file. */
  failure: Phrase | undefined;
  private readonly stopping = new AbortController();
  private tellFirst: () => void = () => undefined;

  /**
   * @param pieces The bytes of the working copy, as they come to be there.
   * @param size How many there are about, for the share that was read.
   */
  constructor(
    private readonly store: DatasetStore,
    pieces: AsyncIterable<Uint8Array>,
    private readonly size: number,
    private readonly tell: (progress: ReadProgress) => void,
  ) {
    this.first = new Promise((resolve) => (this.tellFirst = resolve));
    this.done = this.run(pieces);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async run(pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const { index, copy, encoding, format } = this.store;
    try {
      for await (const unit of this.store.units(this.watch(pieces))) {
        if (unit.kind !== 'record') continue;
        const { start, bytes, line, broken } = unit;
        index.add({ start, end: start + bytes.length, line }, broken);
        if (broken === undefined || format.streaming) continue;
        this.readOnly = phrase`The file is damaged at line ${line} (${broken}); it is shown and cannot be edited. Correct it in the text editor.`;
      }
      if (!copy.isFaithful) {
        this.readOnly = phrase`The file has bytes that are no ${encoding}; it is shown and cannot be edited. Choose its encoding with “Reopen Data Set with Encoding…”.`;
      }
    } catch (error) {
      if (!this.stopping.signal.aborted) this.failure = asPhrase(error);
    }
    this.readOnly ??= this.failure;
    this.tellNow(1);
    this.tellFirst();
  }

  /** Lets pieces through, and between them tells how far it is. */
  private async *watch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let passed = 0;
    let told = performance.now();
    for await (const piece of pieces) {
      this.stopping.signal.throwIfAborted();
      yield piece;
      passed += piece.length;
      this.store.journal.grow(this.store.index.count);
      if (this.store.index.count > 0) this.tellFirst();
      if (performance.now() - told < PAUSE) continue;
      told = performance.now();
      this.tellNow(Math.min(0.999, passed / Math.max(this.size, 1)));
    }
  }

  private tellNow(share: number): void {
    const { failure } = this;
    const { journal, index } = this.store;
    journal.grow(index.count);
    this.tell({
      count: journal.order.size,
      share,
      ...(this.readOnly === undefined ? {} : { readOnly: this.readOnly }),
      ...(failure === undefined ? {} : { failure }),
    });
  }
}

function asPhrase(error: unknown): Phrase {
  if (error instanceof WordedError) return error.wording;
  return phrase`The file could not be read to its end (${wordingOf(error)}). What was read is shown and cannot be edited.`;
}
