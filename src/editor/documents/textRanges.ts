import * as vscode from 'vscode';
import type { Range } from '../../core/text/range';

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

/** What editors show of a document now, in UTF-16 offsets. */
export function visibleRanges(document: vscode.TextDocument): Range[] {
  return vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap((editor) => editor.visibleRanges.map((range) => offsetsOf(document, range)));
}
