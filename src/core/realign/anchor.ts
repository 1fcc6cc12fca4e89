import type { Entity } from '../entity/entity';
import type { Range } from '../text/range';

/** A text that can be read in parts; offsets are UTF-16 units. */
export interface TextView {
  readonly length: number;
  slice(start: number, end: number): string;
}

/** How a mention is found again in a text that changed: its words and what stood around them. */
export interface Anchor {
  readonly quote: string;
  readonly before: string;
  readonly after: string;
}

/** One entity that a human touched, as it is kept: with the words it is found again by. */
export interface HumanRecord {
  readonly entity: Entity;
  readonly anchor: Anchor;
}

const contextLength = 32;
/** Units of context that must agree for words that moved to be taken for the same mention. */
const enoughContext = 8;

export function anchorOf(text: TextView, { start, end }: Range): Anchor {
  return {
    quote: text.slice(start, end),
    before: text.slice(Math.max(0, start - contextLength), start),
    after: text.slice(end, Math.min(text.length, end + contextLength)),
  };
}

/**
 * Where the mention stands inside `[within.start, within.end)`: of all places with its words the one
 * whose surroundings agree most, and of equal ones the nearest to `near`. Undefined where its words
 * are missing, or where several places have them and nothing around tells them apart from others.
 * @param places Where the words begin inside `within`, if that is known.
 */
export function findAnchor(
  text: TextView,
  anchor: Anchor,
  within: Range,
  near: number,
  places: Iterable<number> = placesOf(text, anchor.quote, within),
): Range | undefined {
  if (anchor.quote === '') return undefined;
  let best: { start: number; agreed: number } | undefined;
  for (const start of places) {
    const agreed = agreement(text, anchor, start);
    const nearer = best !== undefined && Math.abs(start - near) < Math.abs(best.start - near);
    if (best === undefined || agreed > best.agreed || (agreed === best.agreed && nearer)) {
      best = { start, agreed };
    }
  }
  const known = anchor.before.length + anchor.after.length;
  if (best === undefined || best.agreed < Math.min(enoughContext, known)) return undefined;
  return { start: best.start, end: best.start + anchor.quote.length };
}

function* placesOf(text: TextView, quote: string, { start, end }: Range): Generator<number, void> {
  const window = text.slice(start, end);
  for (let at = window.indexOf(quote); at >= 0; at = window.indexOf(quote, at + 1))
    yield start + at;
}

/** Units of context, before and after, that agree without a gap. */
function agreement(text: TextView, { quote, before, after }: Anchor, start: number): number {
  const end = start + quote.length;
  const left = text.slice(Math.max(0, start - before.length), start);
  const right = text.slice(end, Math.min(text.length, end + after.length));
  let agreed = 0;
  while (agreed < left.length && left.at(-1 - agreed) === before.at(-1 - agreed)) agreed++;
  let follows = 0;
  while (follows < right.length && right[follows] === after[follows]) follows++;
  return agreed + follows;
}

/** A string as a text that can be read in parts. */
export function viewOfString(text: string): TextView {
  return { length: text.length, slice: (start, end) => text.slice(start, end) };
}
