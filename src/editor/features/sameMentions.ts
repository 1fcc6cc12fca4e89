import type { Entity } from '../../core/entity/entity';

/**
 * Entities with the same surface as `entity`, itself included, in the order of `entities`.
 * Surfaces are compared character by character: "Polish" is not "polish".
 */
export function findMentions(
  text: string,
  entities: readonly Entity[],
  entity: Entity,
): readonly Entity[] {
  const surface = text.slice(entity.start, entity.end);
  return entities.filter(
    (other) => other.end - other.start === surface.length && text.startsWith(surface, other.start),
  );
}

/** Of the mentions of an entity, those that carry its type too. */
export function findSameMentions(
  text: string,
  entities: readonly Entity[],
  entity: Entity,
): readonly Entity[] {
  return findMentions(text, entities, entity).filter((other) => equalPaths(other, entity));
}

function equalPaths(one: Entity, other: Entity): boolean {
  return (
    one.path.length === other.path.length &&
    one.path.every((name, level) => name === other.path[level])
  );
}
