import type { Entity } from '../entity/entity';
import type { OverlapPolicy } from '../entity/overlap';
import { inTextOrder, mayStandTogether } from '../entity/resolveOverlaps';
import { foldPath } from '../labels/names';
import { phrase } from '../messages/phrase';
import type { Draft } from './finding';

/** Entities that may not stand together under the policy, each once; text order. */
export function* checkOverlaps(
  index: number,
  text: string,
  entities: readonly Entity[],
  policy: OverlapPolicy,
): Generator<Draft> {
  let open: Entity[] = [];
  for (const entity of [...entities].sort(inTextOrder)) {
    open = open.filter(({ end }) => end > entity.start);
    const other = open.find((one) => !mayStandTogether(one, entity, policy));
    open.push(entity);
    if (other === undefined) continue;
    const { start, end, id } = entity;
    const [mention, before] = [text.slice(start, end), text.slice(other.start, other.end)];
    const isSame = other.start === start && other.end === end;
    const removal = { index, entity: id, to: 'remove' } as const;
    const isTwice = isSame && foldPath(other.path) === foldPath(entity.path);
    yield {
      rule: isTwice ? 'repeated-entity' : 'overlap',
      span: { start, end },
      message: isTwice
        ? phrase`“${mention}” is listed twice with the same type`
        : isSame
          ? phrase`“${mention}” has two types at the same place`
          : phrase`“${mention}” overlaps “${before}”`,
      mend: isTwice
        ? phrase`Remove one of them.`
        : phrase`Keep one of them, or correct their edges.`,
      fixes: [{ title: phrase`Remove “${mention}” here`, changes: [removal], safe: isTwice }],
    };
  }
}
