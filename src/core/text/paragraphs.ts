import { splitBlocks } from './blocks';
import type { Range } from './range';

export interface ParagraphOptions {
  /** Where to begin and end (UTF-16, end exclusive); what lies outside is not looked at. */
  readonly start?: number;
  readonly end?: number;
}

/**
 * The paragraphs of plain text or Markdown, in order, without outer white space: UTF-16 offsets,
 * end exclusive. A paragraph ends at a blank line and where a block of Markdown begins: heading,
 * rule, list item, quotation, table, fenced code. Tables and fenced code are one paragraph each.
 * All that is not white space lies in a paragraph. Every kind of line end counts, CRLF as one.
 */
export function splitParagraphs(text: string, options: ParagraphOptions = {}): Range[] {
  return splitBlocks(text, options.start, options.end).map(({ start, end }) => ({ start, end }));
}
