import type {
  Engine,
  ExtractOptions,
  ExtractStatistics,
  Passage,
  PassageResult,
  ReadingCounts,
} from '../../engines/engine';
import { groupPassages } from '../../engines/passages';

/** Passages that a worker gets at once. */
const groupLimits = { passages: 256, units: 32_768 };

/**
 * Several engines of the same model as one: each gets the next group of passages when it is free.
 * Results come in the order of the passages; at most as many groups as workers are under way. Several
 * extractions at once share the workers, group by group.
 */
export class WorkerPool implements Engine {
  readonly name: string;
  readonly model: string;
  readonly capabilities: Engine['capabilities'];
  private readonly free: Engine[];
  /** Extractions that wait for a free worker, the first come first. */
  private readonly waiting: ((worker: Engine) => void)[] = [];

  /** @param workers At least one; all with the same model. */
  constructor(private readonly workers: readonly [Engine, ...Engine[]]) {
    const [first] = workers;
    this.name = first.name;
    this.model = first.model;
    this.capabilities = first.capabilities;
    this.free = [...workers];
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    const total = { passages: 0, sentences: 0, encoded: 0, words: 0, seconds: 0 };
    const began = performance.now();
    const { onDone, ...rest } = options;
    const work = { ...rest, onDone: (done: ExtractStatistics) => add(total, done) };
    const groups = groupPassages(passages, () => groupLimits, options.signal);
    const underWay: Promise<readonly PassageResult[]>[] = [];
    let next: ReturnType<typeof groups.next> | undefined = groups.next();
    try {
      for (;;) {
        const [head] = underWay;
        if (next === undefined && head === undefined) break;
        const waits = next === undefined || underWay.length === this.workers.length;
        const group = waits ? undefined : await firstOf(next, head);
        if (group === undefined) {
          const results = await head;
          void underWay.shift();
          if (results !== undefined) yield* results;
        } else if (group.done === true) {
          next = undefined;
        } else {
          const results = this.extractGroup(group.value, work);
          // A failure is thrown when its turn comes; until then it must not look unhandled.
          void results.catch(() => undefined);
          underWay.push(results);
          next = groups.next();
        }
      }
    } finally {
      void groups.return();
    }
    onDone?.({ ...total, seconds: (performance.now() - began) / 1000 });
  }

  rankTypes(...args: Parameters<Engine['rankTypes']>): ReturnType<Engine['rankTypes']> {
    return this.workers[0].rankTypes(...args);
  }

  async dispose(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.dispose()));
  }

  private async extractGroup(
    group: readonly Passage[],
    options: ExtractOptions,
  ): Promise<readonly PassageResult[]> {
    const worker = this.free.shift() ?? (await this.nextFree());
    try {
      const results: PassageResult[] = [];
      for await (const result of worker.extract(group, options)) results.push(result);
      return results;
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free.push(worker);
      else next(worker);
    }
  }

  private nextFree(): Promise<Engine> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** The next group, or nothing when the results at the head are ready before it. */
async function firstOf<T>(
  next: Promise<T> | undefined,
  head: Promise<unknown> | undefined,
): Promise<T | undefined> {
  if (next === undefined || head === undefined) return next;
  return Promise.race([next, head.then(() => undefined)]);
}

type Total = { -readonly [Key in keyof ReadingCounts]: number };

function add(total: Total, more: ReadingCounts): void {
  for (const key of Object.keys(total) as (keyof Total)[]) total[key] += more[key];
}
