import { findEmphasisMarkers } from './emphasis';
import type { Range } from './range';

/** A heading's or comment's number signs, before the words. */
const HEADING = /^\s*(#{1,6})(?=\s)/u;
/** A link's or picture's brackets, which enclose what is read of it. */
const LINK = /(!?\[)[^[\]\n]+\](?=\()/gu;

/**
 * What Markdown adds to the words of a sentence, in text order: the number signs of a heading, the
 * brackets of links, and the markers of {@link findEmphasisMarkers}. Offsets are UTF-16 units.
 */
export function findMarkup(sentence: string): Range[] {
  const markers = findEmphasisMarkers(sentence);
  const [whole, signs] = HEADING.exec(sentence) ?? [];
  if (whole !== undefined && signs !== undefined) {
    markers.push({ start: whole.length - signs.length, end: whole.length });
  }
  for (const { index, 0: link, 1: open = '' } of sentence.matchAll(LINK)) {
    const end = index + link.length;
    markers.push({ start: index, end: index + open.length }, { start: end - 1, end });
  }
  return markers.sort((a, b) => a.start - b.start);
}
