import { splitBlocks, type Block } from './blocks';
import { findLineBreaks } from './lineBreaks';
import { splitLines } from './lines';
import type { Range } from './range';
import { scanSentences } from './sentenceScan';

/** A text that takes some milliseconds to be cut into its lines. */
const LONG_UNITS = 1_000_000;

export interface SentenceOptions {
  /** Where to begin and end (UTF-16, end exclusive); what lies outside is not looked at. */
  readonly start?: number;
  readonly end?: number;
  /** Language of the text (`en`, `de`, …) where it is known: sharpens the rule for ordinals. */
  readonly lang?: string;
}

/**
 * The sentences of a text, in order and without overlap: UTF-16 offsets, end exclusive, without
 * outer white space. All that is not white space lies in a sentence. Made for English, Chinese,
 * Spanish, French, German, Japanese, Korean and Russian, mixed in one text, in prose, Markdown,
 * tables, logs and tokenised text. Where it is in doubt it does not cut, since a missing border
 * costs less than a cut name. Never throws; time is linear in the length.
 */
export function splitSentences(text: string, options: SentenceOptions = {}): Range[] {
  const sentences: Range[] = [];
  for (const sentence of findSentences(text, options)) {
    if (sentence !== undefined) sentences.push(sentence);
  }
  return sentences;
}

/**
 * What `splitSentences` gives, each sentence as soon as it is found. Yields undefined after a stretch
 * of text in which none ended, so that long texts can be read in turns.
 */
export function* findSentences(
  text: string,
  options: SentenceOptions = {},
): Generator<Range | undefined, void, undefined> {
  const blocks = splitBlocks(text, options.start, options.end);
  if (text.length > LONG_UNITS) yield undefined;
  for (const block of blocks) {
    const stretches = stretchesOf(text, block);
    if (block.end - block.start > LONG_UNITS) yield undefined;
    for (const stretch of stretches) yield* scanSentences(text, stretch, options.lang);
  }
}

/** The parts of a block between which a sentence certainly ends. */
function stretchesOf(text: string, block: Block): Range[] {
  const lines = splitLines(text, block.start, block.end);
  if (block.kind === 'rows' || lines.length === 1) return lines;
  const stretches: Range[] = [];
  let start = block.start;
  for (const lineEnd of findLineBreaks(text, lines)) {
    stretches.push({ start, end: lineEnd });
    start = lineEnd;
  }
  stretches.push({ start, end: block.end });
  return stretches;
}
