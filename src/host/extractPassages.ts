import type { LabelSpec } from '../core/labels/labelSpec';
import type { Engine, ExtractStatistics, PassageResult } from '../engines/engine';
import type { ExtractedNotice, ExtractParams } from './protocol';

/**
 * Results wait for each other no longer than this, and no more of them: whoever reads a notice does
 * so in one go, which may take a millisecond or two.
 */
const NOTICE = { milliseconds: 20, results: 64, entities: 100 };

/**
 * Extracts from the passages of a request. Results are told as they come, several at a time, in
 * order, and all before the promise resolves.
 * @throws the signal's reason; whatever the engine throws.
 */
export async function extractPassages(
  engine: Engine,
  { run, passages, threshold, overlap }: ExtractParams,
  labels: LabelSpec,
  signal: AbortSignal,
  tell: (notice: ExtractedNotice) => Promise<void>,
): Promise<ExtractStatistics> {
  let statistics: ExtractStatistics | undefined;
  let results: PassageResult[] = [];
  let entities = 0;
  let told = performance.now();
  const options = {
    labels,
    signal,
    ...(threshold === undefined ? {} : { threshold }),
    ...(overlap === undefined ? {} : { overlap }),
    onDone: (done: ExtractStatistics) => (statistics = done),
  };
  for await (const result of engine.extract(passages, options)) {
    results.push(result);
    entities += result.entities.length;
    const now = performance.now();
    const isFull = results.length >= NOTICE.results || entities >= NOTICE.entities;
    if (isFull || now - told >= NOTICE.milliseconds) {
      await tell({ run, results });
      results = [];
      entities = 0;
      told = now;
    }
  }
  if (results.length > 0) await tell({ run, results });
  return statistics ?? { passages: 0, sentences: 0, encoded: 0, words: 0, seconds: 0 };
}
