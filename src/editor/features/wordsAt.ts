import * as vscode from 'vscode';
import type { Range } from '../../core/text/range';
import { offsetsOf } from '../documents/textRanges';

/**
 * The selected words, or the word at the cursor where nothing is selected, without white space at the
 * ends, in UTF-16 offsets; undefined when there are none.
 */
export function wordsAt(
  document: vscode.TextDocument,
  selection: vscode.Selection,
): Range | undefined {
  const words = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active)
    : new vscode.Range(selection.start, selection.end);
  if (words === undefined) return undefined;
  const text = document.getText(words);
  const inner = text.trim();
  if (inner === '') return undefined;
  const start = offsetsOf(document, words).start + text.indexOf(inner);
  return { start, end: start + inner.length };
}
