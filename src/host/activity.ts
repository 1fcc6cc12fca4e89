// A timer that is set for longer goes off at once.
const LONGEST = 2 ** 31 - 1;

/** Notices when nothing has been asked for a while. */
export class Activity {
  private running = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param onIdle Called once `idleSeconds` have passed without a request. */
  constructor(
    private readonly idleSeconds: number,
    private readonly onIdle: () => void,
  ) {
    this.wait();
  }

  /** Runs a piece of work; the time without requests begins when the last one is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.running++;
    clearTimeout(this.timer);
    try {
      return await work();
    } finally {
      this.running--;
      if (this.running === 0) this.wait();
    }
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.onIdle, Math.min(1000 * this.idleSeconds, LONGEST));
  }
}
