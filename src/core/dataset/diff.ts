import type { Entity } from '../entity/entity';
import { foldPath } from '../labels/names';

/** The entities of two sides at one place of the same text; at least one is there. */
export interface EntityDifference {
  readonly left?: Entity;
  readonly right?: Entity;
}

/**
 * Where two sides say different things about one text, in text order. Entities of the same span and
 * type are no difference; of the others those of the same span are set side by side, then those that
 * overlap, each once, by the order in which they stand. Rejected entities say nothing.
 */
export function diffEntities(
  left: readonly Entity[],
  right: readonly Entity[],
): EntityDifference[] {
  const others = right.filter(isSaid);
  const take = (fits: (other: Entity) => boolean): Entity | undefined => {
    const at = others.findIndex(fits);
    return at < 0 ? undefined : others.splice(at, 1)[0];
  };
  const different = left
    .filter(isSaid)
    .filter(
      (one) => take((other) => isSameSpan(one, other) && isSameType(one, other)) === undefined,
    );
  const pairs = new Map<Entity, Entity>();
  for (const fits of [isSameSpan, overlaps]) {
    for (const one of different) {
      if (pairs.has(one)) continue;
      const other = take((candidate) => fits(one, candidate));
      if (other !== undefined) pairs.set(one, other);
    }
  }
  const rows: EntityDifference[] = different.map((one) => {
    const other = pairs.get(one);
    return other === undefined ? { left: one } : { left: one, right: other };
  });
  for (const other of others) rows.push({ right: other });
  return rows.sort((a, b) => startOf(a) - startOf(b));
}

/**
 * The entities of a text with one side of a difference in place of what either side said there; both
 * stay where both are taken. Entities that come anew get an id that none has.
 */
export function takeSide(
  entities: readonly Entity[],
  { left, right }: EntityDifference,
  take: 'left' | 'right' | 'both',
): Entity[] {
  const said = [left, right].filter((one) => one !== undefined);
  const rest = entities.filter((one) => !said.some((other) => isSame(one, other)));
  const wanted = said.filter((one) => take === 'both' || one === (take === 'left' ? left : right));
  const ids = new Set(rest.map(({ id }) => id));
  for (const entity of wanted) {
    let id = entity.id;
    for (let number = 2; ids.has(id); number++) id = `${entity.id}-${number}`;
    ids.add(id);
    rest.push({ ...entity, id });
  }
  return rest.sort((a, b) => a.start - b.start || b.end - a.end);
}

function isSaid({ state }: Entity): boolean {
  return state !== 'rejected';
}

function isSameSpan(one: Entity, other: Entity): boolean {
  return one.start === other.start && one.end === other.end;
}

function overlaps(one: Entity, other: Entity): boolean {
  return one.start < other.end && other.start < one.end;
}

function isSameType(one: Entity, other: Entity): boolean {
  return foldPath(one.path) === foldPath(other.path);
}

function isSame(one: Entity, other: Entity): boolean {
  return isSameSpan(one, other) && isSameType(one, other) && one.annotator === other.annotator;
}

function startOf({ left, right }: EntityDifference): number {
  return left?.start ?? right?.start ?? 0;
}
