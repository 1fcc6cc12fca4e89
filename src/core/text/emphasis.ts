import type { Range } from './range';

const MARKERS = /\*+|_+|~~|`+/gu;
const WORD = /[\p{L}\p{N}]/u;
const BLANK = /\s/u;

/**
 * The markers of Markdown's emphasis, strikethrough and code in a sentence (`*`, `__`, `~~`, a
 * backtick), in text order: pairs of equal runs, the first at a word's beginning, the second at a
 * word's end. Lone ones (`A*`, `5 * 3`, tokenised quotes) are text. Offsets are UTF-16 units.
 */
export function findEmphasisMarkers(sentence: string): Range[] {
  const open = new Map<string, Range>();
  const markers: Range[] = [];
  for (const { index: start, 0: run } of sentence.matchAll(MARKERS)) {
    const end = start + run.length;
    const before = sentence[start - 1] ?? ' ';
    const after = sentence[end] ?? ' ';
    const opener = open.get(run);
    if (opener !== undefined && opener.end < start && !BLANK.test(before) && !WORD.test(after)) {
      markers.push(opener, { start, end });
      open.delete(run);
    } else if (!BLANK.test(after) && !WORD.test(before)) {
      open.set(run, { start, end });
    }
  }
  return markers.sort((a, b) => a.start - b.start);
}
