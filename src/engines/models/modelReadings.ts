import type { Range } from '../../core/text/range';
import { splitSentences } from '../../core/text/sentences';
import { cutWindows, windowOfSpan, type WordSpan } from '../../core/text/windows';
import type { Passage } from '../engine';

/** Words that a model of others reads at once: a passage, some sentences of it, or a window of one. */
export interface Reading {
  /** Index of the passage among those read together. */
  readonly passage: number;
  /** The words (UTF-16 offsets in the passage), and the ids of each, at least one. */
  readonly words: readonly Range[];
  readonly ids: readonly (readonly number[])[];
  readonly pieces: number;
  /** Whether a span of words is this reading's to find; one in an overlap may be a neighbour's. */
  readonly owns: (first: number, last: number) => boolean;
}

export interface ReadingLimits {
  /** Words of a reading at most. */
  readonly words: number;
  /** Ids of a reading at most. */
  readonly pieces: number;
}

/**
 * The readings of a passage, in text order. A passage that fits is read as a whole, since models of
 * others were trained on whole paragraphs; else as many whole sentences as fit are read together; a
 * sentence that does not fit is read in overlapping windows. Nothing is left out but words of which the
 * tokenizer makes nothing.
 */
export function readPassage(
  passage: Passage,
  index: number,
  wordsOf: (text: string) => Range[],
  idsOf: (word: string) => readonly number[],
  limits: ReadingLimits,
): Reading[] {
  const words: Range[] = [];
  const ids: (readonly number[])[] = [];
  for (const word of wordsOf(passage.text)) {
    const own = idsOf(passage.text.slice(word.start, word.end)).slice(0, limits.pieces);
    if (own.length === 0) continue;
    words.push(word);
    ids.push(own);
  }
  // Shares of the limits, so that one sum keeps to both.
  const costs = ids.map((own) => Math.max(own.length / limits.pieces, 1 / limits.words));
  const reading = ({ first, last }: WordSpan, owns: Reading['owns']): Reading => {
    const own = ids.slice(first, last + 1);
    const pieces = own.reduce((sum, { length }) => sum + length, 0);
    return { passage: index, words: words.slice(first, last + 1), ids: own, pieces, owns };
  };
  return spansToRead(passage, words, costs, limits, ids).flatMap((span) => {
    const windows = cutWindows(costs.slice(span.first, span.last + 1), FULL, OVERLAP);
    const [only] = windows;
    if (windows.length === 1 && only !== undefined) return [reading(span, () => true)];
    const count = span.last - span.first + 1;
    return windows.map((window, number) =>
      reading(
        { first: span.first + window.first, last: span.first + window.last },
        (first, last) =>
          windowOfSpan(windows, { first: window.first + first, last: window.first + last }, count) ===
          number,
      ),
    );
  });
}

// Sums of shares are not exact.
const FULL = 1 + 1e-9;
const OVERLAP = 0.25;

/** The whole passage where it fits, else runs of sentences that fit together, or one that does not. */
function spansToRead(
  { text, lang }: Passage,
  words: readonly Range[],
  costs: readonly number[],
  limits: ReadingLimits,
  ids: readonly (readonly number[])[],
): WordSpan[] {
  if (words.length === 0) return [];
  const pieces = ids.reduce((sum, { length }) => sum + length, 0);
  if (words.length <= limits.words && pieces <= limits.pieces) {
    return [{ first: 0, last: words.length - 1 }];
  }
  const spans: { first: number; last: number }[] = [];
  let filled = 0;
  for (const { first, last } of wordsOfSentences(text, lang, words)) {
    let cost = 0;
    for (let word = first; word <= last; word++) cost += costs[word] as number;
    const current = spans.at(-1);
    if (current !== undefined && filled + cost <= FULL) {
      current.last = last;
      filled += cost;
    } else {
      spans.push({ first, last });
      filled = cost;
    }
  }
  return spans;
}

function wordsOfSentences(
  text: string,
  lang: string | undefined,
  words: readonly Range[],
): WordSpan[] {
  const spans: WordSpan[] = [];
  let first = 0;
  for (const { end } of splitSentences(text, lang === undefined ? {} : { lang })) {
    let next = first;
    while (next < words.length && (words[next] as Range).start < end) next++;
    if (next > first) spans.push({ first, last: next - 1 });
    first = next;
  }
  if (first < words.length) spans.push({ first, last: words.length - 1 });
  return spans;
}
