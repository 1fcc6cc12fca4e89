import * as vscode from 'vscode';
import { detectFormat } from '../../core/formats/formats';
import { takeTurns } from '../documents/pause';

/** Units of text that are handed on at once. */
const PIECE = 65_536;
/** Bytes at a file's beginning that its format is found out from. */
const HEAD = 65_536;

/** The text of a document in pieces, none of which ends inside a character; lets others have their turn. */
export async function* piecesOf(document: vscode.TextDocument): AsyncGenerator<string> {
  const text = document.getText();
  const breath = takeTurns();
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + PIECE);
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? '') && end < text.length) end--;
    await breath();
    yield text.slice(at, end);
    at = end;
  }
}

/** The name of the format that a document is in; undefined when it is of none, or plain text. */
export function documentFormat(document: vscode.TextDocument): string | undefined {
  const head = document.getText(
    new vscode.Range(document.positionAt(0), document.positionAt(HEAD)),
  );
  const name = detectFormat(new TextEncoder().encode(head), document.fileName)?.name;
  return name === 'text' ? undefined : name;
}
