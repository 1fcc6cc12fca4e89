import { contentId } from '../labels/contentId';
import type { Entity, TypePath } from './entity';

/**
 * The id of an entity that nothing else names: the same whenever the same mention gets the same type
 * for the same time in a text.
 * @param occurrence How many entities of this mention and path come before it in the text.
 */
export function entityId(mention: string, path: TypePath, occurrence: number): string {
  return contentId([mention, ...path, String(occurrence)].join('\n'));
}

/**
 * Gives ids to the entities of a text that have none; two entities never share one. Offsets are
 * UTF-16 units of `text`.
 */
export function assignIds(
  text: string,
  entities: readonly (Omit<Entity, 'id'> & { readonly id?: string })[],
): Entity[] {
  const used = new Set(entities.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const given = new Set<string>();
  const occurrences = new Map<string, number>();
  return entities.map((entity) => {
    if (entity.id !== undefined && !given.has(entity.id)) {
      given.add(entity.id);
      return { ...entity, id: entity.id };
    }
    const mention = text.slice(entity.start, entity.end);
    const key = [mention, ...entity.path].join('\n');
    let occurrence = occurrences.get(key) ?? 0;
    let id = entityId(mention, entity.path, occurrence++);
    while (used.has(id)) id = entityId(mention, entity.path, occurrence++);
    occurrences.set(key, occurrence);
    used.add(id);
    return { ...entity, id };
  });
}
