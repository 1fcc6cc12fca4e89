import { foldPath } from '../labels/names';
import { isHuman, type Entity } from './entity';
import type { OverlapPolicy } from './overlap';
import { inTextOrder, mayStandTogether } from './resolveOverlaps';

/**
 * What a new extraction leaves of a text's entities, in text order: everything humans decided on,
 * and of the fresh suggestions those that contradict none of it. Earlier suggestions go; a rejected
 * span with its type (or one above or below it) does not come back; a conflict goes to the human's.
 */
export function mergeSuggestions(
  before: readonly Entity[],
  fresh: readonly Entity[],
  policy: OverlapPolicy,
): Entity[] {
  const human = before.filter(isHuman).sort(inTextOrder);
  const longest = human.reduce((length, { start, end }) => Math.max(length, end - start), 0);
  const suggestions = [...fresh].sort(inTextOrder);
  let from = 0;
  const added = suggestions.filter((entity) => {
    while ((human[from]?.start ?? Infinity) < entity.start - longest) from++;
    for (let at = from; ; at++) {
      const other = human[at];
      if (other === undefined || other.start >= entity.end) return true;
      if (isBarred(entity, other, policy)) return false;
    }
  });
  return [...human, ...added].sort(inTextOrder);
}

function isBarred(entity: Entity, human: Entity, policy: OverlapPolicy): boolean {
  const sameSpan = entity.start === human.start && entity.end === human.end;
  if (human.state === 'rejected') return sameSpan && isSameBranch(entity, human);
  // One span, known to another depth, is the same entity.
  if (sameSpan && isSameBranch(entity, human)) return true;
  return !mayStandTogether(entity, human, policy);
}

function isSameBranch(a: Entity, b: Entity): boolean {
  const depth = Math.min(a.path.length, b.path.length);
  return foldPath(a.path.slice(0, depth)) === foldPath(b.path.slice(0, depth));
}
