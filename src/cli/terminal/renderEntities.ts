import type { Entity } from '../../core/entity/entity';
import type { Style } from './colours';
import { showControls } from './width';
import { wrapRuns, type Run } from './wrap';

export interface RenderOptions {
  readonly style: Style;
  /** Width of the terminal. */
  readonly columns: number;
  /** The name shown after an entity. */
  readonly labelOf: (entity: Entity) => string;
  /** Place of an entity's top-level type in the label list, from 0; it chooses the colour. */
  readonly placeOf: (entity: Entity) => number;
}

/**
 * The text with its entities marked, wrapped to the width: in colour and underlined, or in brackets
 * where there is no colour, each followed by `‹label›`. Entities may be nested or overlap; a
 * character takes the style of the innermost. Offsets of entities are UTF-16 units of `text`.
 */
export function renderEntities(
  text: string,
  entities: readonly Entity[],
  options: RenderOptions,
): string {
  return wrapRuns([...splitRuns(text, entities, options)], options.columns);
}

function* splitRuns(
  text: string,
  entities: readonly Entity[],
  { style, labelOf, placeOf }: RenderOptions,
): Generator<Run> {
  const starts = [...entities].sort((a, b) => a.start - b.start || b.end - a.end);
  const borders = new Set([0, text.length]);
  for (const { start, end } of entities) borders.add(start).add(end);
  const places = [...borders].sort((a, b) => a - b);
  const plain: Run['paint'] = (part) => part;
  const open: { readonly entity: Entity; readonly paint: Run['paint'] }[] = [];
  let next = 0;
  for (const [at, place] of places.entries()) {
    const closing = open.filter(({ entity }) => entity.end === place).reverse();
    for (const ended of closing) {
      open.splice(open.indexOf(ended), 1);
      const { entity } = ended;
      const label = `${style.coloured ? '' : ']'}‹${showControls(labelOf(entity))}›`;
      const paint = (part: string) => style.label(part, placeOf(entity));
      yield { text: label, paint, glued: true };
    }
    for (; starts[next]?.start === place; next++) {
      const entity = starts[next] as Entity;
      if (!style.coloured) yield { text: '[', paint: plain };
      open.push({ entity, paint: (part) => style.entity(part, placeOf(entity)) });
    }
    const end = places[at + 1];
    if (end === undefined) break;
    const innermost = open.reduce<(typeof open)[number] | undefined>(
      (best, each) =>
        best === undefined || lengthOf(each.entity) <= lengthOf(best.entity) ? each : best,
      undefined,
    );
    yield { text: showControls(text.slice(place, end)), paint: innermost?.paint ?? plain };
  }
}

function lengthOf({ start, end }: Entity): number {
  return end - start;
}
