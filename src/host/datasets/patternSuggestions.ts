import { Gazetteer } from '../../core/dataset/gazetteer';
import type { PassageId } from '../../core/dataset/passage';
import { reviewOf } from '../../core/dataset/review';
import type { Entity } from '../../core/entity/entity';
import { resolveOverlaps } from '../../core/entity/resolveOverlaps';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { LabelSpec } from '../../core/labels/labelSpec';
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

/**
 * What patterns suggest for passages that nobody has decided on, with the suggestions of others that
 * they leave room for; passages in which they find nothing new are left out.
 */
export async function suggestPatterns(
  store: DatasetStore,
  engine: PatternsEngine,
  ids: readonly PassageId[],
  labels: LabelSpec,
  overlap: OverlapPolicy,
): Promise<{ id: PassageId; entities: readonly Entity[] }[]> {
  const typeOf = typeReader(labels);
  return (await store.passages(ids)).flatMap(({ id, passage, record, isEdited }) => {
    const isBad = record?.kind === 'bad' && !isEdited;
    if (isBad || reviewOf(passage).status !== 'open') return [];
    const found = engine.entitiesIn(passage.text, typeOf);
    if (found.length === 0) return [];
    const others = passage.entities.filter(
      ({ state, source }) => state === 'suggested' && source?.engine !== engine.name,
    );
    return [{ id, entities: resolveOverlaps([...found, ...others], overlap) }];
  });
}
