import type * as vscode from 'vscode';
import type { Range } from '../../core/text/range';

/** A text up to this many UTF-16 units crosses to the encoder's process at once, in a millisecond or two. */
const sliceLength = 256 * 1024;
/** Lines looked at for an empty one, at which cutting does no harm to paragraphs. */
const searchedLines = 500;

/** Cuts a document into slices in text order, at empty lines where there are any. UTF-16 offsets. */
export function sliceDocument(document: vscode.TextDocument): Range[] {
  const last = document.lineAt(document.lineCount - 1).range.end;
  const length = document.offsetAt(last);
  const slices: Range[] = [];
  for (let start = 0; start < length;) {
    const end =
      start + sliceLength >= length ? length : cutAfter(document, start + sliceLength, length);
    slices.push({ start, end });
    start = end;
  }
  return slices;
}

/** Offset after the first empty line at or after `offset`; the next line's beginning where none is near. */
function cutAfter(document: vscode.TextDocument, offset: number, length: number): number {
  const first = document.positionAt(offset).line;
  const end = Math.min(document.lineCount, first + searchedLines);
  for (let line = first; line < end; line++) {
    if (!document.lineAt(line).isEmptyOrWhitespace) continue;
    return document.offsetAt(document.lineAt(line).rangeIncludingLineBreak.end);
  }
  if (first + 1 >= document.lineCount) return length;
  return document.offsetAt(document.lineAt(first + 1).range.start);
}
