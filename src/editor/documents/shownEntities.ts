import { isHuman, type Entity } from '../../core/entity/entity';

/** Whether an entity is shown: not rejected, and an engine's not below the threshold, in 0..1. */
export function isShownAbove(entity: Entity, threshold: number): boolean {
  if (isHuman(entity)) return entity.state !== 'rejected';
  return (entity.score ?? 1) >= threshold;
}
