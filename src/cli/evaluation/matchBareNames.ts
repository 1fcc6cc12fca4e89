import type { Entity } from '../../core/entity/entity';
import { foldName } from '../../core/labels/names';

/**
 * The entities, with a bare type name that stands at several places of the taxonomy replaced by the
 * path of that name which the other side has for the same span. So a gold file of bare names judges
 * what it says, and not which of the places it leaves open.
 */
export function matchBareNames(
  entities: readonly Entity[],
  others: readonly Entity[],
): readonly Entity[] {
  if (entities.every(({ path }) => path.length > 1)) return entities;
  return entities.map((entity) => {
    const [name = ''] = entity.path;
    if (entity.path.length > 1) return entity;
    const same = others.find(
      ({ start, end, path }) =>
        start === entity.start &&
        end === entity.end &&
        path.length > 1 &&
        foldName(path.at(-1) ?? '') === foldName(name),
    );
    return same === undefined ? entity : { ...entity, path: same.path };
  });
}
