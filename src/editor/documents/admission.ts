import { isHuman, type Entity, type TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';

/**
 * The suggestions among `found` that may stand beside what humans did: a rejected span and type does
 * not come back, and where a suggestion conflicts with a human's entity, the human's stays alone.
 * @param human Entities that humans touched, of the same text and with the same offsets.
 */
export function admitSuggestions(
  found: readonly Entity[],
  human: readonly Entity[],
  overlap: OverlapPolicy,
): readonly Entity[] {
  const decided = human.filter(isHuman);
  if (decided.length === 0) return found;
  return found.filter((entity) => !decided.some((other) => isBarred(entity, other, overlap)));
}

function isBarred(entity: Entity, human: Entity, overlap: OverlapPolicy): boolean {
  const sameSpan = entity.start === human.start && entity.end === human.end;
  if (human.state === 'rejected') return sameSpan && isSameBranch(entity.path, human.path);
  if (entity.end <= human.start || human.end <= entity.start) return false;
  if (overlap === 'flat') return true;
  if (sameSpan) {
    const mayJoin = overlap === 'multi-label' && human.state !== 'corrected';
    return !mayJoin || isSameBranch(entity.path, human.path);
  }
  const contains = entity.start <= human.start && human.end <= entity.end;
  const contained = human.start <= entity.start && entity.end <= human.end;
  return !contains && !contained;
}

/** Whether one path is the other or leads to it: the same type, known to another depth. */
export function isSameBranch(a: TypePath, b: TypePath): boolean {
  const shared = Math.min(a.length, b.length);
  return a.slice(0, shared).every((name, level) => name === b[level]);
}

export function isSamePath(a: TypePath, b: TypePath): boolean {
  return a.length === b.length && isSameBranch(a, b);
}
