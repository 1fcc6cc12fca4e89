/** Results that come by callback, read by `for await`; each can be read once. */
export class ResultQueue<Result> implements AsyncIterable<Result> {
  private readonly results: Result[] = [];
  private finished: { readonly error?: unknown } | undefined;
  private wake: (() => void) | undefined;

  push(results: readonly Result[]): void {
    for (const result of results) this.results.push(result);
    this.wake?.();
  }

  /** The queue ends when the promise does, with its error if it has one. */
  endWith(work: Promise<unknown>): void {
    work.then(
      () => this.end({}),
      (error: unknown) => this.end({ error }),
    );
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Result, void, undefined> {
    for (;;) {
      for (const result of this.results.splice(0)) yield result;
      if (this.results.length > 0) continue;
      if (this.finished) {
        if ('error' in this.finished) throw this.finished.error;
        return;
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private end(how: { readonly error?: unknown }): void {
    this.finished = how;
    this.wake?.();
  }
}
