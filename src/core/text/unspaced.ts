import { isInsidePair, type Range } from './range';

/** The longest piece that `Intl.Segmenter` gets: its time grows faster than the length. */
export const PIECE_UNITS = 2000;

// A piece's last words may depend on what follows it, so they are found again by the next piece.
const SEAM_UNITS = 200;

let segmenter: Intl.Segmenter | undefined;

/**
 * Appends the words of a run of Han, kana, Thai, Lao, Khmer or Myanmar to `words`. The run lies
 * between `start` and `end` (UTF-16, end exclusive) and holds no white space or punctuation, so
 * that dictionary words never cross its borders. A run longer than 2,000 units is segmented in
 * pieces that overlap by 200: the next piece begins at a word border that the one before found
 * with at least that much text behind it, which gives the words of the uncut run.
 */
export function splitUnspaced(text: string, start: number, end: number, words: Range[]): void {
  if (end - start === 1) {
    words.push({ start, end });
    return;
  }
  // Rules and dictionaries of words do not depend on the locale, except for Finnish and Swedish.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  let from = start;
  while (from < end) {
    let to = Math.min(from + PIECE_UNITS, end);
    if (isInsidePair(text, to)) to--;
    const trusted = to === end ? end : to - SEAM_UNITS;
    let next = from;
    for (const { index, segment } of segmenter.segment(text.slice(from, to))) {
      const wordStart = from + index;
      const wordEnd = wordStart + segment.length;
      // A single segment may fill the whole piece; then it has to be taken as it is.
      if (wordEnd > trusted && wordStart > from) break;
      words.push({ start: wordStart, end: wordEnd });
      next = wordEnd;
    }
    from = next;
  }
}
