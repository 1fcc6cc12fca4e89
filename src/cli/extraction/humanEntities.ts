import { isHuman, type Entity } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import { foldPath } from '../../core/labels/names';

/**
 * What an extraction leaves of a passage: everything a human decided on, and of the engine's
 * suggestions those that contradict none of it. A rejected span and type does not come back, and a
 * conflict goes to the human's span. Suggestions of an earlier run are replaced. In text order.
 */
export function keepHumanEntities(
  before: readonly Entity[],
  suggested: readonly Entity[],
  policy: OverlapPolicy,
): readonly Entity[] {
  const human = before.filter(isHuman);
  if (human.length === 0) return suggested;
  const kept = human.filter(({ state }) => state !== 'rejected');
  const added = suggested.filter(
    (entity) =>
      !human.some((own) => own.state === 'rejected' && isSame(own, entity)) &&
      !kept.some((own) => excludes(own, entity, policy)),
  );
  return [...human, ...added].sort((a, b) => a.start - b.start || b.end - a.end);
}

function excludes(human: Entity, entity: Entity, policy: OverlapPolicy): boolean {
  if (entity.end <= human.start || human.end <= entity.start) return false;
  if (policy === 'flat') return true;
  const equal = entity.start === human.start && entity.end === human.end;
  if (equal) return policy === 'nested' || isSame(human, entity);
  const inside = human.start <= entity.start && entity.end <= human.end;
  const around = entity.start <= human.start && human.end <= entity.end;
  return !inside && !around;
}

function isSame(a: Entity, b: Entity): boolean {
  return a.start === b.start && a.end === b.end && foldPath(a.path) === foldPath(b.path);
}
