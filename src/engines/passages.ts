import type { Passage } from './engine';

export interface GroupLimits {
  /** Passages of a group at most. */
  readonly passages: number;
  /** A group is closed once its texts have this many UTF-16 units. */
  readonly units: number;
}

/**
 * Gathers passages into groups, in order. A group is given out when it is full, or as soon as the
 * source makes wait for its next passage, so that what comes line by line is worked on line by line.
 * Never reads further ahead than one passage beyond the group.
 * @throws the signal's reason when aborted, also while the source makes wait.
 */
export async function* groupPassages(
  passages: Iterable<Passage> | AsyncIterable<Passage>,
  limits: (group: number) => GroupLimits,
  signal?: AbortSignal,
): AsyncGenerator<Passage[], void, undefined> {
  const source = open(passages);
  let finished = false;
  try {
    let next = source.next();
    for (let number = 0; ; number++) {
      const { passages: most, units: mostUnits } = limits(number);
      const group: Passage[] = [];
      let units = 0;
      while (group.length < most && units < mostUnits) {
        const result = await firstOf(group.length > 0 ? [next, soon()] : [next], signal);
        if (result === undefined) break;
        if (result.done === true) {
          finished = true;
          break;
        }
        group.push(result.value);
        units += result.value.text.length;
        next = source.next();
      }
      signal?.throwIfAborted();
      if (group.length > 0) yield group;
      if (finished) return;
    }
  } finally {
    if (!finished) void source.close();
  }
}

interface Source {
  next(): Promise<IteratorResult<Passage, unknown>>;
  /** Tells the source that no more is wanted; never rejects. */
  close(): Promise<void>;
}

function open(passages: Iterable<Passage> | AsyncIterable<Passage>): Source {
  const iterator =
    Symbol.asyncIterator in passages
      ? passages[Symbol.asyncIterator]()
      : passages[Symbol.iterator]();
  return {
    next: () => {
      const result = Promise.resolve().then(() => iterator.next());
      // The rejection is seen where the promise is awaited; until then it must not look unhandled.
      result.catch(() => undefined);
      return result;
    },
    close: async () => {
      try {
        await iterator.return?.();
      } catch {
        // The consumer left already; nobody is there to hear of it.
      }
    },
  };
}

/** Resolves to nothing once everything that is ready now had its turn. */
function soon(): Promise<undefined> {
  return new Promise((resolve) => setImmediate(() => resolve(undefined)));
}

/**
 * The first of the promises, or the signal's reason. Not a race against one promise for the whole
 * run: that would keep every result it ever saw until the signal is aborted.
 */
function firstOf<T>(promises: readonly Promise<T>[], signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    // The reason is whatever the caller aborted with, usually an error.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const onAbort = () => reject(signal?.reason);
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    Promise.race(promises)
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', onAbort));
  });
}
