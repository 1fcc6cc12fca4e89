import * as vscode from 'vscode';
import { bratFolderFormat } from '../../core/formats/bratFolder';
import { InputError } from '../../core/errors';
import { detectFormat } from '../../core/formats/formats';
import { phrase } from '../../core/messages/phrase';
import type { OpenDataset } from '../datasets/contract';
import { chunksOf } from '../documents/fileBytes';
import { toUtf8 } from '../documents/fileEncoding';
import { takeTurns } from '../../engines/turns';

/** Units of text that are handed on at once. */
const PIECE = 65_536;
/** Bytes at a file's beginning that its format is found out from. */
const HEAD = 65_536;

/** A data set's text for the checks. */
export interface CheckedText<Piece = string | Uint8Array> {
  readonly uri: vscode.Uri;
  /** Name of its format; undefined when it is of none, or plain text. */
  readonly format: string | undefined;
  /** The text in pieces: strings, none of which ends inside a character, or UTF-8. */
  pieces(): AsyncIterable<Piece>;
}

/** What a text editor holds. */
export function textOf(document: vscode.TextDocument): CheckedText<string> {
  return {
    uri: document.uri,
    format: formatOf(document),
    pieces: () => piecesOf(document.getText()),
  };
}

/**
 * What the file of an open data set says. It is not opened as text: VS Code keeps one history of undo
 * for a file, and what a text document does on its own would come before the data set's last edit.
 * @throws InputError for a folder.
 */
export function fileOf(dataset: OpenDataset): CheckedText<Uint8Array> {
  const { uri, format, encoding } = dataset;
  if (format.name === bratFolderFormat.name) {
    throw new InputError(
      phrase`Folders of brat cannot be checked in the editor`,
      phrase`Check it with “dynamicner check”.`,
      { source: vscode.workspace.asRelativePath(uri) },
    );
  }
  return { uri, format: format.name, pieces: () => toUtf8(chunksOf(uri), uri, encoding) };
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  const breath = takeTurns();
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + PIECE);
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? '') && end < text.length) end--;
    await breath();
    yield text.slice(at, end);
    at = end;
  }
}

function formatOf(document: vscode.TextDocument): string | undefined {
  const head = document.getText(
    new vscode.Range(document.positionAt(0), document.positionAt(HEAD)),
  );
  const name = detectFormat(new TextEncoder().encode(head), document.fileName)?.name;
  return name === 'text' ? undefined : name;
}
