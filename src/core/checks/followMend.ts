import type { Entity } from '../entity/entity';
import { inTextOrder } from '../entity/resolveOverlaps';
import { foldPath } from '../labels/names';

/**
 * The entities of a passage after its file was mended. What is known of them beyond the file, as who
 * decided on them, and those that the file does not say stay.
 * @param entities What the passage has.
 * @param before What the file said of it.
 * @param after What the mended file says of it.
 */
export function followMend(
  entities: readonly Entity[],
  before: readonly Entity[],
  after: readonly Entity[],
): Entity[] {
  const fresh = [...after];
  const gone = before.filter((entity) => {
    const at = fresh.findIndex((one) => isSame(one, entity));
    if (at >= 0) fresh.splice(at, 1);
    return at < 0;
  });
  const followers = gone.map((entity) => {
    const at = indexWhere(fresh, (one) => isPlacedAt(one, entity), entity);
    return { entity, to: at < 0 ? undefined : fresh.splice(at, 1)[0] };
  });
  const followed = entities.flatMap((entity) => {
    const at = followers.findIndex((follower) => isSame(follower.entity, entity));
    if (at < 0) return [entity];
    const [follower] = followers.splice(at, 1);
    if (follower?.to === undefined) return [];
    const { start, end, path } = follower.to;
    // What was known of the levels of the old type does not hold for the new one.
    const { candidates, levelScores, alternatives, ...rest } = entity;
    void [candidates, levelScores, alternatives];
    return [{ ...rest, start, end, path }];
  });
  return [...followed, ...fresh].sort(inTextOrder);
}

/** The index of the entity for which it holds, else of one that shares some of the place. */
function indexWhere(
  entities: readonly Entity[],
  holds: (entity: Entity) => boolean,
  { start, end }: Entity,
): number {
  const at = entities.findIndex(holds);
  return at >= 0 ? at : entities.findIndex((one) => one.start < end && start < one.end);
}

function isPlacedAt(one: Entity, other: Entity): boolean {
  return one.start === other.start && one.end === other.end;
}

function isSame(one: Entity, other: Entity): boolean {
  return isPlacedAt(one, other) && foldPath(one.path) === foldPath(other.path);
}
