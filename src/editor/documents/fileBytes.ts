import { createReadStream } from 'node:fs';
import * as vscode from 'vscode';

/** A file's bytes in pieces, the first `most` of them at least; files of the disk are never read as a whole. */
export async function* chunksOf(uri: vscode.Uri, most?: number): AsyncGenerator<Uint8Array, void> {
  if (uri.scheme !== 'file') yield await vscode.workspace.fs.readFile(uri);
  else {
    const end = most === undefined ? {} : { end: most - 1 };
    yield* createReadStream(uri.fsPath, end) as AsyncIterable<Uint8Array>;
  }
}
