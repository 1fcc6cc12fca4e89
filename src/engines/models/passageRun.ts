import type { Entity } from '../../core/entity/entity';
import type { ExtractOptions, Passage, PassageResult } from '../engine';
import type { EntityIds } from '../entityIds';
import { groupPassages } from '../passages';
import type { Reading } from './modelReadings';

// The first results come soon, later ones with little overhead.
const FIRST_UNITS = 2048;
const MOST_UNITS = 16_384;
const MOST_PASSAGES = 64;

/** An entity that has no id and source yet; offsets are UTF-16 units of its passage. */
export type FoundEntity = Omit<Entity, 'id' | 'source' | 'state'> & { readonly passage: number };

/** How the passages of a run are read. */
export interface PassageReader {
  /** The readings of a passage, by its place in its group. */
  readonly readingsOf: (passage: Passage, index: number) => Reading[];
  /** What is found in readings, in any order. */
  readonly find: (readings: readonly Reading[]) => Promise<readonly FoundEntity[]>;
}

/**
 * Reads passages group by group and yields their results in order.
 * @throws the signal's reason, and what `find` throws.
 */
export async function* runPassages(
  passages: Iterable<Passage> | AsyncIterable<Passage>,
  reader: PassageReader,
  ids: EntityIds,
  source: { readonly engine: string; readonly model: string },
  { signal, onDone }: ExtractOptions,
): AsyncGenerator<PassageResult, void, undefined> {
  const work = { passages: 0, sentences: 0, encoded: 0, words: 0 };
  const began = performance.now();
  const limits = (group: number) => ({
    passages: MOST_PASSAGES,
    units: Math.min(MOST_UNITS, FIRST_UNITS * 2 ** Math.min(group, 8)),
  });
  for await (const group of groupPassages(passages, limits, signal)) {
    const readings = group.flatMap((passage, index) => reader.readingsOf(passage, index));
    const found: FoundEntity[][] = group.map(() => []);
    for (const entity of await reader.find(readings)) found[entity.passage]?.push(entity);
    work.sentences += readings.length;
    work.encoded += readings.length;
    for (const { words } of readings) work.words += words.length;
    for (const [index, { id }] of group.entries()) {
      work.passages++;
      const own = found[index] ?? [];
      own.sort((a, b) => a.start - b.start || b.end - a.end);
      yield {
        id,
        entities: own.map(({ passage: _passage, ...entity }) => ({
          id: ids.next(),
          ...entity,
          source,
          state: 'suggested',
        })),
      };
    }
  }
  onDone?.({ ...work, seconds: (performance.now() - began) / 1000 });
}
