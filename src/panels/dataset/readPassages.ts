import * as vscode from 'vscode';
import { InputError } from '../../core/errors';
import type { PassageRecord } from '../../core/formats/format';
import { detectFormat, findFormat } from '../../core/formats/formats';
import { phrase } from '../../core/messages/phrase';
import { takeTurns } from '../../editor/documents/pause';

/** Larger files are not read whole only to be compared. */
const largest = 200_000_000;

/**
 * The passages of a file, for comparing; what cannot be read in it is left out.
 * @param format Name of its format; found out by its content when absent.
 * @throws InputError when the file is too large or of no known format.
 */
export async function* readPassages(
  uri: vscode.Uri,
  format?: string,
): AsyncGenerator<PassageRecord, void> {
  const source = vscode.workspace.asRelativePath(uri);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largest) {
    throw new InputError(
      phrase`The file is too large to be compared: ${Math.round(size / 1e6)} MB`,
      phrase`Compare parts of at most ${largest / 1e6} MB.`,
      { source },
    );
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const known =
    format === undefined ? detectFormat(bytes.subarray(0, 65_536), uri.path) : findFormat(format);
  if (known === undefined) {
    throw new InputError(
      phrase`The file is of no known data-set format`,
      phrase`Convert it with “dynamicner convert --from …” first.`,
      { source },
    );
  }
  const breath = takeTurns();
  for await (const record of known.read(pieces(bytes))) {
    await breath();
    if (record.kind === 'passage') yield record;
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array, void> {
  const length = 65_536;
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
