import type { Range } from '../text/range';
import { Occurrences } from './occurrences';

/** How a mention found its place: by the order of the list, anywhere, by likeness, inside another. */
export type AlignmentRule = 'in-order' | 'out-of-order' | 'fuzzy' | 'overlapping';

/** Where a mention stands (UTF-16 units, end exclusive), or that it does not occur. */
export type Alignment =
  | (Range & {
      readonly rule: AlignmentRule;
      /** Places of the same words that no mention took; 0 means the place is certain. */
      readonly others: number;
    })
  | { readonly rule: 'missing' };

/** A mention that a file lists; two of the same words and type never share a place. */
export interface ListedMention {
  readonly mention: string;
  readonly type: string;
  /** Its place, where the file says it. */
  readonly span?: Range;
}

/**
 * Finds the places of mentions that a file lists without offsets, by the rules of DynamicNER's
 * readers: in the order of the list, each at its next occurrence at or after the end of the one
 * before, else at its first free occurrence anywhere; occurrences between word boundaries before
 * others; without regard to case and blanks after that. A mention with nothing free left may stand
 * inside or around another. Places that the file says are taken first.
 */
export function alignMentions(text: string, mentions: readonly ListedMention[]): Alignment[] {
  const occurrences = new Occurrences(text);
  const taken = new Taken();
  for (const { span, type } of mentions) if (span !== undefined) taken.add(span, type);
  let after = 0;
  const found = mentions.map(({ mention, type, span }) => {
    const place = span ?? findPlace(occurrences, taken, mention, type, after);
    if (place === undefined) return undefined;
    if (span === undefined) taken.add(place, type);
    const isInOrder = place.start >= after;
    after = place.end;
    const order: AlignmentRule = isInOrder ? 'in-order' : 'out-of-order';
    return { rule: order, ...place };
  });
  return found.map((place, index): Alignment => {
    if (place === undefined) return { rule: 'missing' };
    const { mention = '', span } = mentions[index] ?? {};
    const others =
      span === undefined ? occurrences.exact(mention).filter((other) => taken.isFree(other)) : [];
    const bounded = others.filter((other) => occurrences.isBounded(other));
    const counts = occurrences.isBounded(place) ? bounded : others;
    return { ...place, others: counts.length };
  });
}

function findPlace(
  occurrences: Occurrences,
  taken: Taken,
  mention: string,
  type: string,
  after: number,
): (Range & { readonly rule?: AlignmentRule }) | undefined {
  const exact = occurrences.exact(mention);
  const free = exact.filter((place) => taken.isFree(place));
  const found = pick(occurrences, free, after);
  if (found !== undefined) return found;
  const overlapping = exact.filter((place) => !taken.has(place, type));
  const fuzzy = occurrences.fuzzy(mention).filter((place) => taken.isFree(place));
  const like = pick(occurrences, fuzzy, after);
  if (like !== undefined) return { ...like, rule: 'fuzzy' };
  const inside = pick(occurrences, overlapping, after);
  return inside === undefined ? undefined : { ...inside, rule: 'overlapping' };
}

function pick(occurrences: Occurrences, places: readonly Range[], after: number) {
  const bounded = places.filter((place) => occurrences.isBounded(place));
  for (const candidates of [bounded, places]) {
    const found = candidates.find(({ start }) => start >= after) ?? candidates[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The places that mentions took. */
class Taken {
  private readonly ranges: Range[] = [];
  private readonly types = new Set<string>();

  add(range: Range, type: string): void {
    this.ranges.push(range);
    this.types.add(keyOf(range, type));
  }

  isFree({ start, end }: Range): boolean {
    return this.ranges.every((range) => end <= range.start || range.end <= start);
  }

  has(range: Range, type: string): boolean {
    return this.types.has(keyOf(range, type));
  }
}

function keyOf({ start, end }: Range, type: string): string {
  return `${start} ${end} ${type}`;
}
