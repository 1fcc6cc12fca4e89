interface Waiting {
  readonly order: number;
  readonly begin: () => void;
}

/**
 * Lets only some pieces of work run at once; of those that wait, the least `order` goes first, and of
 * equals the one that came first.
 */
export class Turns {
  private running = 0;
  private heldUntil = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting: Waiting[] = [];

  /** @param most Pieces of work at once. */
  constructor(private readonly most: number) {}

  /** @throws the signal's reason when aborted while it waits; whatever the work throws. */
  async run<T>(order: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.turn(order, signal);
    try {
      return await work();
    } finally {
      this.running--;
      this.next();
    }
  }

  /** Begins nothing more for a time, because the other side asked for a pause. */
  hold(milliseconds: number): void {
    this.heldUntil = Math.max(this.heldUntil, performance.now() + milliseconds);
  }

  private turn(order: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      // The reason is whatever the caller aborted with, usually an error.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      const refuse = (): void => reject(signal?.reason);
      if (signal?.aborted === true) {
        refuse();
        return;
      }
      const entry: Waiting = {
        order,
        begin: () => {
          signal?.removeEventListener('abort', onAbort);
          this.running++;
          resolve();
        },
      };
      const onAbort = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        refuse();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.splice(this.placeOf(order), 0, entry);
      this.next();
    });
  }

  private next(): void {
    const pause = this.heldUntil - performance.now();
    if (pause > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.next();
      }, pause);
      return;
    }
    while (this.running < this.most) {
      const first = this.waiting.shift();
      if (first === undefined) return;
      first.begin();
    }
  }

  /** Behind all whose order is not greater. */
  private placeOf(order: number): number {
    let low = 0;
    let high = this.waiting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.waiting[middle]?.order ?? 0) <= order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The turns of each endpoint, which all of its models share. */
export class TurnsByEndpoint {
  private readonly known = new Map<string, Turns>();

  /** @param most Pieces of work at once, for an endpoint that is not known yet. */
  of(name: string, most: number): Turns {
    const turns = this.known.get(name) ?? new Turns(most);
    this.known.set(name, turns);
    return turns;
  }

  clear(): void {
    this.known.clear();
  }
}
