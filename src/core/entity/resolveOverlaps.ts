import type { Range } from '../text/range';
import { isHuman, type Entity } from './entity';
import type { OverlapPolicy } from './overlap';
import { foldPath } from '../labels/names';

/**
 * The entities that may stand together, in text order: greedily by falling score, humans' before
 * suggestions, ties by text order. Spans that only touch do not overlap. `flat` allows no overlap;
 * `nested` containment of different spans; `multi-label` also one span with several types.
 * Humans' entities all stay, and rejected ones take no place.
 */
export function resolveOverlaps(entities: readonly Entity[], policy: OverlapPolicy): Entity[] {
  const ranked = entities.map((entity, order) => ({ entity, order }));
  ranked.sort(
    (a, b) =>
      Number(isHuman(b.entity)) - Number(isHuman(a.entity)) ||
      (b.entity.score ?? 1) - (a.entity.score ?? 1) ||
      inTextOrder(a.entity, b.entity) ||
      a.order - b.order,
  );
  const taken = new Taken();
  const kept: Entity[] = [];
  for (const { entity } of ranked) {
    const stays = isHuman(entity) || taken.allows(entity, policy);
    if (!stays) continue;
    kept.push(entity);
    if (entity.state !== 'rejected') taken.add(entity);
  }
  return kept.sort(inTextOrder);
}

/** Whether two entities may stand together under a policy. */
export function mayStandTogether(
  a: Range & Pick<Entity, 'path'>,
  b: Range & Pick<Entity, 'path'>,
  policy: OverlapPolicy,
): boolean {
  if (a.end <= b.start || b.end <= a.start) return true;
  if (policy === 'flat') return false;
  if (a.start === b.start && a.end === b.end) {
    return policy === 'multi-label' && foldPath(a.path) !== foldPath(b.path);
  }
  return (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
}

/** By start, of the same start the longer first: what contains comes before what it contains. */
export function inTextOrder(a: Range, b: Range): number {
  return a.start - b.start || b.end - a.end;
}

/** Taken entities in text order; only those near enough to reach a span are compared with it. */
class Taken {
  private readonly sorted: Entity[] = [];
  private longest = 0;

  allows(entity: Entity, policy: OverlapPolicy): boolean {
    let at = this.firstFrom(entity.start - this.longest);
    for (let other = this.sorted[at]; other !== undefined; other = this.sorted[++at]) {
      if (other.start >= entity.end) return true;
      if (!mayStandTogether(entity, other, policy)) return false;
    }
    return true;
  }

  add(entity: Entity): void {
    this.longest = Math.max(this.longest, entity.end - entity.start);
    this.sorted.splice(this.firstFrom(entity.start), 0, entity);
  }

  private firstFrom(offset: number): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
