import type { Entity } from '../../core/entity/entity';

/** Entities that are looked at before others get their turn: about a millisecond's work. */
const sliceLength = 2000;

/**
 * Entities whose surface, or a name on whose path, contains `filter` in any case; all of them when
 * it is blank. `pause` is awaited between slices, so that 50,000 entities do not hold up the host.
 */
export async function filterEntities(
  text: string,
  entities: readonly Entity[],
  filter: string,
  pause: () => Promise<void>,
): Promise<readonly Entity[]> {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return entities;
  const found: Entity[] = [];
  for (let first = 0; first < entities.length; first += sliceLength) {
    if (first > 0) await pause();
    for (const entity of entities.slice(first, first + sliceLength)) {
      if (matches(text, entity, wanted)) found.push(entity);
    }
  }
  return found;
}

function matches(text: string, entity: Entity, wanted: string): boolean {
  return (
    text.slice(entity.start, entity.end).toLowerCase().includes(wanted) ||
    entity.path.some((name) => name.toLowerCase().includes(wanted))
  );
}
