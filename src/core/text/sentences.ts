import { splitBlocks, type Block } from './blocks';
import { findLineBreaks } from './lineBreaks';
import { splitLines } from './lines';
import type { Range } from './range';
import { scanSentences } from './sentenceScan';

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
  for (const block of splitBlocks(text, options.start, options.end)) {
    for (const stretch of stretchesOf(text, block)) {
      scanSentences(text, stretch, options.lang, sentences);
    }
  }
  return sentences;
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
