import { withoutKeys } from '../withoutKeys';
import type { Entity, TypePath } from '../entity/entity';
import { assignIds } from '../entity/entityId';
import { inTextOrder } from '../entity/resolveOverlaps';
import { Occurrences } from '../formats/occurrences';
import type { PassageData } from '../formats/format';
import { foldPath } from '../labels/names';
import { LabelMap, type MapEntry } from '../mapping/labelMap';
import type { BulkChange } from './edits';
import { decideEntity, retypeEntity, withAuthor } from './entityChange';
import type { Authorship } from './passage';
import { isWithin } from './queryMatch';
import { changeReview } from './reviewChange';

/** The passage after a change of many; the passage itself where it changes nothing. */
export function applyBulk<T extends PassageData>(
  passage: T,
  change: BulkChange,
  by: Authorship,
): T {
  switch (change.kind) {
    case 'retype':
      return mapEntities(passage, (entity) =>
        // That it is none of the old type says nothing of the new one.
        entity.state !== 'rejected' && isWithin(entity.path, change.from)
          ? retypeEntity(entity, change.to, by)
          : entity,
      );
    case 'rename':
      return mapEntities(passage, (entity) => renameType(entity, change.from, change.to));
    case 'map': {
      const entities = mapOf(change.entries).mapEntities(passage.entities);
      const isSame = JSON.stringify(entities) === JSON.stringify(passage.entities);
      return isSame ? passage : { ...passage, entities };
    }
    case 'removeType':
      return mapEntities(passage, (entity) =>
        isWithin(entity.path, change.path) ? undefined : entity,
      );
    case 'decide':
      return mapEntities(passage, (entity) => {
        const { least, path, state } = change;
        const applies =
          entity.state === 'suggested' &&
          (least === undefined || (entity.score ?? -1) >= least) &&
          (path === undefined || isWithin(entity.path, path));
        return applies ? decideEntity(entity, state, by) : entity;
      });
    case 'mark':
      return markMention(passage, change.mention, change.path, change.ignoreCase === true, by);
    case 'decideMention':
      return mapEntities(passage, (entity) => {
        if (passage.text.slice(entity.start, entity.end) !== change.mention) return entity;
        return change.path === null
          ? decideEntity(entity, 'rejected', by)
          : retypeEntity(entity, change.path, by);
      });
    case 'review':
      return changeReview(passage, change.change, by);
  }
}

const maps = new WeakMap<readonly MapEntry[], LabelMap>();

/** The map of entries, made once for all passages. */
function mapOf(entries: readonly MapEntry[]): LabelMap {
  const map = maps.get(entries) ?? new LabelMap(entries);
  maps.set(entries, map);
  return map;
}

/** How many entities came, went, or changed between two states of a passage. */
export function countChangedEntities(before: PassageData, after: PassageData): number {
  if (before === after) return 0;
  const old = new Map(before.entities.map((entity) => [entity.id, entity]));
  let changed = 0;
  for (const entity of after.entities) {
    if (old.get(entity.id) !== entity) changed++;
    old.delete(entity.id);
  }
  return changed + old.size;
}

function mapEntities<T extends PassageData>(
  passage: T,
  change: (entity: Entity) => Entity | undefined,
): T {
  const entities = passage.entities.flatMap((entity) => change(entity) ?? []);
  const isSame =
    entities.length === passage.entities.length &&
    entities.every((entity, index) => entity === passage.entities[index]);
  return isSame ? passage : { ...passage, entities };
}

/** A renamed type is no decision about the entity: state, score and source stay. */
function renameType(entity: Entity, from: TypePath, to: TypePath): Entity {
  if (!isWithin(entity.path, from)) return entity;
  const path = [...to, ...entity.path.slice(from.length)];
  if (path.join('\n') === entity.path.join('\n')) return entity;
  const keepsScores = entity.levelScores?.length === path.length;
  const gone = keepsScores ? (['candidates'] as const) : (['candidates', 'levelScores'] as const);
  return { ...withoutKeys(entity, ...gone), path };
}

/** Marks the mention where no entity stands that was not rejected; a rejection of this type holds. */
function markMention<T extends PassageData>(
  passage: T,
  mention: string,
  path: TypePath,
  ignoreCase: boolean,
  by: Authorship,
): T {
  const occurrences = new Occurrences(passage.text);
  const places = ignoreCase ? occurrences.fuzzy(mention) : occurrences.exact(mention);
  const marked: Omit<Entity, 'id'>[] = [];
  let last = 0;
  for (const { start, end } of places) {
    if (start < last || !occurrences.isBounded({ start, end })) continue;
    const isTaken = passage.entities.some(
      (entity) =>
        entity.start < end &&
        start < entity.end &&
        (entity.state !== 'rejected' || foldPath(entity.path) === foldPath(path)),
    );
    if (isTaken) continue;
    marked.push(withAuthor({ start, end, path, state: 'added' as const }, by));
    last = end;
  }
  if (marked.length === 0) return passage;
  const { text, entities } = passage;
  const added = assignIds(text, [...entities, ...marked]).slice(entities.length);
  return { ...passage, entities: [...entities, ...added].sort(inTextOrder) };
}
