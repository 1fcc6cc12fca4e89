import { findEmphasisMarkers } from './emphasis';
import type { Range } from './range';

/** A heading's number signs, with the blanks before its words. */
const HEADING = /^#{1,6}\s+/u;
/** A link's or picture's brackets, which enclose what is read of it. */
const LINK = /(!?\[)[^[\]\n]+\](?=\()/gu;

/** UTF-16 units of a heading's signs at the beginning of a text; they are of no mention. */
export function headingSigns(text: string): number {
  return HEADING.exec(text)?.[0].length ?? 0;
}

/**
 * What Markdown puts around words of a sentence, in text order: the brackets of links, and the
 * markers of {@link findEmphasisMarkers}. Offsets are UTF-16 units. The signs of headings are not
 * among them: engines read titles better when they see them.
 */
export function findMarkup(sentence: string): Range[] {
  const markers = findEmphasisMarkers(sentence);
  for (const { index, 0: link, 1: open = '' } of sentence.matchAll(LINK)) {
    const end = index + link.length;
    markers.push({ start: index, end: index + open.length }, { start: end - 1, end });
  }
  return markers.sort((a, b) => a.start - b.start);
}
