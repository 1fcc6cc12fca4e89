import { findMarkup } from '../../core/text/markup';
import { cutWindows, windowOfSpan } from '../../core/text/windows';
import type { ReadInContext } from './wordContext';
import type { WordInput } from './wordPieces';

/**
 * What the text encoder reads at once: a sentence, or an overlapping window of a sentence that is
 * longer than the model's window.
 */
export interface Unit {
  readonly text: string;
  /** Where `text` begins in the sentence (UTF-16 units). */
  readonly offset: number;
  /** UTF-16 offsets of the words in `text`: start, end, start, end, … */
  readonly bounds: Int32Array;
  readonly inputs: readonly WordInput[];
  /** Pieces of all words, without [CLS] and [SEP]. */
  readonly pieces: number;
  /** Whether a span of words is this unit's to find; one in an overlap may be a neighbour's. */
  readonly owns: (first: number, last: number) => boolean;
}

export interface UnitRules {
  /** What a word is; with the flags `g` and `u`. */
  readonly pattern: RegExp;
  readonly inputOf: (word: string) => WordInput;
  /** What words get from their neighbours in the unit; words are read by themselves when absent. */
  readonly inContext?: ReadInContext | undefined;
  /** Pieces of a unit at most, without [CLS] and [SEP]. */
  readonly pieces: number;
}

/** Words that are looked at in one step: some milliseconds' work. */
const STEP_WORDS = 4096;

/** The units of a sentence; see {@link cutUnitsInSteps}. */
export function* cutUnits(sentence: string, rules: UnitRules): Generator<Unit, void, undefined> {
  for (const unit of cutUnitsInSteps(sentence, rules)) if (unit !== undefined) yield unit;
}

/**
 * Cuts a sentence into units. Markdown's markers are not words: a link or a title in italics is read,
 * and found, without them. Windows share up to a quarter of their pieces with the next one, and
 * a span that two windows hold belongs to the one in which it is farther from an edge. Yields undefined
 * after every step in which words were looked at only, so that long sentences can be cut in turns.
 */
export function* cutUnitsInSteps(
  sentence: string,
  { pattern, inputOf, inContext, pieces: limit }: UnitRules,
): Generator<Unit | undefined, void, undefined> {
  const bounds: number[] = [];
  const costs: number[] = [];
  const markers = findMarkup(sentence);
  let marker = 0;
  for (const { index, 0: word } of sentence.matchAll(pattern)) {
    while ((markers[marker]?.end ?? Infinity) <= index) marker++;
    if (word === '' || (markers[marker]?.start ?? Infinity) <= index) continue;
    bounds.push(index, index + word.length);
    costs.push(inputOf(word).ids.length);
    if (costs.length % STEP_WORDS === 0) yield undefined;
  }
  const windows = cutWindows(costs, limit, limit >> 2);
  for (const [number, { first, last, cost }] of windows.entries()) {
    const isWhole = windows.length === 1;
    const offset = isWhole ? 0 : (bounds[2 * first] as number);
    const end = isWhole ? sentence.length : (bounds[2 * last + 1] as number);
    const own = bounds.slice(2 * first, 2 * last + 2);
    const inputs: WordInput[] = [];
    for (let at = 0; at < own.length; at += 2) {
      inputs.push(inputOf(sentence.slice(own[at], own[at + 1])));
    }
    yield {
      text: sentence.slice(offset, end),
      offset,
      bounds: Int32Array.from(own, (place) => place - offset),
      inputs: inContext?.({ text: sentence, bounds: own, inputs }) ?? inputs,
      pieces: cost,
      owns: (from, to) =>
        isWhole ||
        windowOfSpan(windows, { first: first + from, last: first + to }, costs.length) === number,
    };
  }
}
