import { isInsidePair, type Range } from './range';

/** The longest piece that `Intl.Segmenter` gets: its time grows faster than the length. */
export const PIECE_UNITS = 2000;

// A piece's last words may depend on what follows it, so they are found again by the next piece.
const SEAM_UNITS = 200;

// Every call costs as much as some fifty characters, so short runs go in together.
const BATCH_UNITS = 400;

let segmenter: Intl.Segmenter | undefined;

/**
 * The words of runs of Han, kana, Thai, Lao, Khmer or Myanmar, in order: UTF-16 offsets, end
 * exclusive. The runs are in order and hold no white space or punctuation, so that dictionary
 * words never cross their borders. A run longer than 2,000 units is segmented in pieces that
 * overlap by 200: the next piece begins at a word border that the one before found with at least
 * that much text behind it, which gives the words of the uncut run.
 */
export function splitUnspaced(text: string, runs: readonly Range[]): Range[] {
  const words: Range[] = [];
  let batch: Range[] = [];
  let units = 0;
  for (const run of runs) {
    const length = run.end - run.start;
    if (units + length > BATCH_UNITS && batch.length > 0) {
      splitBatch(text, batch, words);
      batch = [];
      units = 0;
    }
    if (length > BATCH_UNITS) {
      splitLongRun(text, run, words);
    } else {
      batch.push(run);
      units += length + 1;
    }
  }
  if (batch.length > 0) splitBatch(text, batch, words);
  return words;
}

function segment(text: string): Iterable<Intl.SegmentData> {
  // Rules and dictionaries of words do not depend on the locale, except for Finnish and Swedish.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return segmenter.segment(text);
}

/** Line feeds join the runs: no word crosses one, nor depends on what is beyond it (UAX 29). */
function splitBatch(text: string, runs: readonly Range[], words: Range[]): void {
  let joined = '';
  for (const run of runs) joined += text.slice(run.start, run.end) + '\n';
  let runIndex = 0;
  let shift = runs[0]?.start ?? 0;
  for (const { index, segment: word } of segment(joined)) {
    if (word === '\n') {
      runIndex++;
      shift = (runs[runIndex]?.start ?? 0) - index - 1;
    } else {
      words.push({ start: index + shift, end: index + word.length + shift });
    }
  }
}

function splitLongRun(text: string, { start, end }: Range, words: Range[]): void {
  let from = start;
  while (from < end) {
    let to = Math.min(from + PIECE_UNITS, end);
    if (isInsidePair(text, to)) to--;
    const trusted = to === end ? end : to - SEAM_UNITS;
    let next = from;
    for (const { index, segment: word } of segment(text.slice(from, to))) {
      const wordStart = from + index;
      const wordEnd = wordStart + word.length;
      // A single segment may fill the whole piece; then it has to be taken as it is.
      if (wordEnd > trusted && wordStart > from) break;
      words.push({ start: wordStart, end: wordEnd });
      next = wordEnd;
    }
    from = next;
  }
}
