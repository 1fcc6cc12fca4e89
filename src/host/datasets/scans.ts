import { setImmediate } from 'node:timers/promises';
import { applyBulk, countChangedEntities } from '../../core/dataset/bulk';
import { Counting } from '../../core/dataset/counting';
import type { BulkChange, Scope } from '../../core/dataset/edits';
import type { PassageId } from '../../core/dataset/passage';
import type { FoundText, PassageQuery, TextQuery } from '../../core/dataset/query';
import {
  compileQuery,
  leastScore,
  textPattern,
  type FindText,
} from '../../core/dataset/queryMatch';
import type { Range } from '../../core/text/range';
import type { DatasetStore, StoredPassage } from './datasetStore';

/** Work over all passages; between blocks others have their turn, and the signal is looked at. */
async function* scan(
  store: DatasetStore,
  signal: AbortSignal,
  ids?: readonly PassageId[],
): AsyncGenerator<StoredPassage[]> {
  for (const block of store.blocks(ids)) {
    signal.throwIfAborted();
    yield await store.passages(block);
    await setImmediate();
  }
}

/** Ids of the passages that a query finds, in its order. */
export async function filterPassages(
  store: DatasetStore,
  query: PassageQuery,
  search: FindText,
  signal: AbortSignal,
): Promise<PassageId[]> {
  const matches = compileQuery(query, search);
  const found: { id: PassageId; score: number }[] = [];
  for await (const passages of scan(store, signal)) {
    for (const one of passages) {
      if (matches(one)) found.push({ id: one.id, score: leastScore(one.passage) });
    }
  }
  // Stable: passages of the same certainty stay in the order of the file.
  if (query.order === 'uncertainty') {
    found.sort((a, b) => (a.score === b.score ? 0 : a.score - b.score));
  }
  return found.map(({ id }) => id);
}

/** Counts all passages. */
export async function countAll(store: DatasetStore, signal: AbortSignal): Promise<Counting> {
  const counting = new Counting();
  for await (const passages of scan(store, signal)) {
    for (const { passage, record, isEdited } of passages) {
      if (record?.kind === 'bad' && !isEdited) counting.addBad();
      else counting.add(passage);
    }
  }
  return counting;
}

/** What a change of many would change. */
export async function previewBulk(
  store: DatasetStore,
  change: BulkChange,
  scope: Scope,
  search: FindText,
  signal: AbortSignal,
): Promise<{ passages: number; entities: number }> {
  const matches = scope.kind === 'query' ? compileQuery(scope.query, search) : () => true;
  const by = { time: new Date(0).toISOString() };
  let passages = 0;
  let entities = 0;
  for await (const block of scan(store, signal, scope.kind === 'ids' ? scope.ids : undefined)) {
    for (const one of block) {
      if (!matches(one)) continue;
      const after = applyBulk(one.passage, change, by);
      if (after === one.passage) continue;
      passages++;
      entities += countChangedEntities(one.passage, after);
    }
  }
  return { passages, entities };
}

export interface FindFrom {
  readonly number: number;
  readonly offset: number;
  readonly backwards?: boolean;
  readonly within?: readonly PassageId[];
}

/** The next occurrence from a place, around the end; undefined when there is none. */
export async function findNext(
  store: DatasetStore,
  query: TextQuery,
  { number, offset, backwards = false, within }: FindFrom,
  search: FindText,
  signal: AbortSignal,
): Promise<FoundText | undefined> {
  if (query.find === '') return undefined;
  const pattern = textPattern(query);
  const size = within?.length ?? store.journal.order.size;
  const idAt = (at: number) => within?.[at] ?? store.journal.order.idAt(at);
  const block = 128;
  // One more than all: the rest of the passage where it began comes last.
  for (let done = 0; done <= size; done += block) {
    signal.throwIfAborted();
    const steps = Array.from({ length: Math.min(block, size + 1 - done) }, (_, at) => done + at);
    const places = steps.map(
      (step) => (backwards ? number - step + 2 * size : number + step) % size,
    );
    const ids = places.flatMap((place) => idAt(place) ?? []);
    const texts = new Map(
      (await store.passages(ids)).map(({ id, passage }) => [id, passage.text] as const),
    );
    for (const [at, place] of places.entries()) {
      const id = idAt(place);
      const text = id === undefined ? undefined : texts.get(id);
      if (id === undefined || text === undefined) continue;
      const isFirst = done + at === 0;
      const found = backwards
        ? findLast(pattern, text, isFirst ? offset : text.length + 1, search)
        : search(pattern, text, isFirst ? offset : 0);
      if (found !== undefined) return { id, number: place, ...found };
    }
    await setImmediate();
  }
  return undefined;
}

function findLast(
  pattern: RegExp,
  text: string,
  before: number,
  search: FindText,
): Range | undefined {
  let last: Range | undefined;
  for (let from = 0; ;) {
    const found = search(pattern, text, from);
    if (found === undefined || found.start >= before) return last;
    last = found;
    from = found.end;
  }
}
