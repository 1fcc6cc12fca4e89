import * as vscode from 'vscode';
import { InputError } from '../../core/errors';
import type { PassageRecord } from '../../core/formats/format';
import { detectFormat, findFormat } from '../../core/formats/formats';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { phrase } from '../../core/messages/phrase';
import type { OpenDataset } from '../../editor/datasets/contract';
import { toUtf8 } from '../../editor/documents/fileEncoding';
import { takeTurns } from '../../engines/turns';
import { headOf } from '../../editor/features/exportSources';
import { readOptionsFor } from '../../host/datasets/datasetKind';

/** Larger files are not read whole only to be compared. */
const largest = 200_000_000;

/**
 * The passages of a file, for comparing; what cannot be read in it is left out.
 * @param labels Give the names of its types the paths that they have in an open data set.
 * @param dataset The data set that it is the file of; its format and encoding are found out when absent.
 * @throws InputError when the file is too large or of no known format.
 */
export async function* readPassages(
  uri: vscode.Uri,
  labels: LabelSpec,
  dataset?: Pick<OpenDataset, 'format' | 'encoding'>,
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
  const known =
    dataset === undefined
      ? detectFormat(await headOf(uri), uri.path)
      : findFormat(dataset.format.name);
  if (known === undefined) {
    throw new InputError(
      phrase`The file is of no known data-set format`,
      phrase`Convert it with “dynamicner convert --from …” first.`,
      { source },
    );
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const utf8 = toUtf8(pieces(bytes), uri, dataset?.encoding);
  const breath = takeTurns();
  for await (const record of known.read(utf8, readOptionsFor(labels))) {
    await breath();
    if (record.kind === 'passage') yield record;
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array, void> {
  const length = 65_536;
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
