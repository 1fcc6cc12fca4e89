import { Gazetteer } from '../../core/dataset/gazetteer';
import type { PassageId } from '../../core/dataset/passage';
import { reviewOf } from '../../core/dataset/review';
import type { Entity } from '../../core/entity/entity';
import { mergeSuggestions } from '../../core/entity/mergeSuggestions';
import { resolveOverlaps } from '../../core/entity/resolveOverlaps';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { foldPath } from '../../core/labels/names';
import type { Pattern } from '../../engines/patterns/pattern';
import { PatternsEngine, typeReader } from '../../engines/patterns/patternsEngine';
import type { DatasetStore } from './datasetStore';

/** Where patterns come from: a file, or what people accepted in the data set so far. */
export type PatternSource =
  { readonly kind: 'file'; readonly file: string } | { readonly kind: 'accepted' };

/** What stands between the names of a path in a label, as `splitPath` reads it. */
const pathMark = ' > ';

/**
 * An engine for the patterns of a source.
 * @throws InputError when the file cannot be read or used.
 */
export async function openPatterns(
  store: DatasetStore,
  source: PatternSource,
): Promise<{ readonly engine: PatternsEngine; readonly count: number }> {
  if (source.kind === 'file') {
    const engine = await PatternsEngine.open(source.file);
    return { engine, count: engine.count };
  }
  const gazetteer = new Gazetteer();
  for (const block of store.blocks()) {
    for (const { passage } of await store.passages(block)) gazetteer.add(passage);
  }
  const patterns = gazetteer.mentions().map(({ mention, path }): Pattern => {
    return { kind: 'phrase', label: path.join(pathMark), phrase: mention, line: 0 };
  });
  return { engine: new PatternsEngine('accepted', patterns), count: patterns.length };
}

/** What patterns suggest for a passage. */
export interface PatternSuggestions {
  readonly id: PassageId;
  /** All suggestions that the passage has then: those of other sources stay. */
  readonly entities: readonly Entity[];
  /** How many of them are new. */
  readonly fresh: number;
}

/**
 * What patterns suggest for passages that nobody has decided on as a whole; passages in which they find
 * nothing new are left out. What is suggested already, and what people’s decisions bar, is nothing new.
 */
export async function suggestPatterns(
  store: DatasetStore,
  engine: PatternsEngine,
  ids: readonly PassageId[],
  labels: LabelSpec,
  overlap: OverlapPolicy,
): Promise<PatternSuggestions[]> {
  const typeOf = typeReader(labels);
  return (await store.passages(ids)).flatMap(({ id, passage, record, isEdited }) => {
    const isBad = record?.kind === 'bad' && !isEdited;
    if (isBad || reviewOf(passage).status !== 'open') return [];
    const before = passage.entities.filter(({ state }) => state === 'suggested');
    const found = engine.entitiesIn(passage.text, typeOf);
    const allowed = new Set(mergeSuggestions(passage.entities, found, overlap));
    const fresh = found.filter(
      (entity) => allowed.has(entity) && !before.some((one) => isSame(one, entity)),
    );
    if (fresh.length === 0) return [];
    const others = before.filter(
      (one) => !isOf(one, engine) || found.some((entity) => isSame(one, entity)),
    );
    const entities = resolveOverlaps([...fresh, ...others], overlap);
    return [{ id, entities, fresh: fresh.filter((entity) => entities.includes(entity)).length }];
  });
}

function isOf({ source }: Entity, { name, model }: PatternsEngine): boolean {
  return source?.engine === name && source.model === model;
}

function isSame(one: Entity, other: Entity): boolean {
  return (
    one.start === other.start &&
    one.end === other.end &&
    foldPath(one.path) === foldPath(other.path)
  );
}
