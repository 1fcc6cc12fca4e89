import type { Engine, ExtractOptions, Passage, PassageResult } from '../../engines/engine';

/** An item of the input: what is extracted from for it, nothing for a line that cannot be read. */
export interface InputItem {
  readonly passages: readonly Passage[];
}

/** An item with what the engine found in each of its passages. */
export interface Extracted<T extends InputItem> {
  readonly item: T;
  readonly results: PassageResult[];
}

/** Most items between reading and result; more of them wait in their source. */
const mostUnderWay = 4096;

/**
 * Extracts from the items' passages and yields every item once, in order, as soon as it and those
 * before it are ready: an item without passages does not wait for a later item. Memory holds
 * the items under way, whatever the input's size.
 * @throws what the items or the engine throw, after the items before the failure were yielded.
 */
export async function* extractInOrder<T extends InputItem>(
  engine: Engine,
  items: AsyncIterable<T>,
  options: ExtractOptions,
): AsyncGenerator<Extracted<T>, void, undefined> {
  const underWay: Extracted<T>[] = [];
  const failures: unknown[] = [];
  let changed = new Bell();
  let room = new Bell();
  async function* passages(): AsyncGenerator<Passage> {
    try {
      for await (const item of items) {
        while (underWay.length >= mostUnderWay) await room.rung;
        underWay.push({ item, results: [] });
        changed.ring();
        yield* item.passages;
      }
    } catch (error) {
      // Ends the passages, so that those before the failure come out first.
      failures.push(error);
    }
  }
  const results = engine.extract(passages(), options)[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<PassageResult, unknown>> | undefined;
  let ended = false;
  try {
    for (;;) {
      while (isReady(underWay[0])) yield underWay.shift() as Extracted<T>;
      room.ring();
      room = new Bell();
      if (ended) break;
      next ??= results.next();
      const result = await Promise.race([next, changed.rung]);
      changed = new Bell();
      if (result === undefined) continue;
      next = undefined;
      if (result.done === true) ended = true;
      else addToFirst(underWay, result.value);
    }
  } finally {
    // Not awaited: an engine that waits for standard input would hold the end of the run.
    if (!ended) void Promise.resolve(results.return?.()).catch(() => undefined);
    next?.catch(() => undefined);
  }
  if (failures.length > 0) throw failures[0];
}

function isReady<T extends InputItem>(extracted: Extracted<T> | undefined): boolean {
  return extracted !== undefined && extracted.results.length === extracted.item.passages.length;
}

/** Results come in the order of the passages, so a result is the first item's that waits for one. */
function addToFirst<T extends InputItem>(underWay: Extracted<T>[], result: PassageResult): void {
  const waiting = underWay.find((extracted) => !isReady(extracted));
  if (waiting === undefined) throw new Error('The engine gave more results than passages.');
  waiting.results.push(result);
}

/** Wakes whoever waits for it, once. */
class Bell {
  ring!: () => void;
  readonly rung = new Promise<undefined>((resolve) => (this.ring = () => resolve(undefined)));
}
