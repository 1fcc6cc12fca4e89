import * as vscode from 'vscode';
import type { TextView } from '../../core/realign/anchor';
import type { Range } from '../../core/text/range';
import { sliceDocument } from '../extraction/slices';
import { takeTurns } from '../../engines/turns';

/** UTF-16 offsets as a range of lines and characters. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Range): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** A range of lines and characters as UTF-16 offsets. */
export function offsetsOf(document: vscode.TextDocument, range: vscode.Range): Range {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

/** Length of the text in UTF-16 units, without joining its lines. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(new vscode.Position(document.lineCount, 0));
}

/**
 * The whole text and the version that it is of, joined in parts, so that long documents hold nobody up.
 */
export async function textOf(
  document: vscode.TextDocument,
): Promise<{ readonly text: string; readonly version: number }> {
  const breath = takeTurns();
  for (;;) {
    const { version } = document;
    const parts: string[] = [];
    for (const slice of sliceDocument(document)) {
      parts.push(document.getText(rangeOf(document, slice)));
      await breath();
    }
    if (document.version === version) return { text: parts.join(''), version };
  }
}

/** Whether one of the ranges (`'all'`: the whole text) touches what editors show of a document now. */
export function touchesVisible(
  document: vscode.TextDocument,
  ranges: readonly Range[] | 'all',
): boolean {
  const visible = visibleRanges(document);
  if (ranges === 'all') return visible.length > 0;
  return visible.some((one) =>
    ranges.some(({ start, end }) => start <= one.end && one.start <= end),
  );
}

/** What editors show of a document now, in UTF-16 offsets. */
export function visibleRanges(document: vscode.TextDocument): Range[] {
  return vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap((editor) => editor.visibleRanges.map((range) => offsetsOf(document, range)));
}

/** A document as a text that is read in parts, without joining its lines. */
export function viewOf(document: vscode.TextDocument): TextView {
  const at = (offset: number) => document.positionAt(offset);
  return {
    get length() {
      return lengthOf(document);
    },
    slice: (start, end) => document.getText(new vscode.Range(at(start), at(end))),
  };
}
