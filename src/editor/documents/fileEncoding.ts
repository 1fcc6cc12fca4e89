import * as vscode from 'vscode';

/** The encoding of a file as VS Code names it: the one in which it is open as text, else that of the settings. */
export function encodingOf(uri: vscode.Uri): string {
  const name = uri.toString();
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === name);
  const set = vscode.workspace.getConfiguration('files', uri).get<string>('encoding');
  return document?.encoding ?? set ?? 'utf8';
}

/**
 * A file's bytes in UTF-8. A byte order mark says their encoding before `encoding` does. What is none of it
 * becomes invalid UTF-8.
 * @throws InputError for an encoding that nothing is known of.
 */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  uri: vscode.Uri,
  encoding = encodingOf(uri),
): AsyncGenerator<Uint8Array> {
  // Its tables are needed only here, not when the extension starts.
  const { Decoding, encodingFor, isUtf8 } = await import('../../host/datasets/encoding');
  let decoding: InstanceType<typeof Decoding> | undefined;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) {
      const said = encodingFor(chunk, encoding);
      if (!isUtf8(said)) decoding = new Decoding(said);
    }
    isFirst = false;
    yield decoding?.write(chunk) ?? chunk;
  }
  if (decoding !== undefined) yield decoding.end();
}

/**
 * UTF-8 in the encoding that a file is to have, by the settings.
 * @throws InputError for a character that the encoding does not have.
 */
export async function* fromUtf8(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  uri: vscode.Uri,
): AsyncGenerator<Uint8Array> {
  const { encodePieces } = await import('../../host/datasets/encoding');
  yield* encodePieces(chunks, encodingOf(uri));
}
