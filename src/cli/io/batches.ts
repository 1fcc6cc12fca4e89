export interface BatchLimits<T> {
  /** Most items in a batch. */
  readonly items: number;
  /** Most weight in a batch; a heavier single item is a batch of its own. */
  readonly weight: number;
  readonly weightOf: (item: T) => number;
}

/**
 * Groups what has already arrived: a batch holds the items at hand, at least one, in order. A slow
 * source thus gives batches of one at once, a fast one full batches. The source is read ahead, at
 * most one batch, while the consumer works; its error is thrown after the items before it.
 */
export async function* batchArrivals<T>(
  source: AsyncIterable<T>,
  limits: BatchLimits<T>,
): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let waiting: T[] = [];
  let weight = 0;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = new Gate();
  let room = new Gate();
  let stopped = false;

  const isFull = () =>
    waiting.length > 0 && (waiting.length >= limits.items || weight >= limits.weight);
  const fill = async () => {
    try {
      for (;;) {
        while (isFull() && !stopped) await room.opened;
        if (stopped) return;
        const next = await iterator.next();
        if (next.done === true) break;
        waiting.push(next.value);
        weight += limits.weightOf(next.value);
        wake.open();
      }
    } catch (error) {
      failure = { error };
    }
    ended = true;
    wake.open();
  };
  void fill();
  try {
    for (;;) {
      await wake.opened;
      // Lets everything that is ready by now join the batch.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = waiting;
      waiting = [];
      weight = 0;
      wake = new Gate();
      if (ended) wake.open();
      room.open();
      room = new Gate();
      if (batch.length > 0) yield batch;
      else if (failure !== undefined) throw failure.error;
      else if (ended) return;
    }
  } finally {
    stopped = true;
    room.open();
    // Not awaited: a source that waits for its own input would hold the end of the run.
    void iterator.return?.().catch(() => undefined);
  }
}

/** Something to wait for, once. */
class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}
