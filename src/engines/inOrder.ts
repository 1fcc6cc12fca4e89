import { setMaxListeners } from 'node:events';
import { withSignal } from './abort';

/**
 * Works on what a source gives, several pieces at a time, and yields the outcomes in the order of the
 * source, each as soon as it and all before it are there. Never reads more than `most` pieces ahead.
 * @param work Its signal is aborted when the reader leaves, when another piece failed, or by `signal`.
 * @throws the signal's reason, what the source throws, or what `work` throws, in their turn.
 */
export async function* mapInOrder<Input, Output>(
  source: Iterable<Input> | AsyncIterable<Input>,
  most: number,
  work: (input: Input, index: number, signal: AbortSignal) => Promise<Output>,
  signal?: AbortSignal,
): AsyncGenerator<Output, void, undefined> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const { controller: stop, release } = followSignal(signal);
  const underWay: Promise<Output>[] = [];
  let index = 0;
  let isFinished = false;
  let next: Promise<IteratorResult<Input, unknown>> | undefined;
  try {
    signal?.throwIfAborted();
    for (;;) {
      if (!isFinished && underWay.length < most) next ??= quietly(() => iterator.next());
      const [head] = underWay;
      if (next === undefined && head === undefined) return;
      const contenders: Promise<Outcome<Input, Output>>[] = [];
      if (head !== undefined) contenders.push(head.then((output) => ({ output })));
      if (next !== undefined && underWay.length < most) {
        contenders.push(next.then((read) => ({ read })));
      }
      const outcome = await withSignal(Promise.race(contenders), stop.signal);
      if ('output' in outcome) {
        void underWay.shift();
        yield outcome.output;
      } else if (outcome.read.done === true) {
        isFinished = true;
        next = undefined;
      } else {
        next = undefined;
        const { value } = outcome.read;
        const at = index++;
        underWay.push(quietly(() => work(value, at, stop.signal)));
      }
    }
  } finally {
    release();
    stop.abort(new DOMException('The reader has left.', 'AbortError'));
    // A source that makes wait is not waited for.
    if (!isFinished) void quietly(() => iterator.return?.());
  }
}

type Outcome<Input, Output> =
  { readonly output: Output } | { readonly read: IteratorResult<Input, unknown> };

/** A promise whose rejection is seen where it is awaited, and until then does not look unhandled. */
function quietly<T>(work: () => T | PromiseLike<T>): Promise<Awaited<T>> {
  const promise = Promise.resolve().then(work);
  promise.catch(() => undefined);
  return promise as Promise<Awaited<T>>;
}

/** A controller that is aborted with a signal, until released. */
export function followSignal(signal: AbortSignal | undefined): {
  readonly controller: AbortController;
  readonly release: () => void;
} {
  const controller = new AbortController();
  // Each piece of work listens; many at once are no leak.
  setMaxListeners(0, controller.signal);
  const onAbort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  return { controller, release: () => signal?.removeEventListener('abort', onAbort) };
}
