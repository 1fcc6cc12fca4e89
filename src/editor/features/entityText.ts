import type { Range } from '../../core/text/range';
import type { Entity } from '../../core/entity/entity';

/** Surface of a span of `text` on one line, shortened in its middle to at most `limit` characters. */
export function mentionText(text: string, span: Range, limit = 60): string {
  const pieceLength = limit * 4;
  const whole =
    span.end - span.start <= 2 * pieceLength
      ? text.slice(span.start, span.end)
      : `${text.slice(span.start, span.start + pieceLength)} ${text.slice(span.end - pieceLength, span.end)}`;
  const characters = [...whole.replace(/\s+/gu, ' ').trim()];
  if (characters.length <= limit) return characters.join('');
  const half = Math.floor((limit - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

/** What finds entities around an offset; a document's session does. */
export interface EntityLookup {
  entitiesIn(start: number, end: number): readonly Entity[];
}

/**
 * Entities at a cursor (UTF-16 offset), outermost first: those that hold the character after it,
 * or, where there is none, those that end there.
 */
export function entitiesAt(lookup: EntityLookup, offset: number): readonly Entity[] {
  const near = lookup
    .entitiesIn(Math.max(0, offset - 1), offset + 1)
    .filter((entity) => entity.start <= offset && offset <= entity.end);
  const holding = near.filter((entity) => offset < entity.end);
  return holding.length > 0 ? holding : near;
}
