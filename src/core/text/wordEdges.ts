import type { Range } from './range';

/** What an edge of a span moves by: words of the language, or characters as readers count them. */
export type EdgeUnit = 'word' | 'character';

let wordSegmenter: Intl.Segmenter | undefined;
let characterSegmenter: Intl.Segmenter | undefined;

/**
 * The words of a text for people to point at, in order (UTF-16 offsets, end exclusive): as Unicode's
 * rules and the dictionaries of Chinese, Japanese and Thai divide it, combining marks with their
 * letters; signs and emoji are words of their own, white space is none.
 */
export function wordsToPointAt(text: string): Range[] {
  wordSegmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  const words: Range[] = [];
  for (const { segment, index } of wordSegmenter.segment(text)) {
    if (segment.trim() !== '') words.push({ start: index, end: index + segment.length });
  }
  return words;
}

/**
 * The range without white space at its edges, grown to the words that it cuts; null where it holds
 * nothing but white space.
 */
export function snapToWords(text: string, range: Range): Range | null {
  const touched = wordsToPointAt(text).filter(
    ({ start, end }) => start < range.end && end > range.start,
  );
  const [first] = touched;
  const last = touched.at(-1);
  return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
}

/**
 * The range with one edge moved outward (`grow`) or inward by a unit. It never becomes empty and
 * never leaves the text: where it would, it stays as it is.
 */
export function moveEdge(
  text: string,
  range: Range,
  edge: 'start' | 'end',
  direction: 'grow' | 'shrink',
  unit: EdgeUnit,
): Range {
  const forward = (edge === 'end') === (direction === 'grow');
  const stops = stopsOf(text, edge, unit);
  const from = range[edge];
  const to = forward ? stops.find((stop) => stop > from) : stops.findLast((stop) => stop < from);
  if (to === undefined) return range;
  const moved = { ...range, [edge]: to };
  return moved.start < moved.end ? moved : range;
}

/** The word after (or before) a place, for a cursor that goes from word to word; null at the end. */
export function neighbourWord(text: string, from: Range | null, forward: boolean): Range | null {
  const words = wordsToPointAt(text);
  if (from === null) return (forward ? words[0] : words.at(-1)) ?? null;
  return (
    (forward
      ? words.find(({ start }) => start >= from.end)
      : words.findLast(({ end }) => end <= from.start)) ?? null
  );
}

/** Places where the edge may stand, in order. */
function stopsOf(text: string, edge: 'start' | 'end', unit: EdgeUnit): number[] {
  if (unit === 'word') return wordsToPointAt(text).map((word) => word[edge]);
  characterSegmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const stops = Array.from(characterSegmenter.segment(text), ({ index }) => index);
  return [...stops, text.length];
}
