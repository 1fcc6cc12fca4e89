import { findCommentsAndStrings } from '../core/lexer/lexer';
import { splitParagraphs } from '../core/text/paragraphs';
import type { Range } from '../core/text/range';
import { splitSentences } from '../core/text/sentences';
import type { CodePart, SegmentParams, SegmentResult } from './protocol';

/** A passage is a paragraph, or sentences of one that together have about this many UTF-16 units. */
const PASSAGE_UNITS = 4000;

/**
 * The passages of a text: the paragraphs of the parts that are asked for, long ones cut at sentence
 * borders (a single sentence is never cut). Only white space lies outside of all passages.
 */
export function segmentText({ text, languageId, only = [] }: SegmentParams): SegmentResult {
  const parts = only.length === 0 ? undefined : findParts(text, languageId, only);
  const offsets: number[] = [];
  for (const { start, end } of parts ?? [{ start: 0, end: text.length }]) {
    for (const paragraph of splitParagraphs(text, { start, end })) {
      for (const passage of cutParagraph(text, paragraph)) offsets.push(passage.start, passage.end);
    }
  }
  return { offsets, lexed: only.length === 0 || parts !== undefined };
}

function cutParagraph(text: string, paragraph: Range): Range[] {
  if (paragraph.end - paragraph.start <= PASSAGE_UNITS) return [paragraph];
  const passages: Range[] = [];
  let start = -1;
  let end = -1;
  for (const sentence of splitSentences(text, paragraph)) {
    if (start >= 0 && sentence.end - start > PASSAGE_UNITS) {
      passages.push({ start, end });
      start = -1;
    }
    if (start < 0) start = sentence.start;
    end = sentence.end;
  }
  if (start >= 0) passages.push({ start, end });
  return passages;
}

/** The comments or strings of source code; undefined where the language has no lexer. */
function findParts(
  text: string,
  languageId: string,
  only: readonly CodePart[],
): Range[] | undefined {
  return findCommentsAndStrings(text, languageId)?.filter(({ kind }) => only.includes(`${kind}s`));
}
