import { contentId } from '../labels/contentId';
import type { Entity } from '../entity/entity';

/** What two sides that may differ say of one annotation; equal digests say the same. */
export interface Version {
  readonly digest: string;
  /** When a human last touched it, ISO 8601. */
  readonly time?: string;
}

export interface Merge {
  /** Ids of annotations that their side says otherwise, or alone, and is right about. */
  readonly take: ReadonlySet<string>;
  /** Ids of annotations that their side removed. */
  readonly remove: ReadonlySet<string>;
  /** How many both sides changed in different ways; what was touched later stands, a change before a removal. */
  readonly conflicts: number;
}

/**
 * Merges two sets of annotations by id. An annotation that one side left as it was in the base is what
 * the other side says.
 * @param base Digests of what both sides began with.
 */
export function mergeAnnotations(
  base: ReadonlyMap<string, string>,
  ours: ReadonlyMap<string, Version>,
  theirs: ReadonlyMap<string, Version>,
): Merge {
  const take = new Set<string>();
  const remove = new Set<string>();
  let conflicts = 0;
  for (const id of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    const [before, our, their] = [base.get(id), ours.get(id), theirs.get(id)];
    if (our?.digest === their?.digest || their?.digest === before) continue;
    const isConflict = our?.digest !== before;
    if (isConflict) conflicts++;
    if (their === undefined) {
      if (!isConflict) remove.add(id);
    } else if (!isConflict || our === undefined || (their.time ?? '') > (our.time ?? '')) {
      take.add(id);
    }
  }
  return { take, remove, conflicts };
}

/** What an annotation says, wherever it stands, as a short text; its words belong to it. */
export function digestOf(entity: Entity, quote: string): string {
  const { path, state, annotator, time, flag, comment, score, source, extra } = entity;
  const said = [path, state, annotator, time, flag, comment, score, source, extra, quote];
  return contentId(JSON.stringify(said));
}
