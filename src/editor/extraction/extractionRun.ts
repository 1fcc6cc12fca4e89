import type { OverlapPolicy } from '../../core/entity/overlap';
import type { Range } from '../../core/text/range';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { Engine, ExtractStatistics, PassageResult } from '../../engines/engine';
import type { Found } from '../documents/entityState';
import type { Session } from '../documents/session';
import { type Entered, probes } from '../probe';
import { say } from '../wording';
import type { PassageSource } from './passageSource';

/** How entities are looked for. */
export interface RunOptions {
  readonly labels: LabelSpec;
  readonly threshold: number | undefined;
  readonly overlap: OverlapPolicy;
  readonly signal: AbortSignal;
  /** Whether only entities inside the regions of the source are taken, not those of whole passages. */
  readonly insideOnly: boolean;
  /** Called now and then with the share of the work done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Told how much work it was, when all is read. */
  readonly onDone?: (statistics: ExtractStatistics) => void;
}

/** What enters the session in one turn of the extension host: a few milliseconds' work. */
export const perTurn = { passages: 32, entities: 100 };

/**
 * Extracts from one document into its session. Results enter as they come, several per turn of the
 * extension host; a result for text that was edited meanwhile is dropped, because that text is dirty
 * and will be read again. The source follows the session's edits already.
 * @returns Messages of the engine about what it could not read, without repetitions.
 */
export async function runExtraction(
  session: Session,
  source: PassageSource,
  engine: Engine,
  options: RunOptions,
): Promise<readonly string[]> {
  const { labels, threshold, overlap, signal, insideOnly, onProgress, onDone } = options;
  const diagnostics = new Set<string>();
  const arrived: PassageResult[] = [];
  let turn: NodeJS.Immediate | undefined;

  const take = (): void => {
    turn = undefined;
    const found: Found[] = [];
    const results = arrived.splice(0, countForTurn(arrived));
    for (const result of results) {
      const place = source.placeOf(result.id);
      if (place !== undefined) found.push(...foundIn(place, result, insideOnly, source.wanted));
    }
    if (found.length > 0 && !signal.aborted) session.show(found);
    if (probes.entered.hasSubscribers) {
      const entities = results.reduce((sum, one) => sum + one.entities.length, 0);
      probes.entered.publish({ passages: results.length, entities } satisfies Entered);
    }
    onProgress?.(source.progress);
    if (arrived.length > 0) turn = setImmediate(take);
  };

  try {
    const results = engine.extract(source.read(), {
      labels,
      overlap,
      signal,
      ...(threshold === undefined ? {} : { threshold }),
      ...(onDone === undefined ? {} : { onDone }),
    });
    try {
      for await (const result of results) {
        signal.throwIfAborted();
        for (const message of result.diagnostics ?? []) diagnostics.add(say(message));
        arrived.push(result);
        turn ??= setImmediate(take);
      }
    } finally {
      // What was there before a budget ran out or a server failed stands.
      while (arrived.length > 0 && !signal.aborted) {
        await new Promise(setImmediate);
      }
    }
    session.dropOutside(source.places, source.wanted);
    return [...diagnostics];
  } finally {
    clearImmediate(turn);
  }
}

/** How many of the results make one turn: at least one. */
function countForTurn(results: readonly PassageResult[]): number {
  let entities = 0;
  const end = results.findIndex((result, index) => {
    entities += result.entities.length;
    return index > 0 && (index >= perTurn.passages || entities > perTurn.entities);
  });
  return end < 0 ? results.length : end;
}

/** A passage's result at its place in the document, limited to the wanted parts if it must be. */
function foundIn(
  place: Range,
  { entities }: PassageResult,
  insideOnly: boolean,
  wanted: readonly Range[] | undefined,
): Found[] {
  const moved = entities.map((entity) => ({
    ...entity,
    start: entity.start + place.start,
    end: entity.end + place.start,
  }));
  if (!insideOnly || wanted === undefined) return [{ ...place, entities: moved }];
  return wanted.flatMap((region) => {
    const start = Math.max(region.start, place.start);
    const end = Math.min(region.end, place.end);
    if (start >= end) return [];
    return [{ start, end, entities: moved.filter((one) => one.start >= start && one.end <= end) }];
  });
}
