import type { Entity, TypePath } from '../../../src/core/entity/entity';

/** A suggestion at the `nth` (from 0) occurrence of `surface` in `text`. */
export function suggest(
  text: string,
  surface: string,
  path: TypePath,
  more: Partial<Entity> = {},
  nth = 0,
): Entity {
  let start = -1;
  for (let i = 0; i <= nth; i += 1) start = text.indexOf(surface, start + 1);
  if (start < 0) throw new Error(`"${surface}" is not in the text ${nth + 1} times.`);
  return {
    id: `${surface}-${nth}-${path.join('/')}`,
    start,
    end: start + surface.length,
    path,
    state: 'suggested',
    score: 0.9,
    ...more,
  };
}
