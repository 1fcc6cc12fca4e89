import path from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { DatasetSource } from '../../host/datasets/datasetKind';
import { sideFileOf } from '../../host/datasets/sideFile';
import { stampOf } from '../documents/atomicFile';

/** Files of other file systems are read as a whole, up to this size. */
const MOST_BYTES = 50_000_000;

/**
 * Where a worker gets a data set from: the file itself, or folder of brat, on this machine, else what its
 * file system gives.
 * @throws InputError when that is too large to be read as a whole, or a folder.
 */
export async function sourceOf(uri: vscode.Uri): Promise<DatasetSource> {
  if (uri.scheme === 'untitled') return { kind: 'bytes', bytes: new Uint8Array() };
  const { size, type } = await vscode.workspace.fs.stat(uri);
  const isFolder = (type & vscode.FileType.Directory) !== 0;
  if (uri.scheme === 'file') {
    return isFolder ? { kind: 'folder', folder: uri.fsPath } : { kind: 'file', file: uri.fsPath };
  }
  if (isFolder) {
    throw new InputError(
      phrase`Folders of “${uri.scheme}:” cannot be opened as data sets`,
      phrase`Copy it to this machine, and open it there.`,
      { source: vscode.workspace.asRelativePath(uri) },
    );
  }
  if (size > MOST_BYTES) {
    throw new InputError(
      phrase`The file has ${Math.ceil(size / 1e6)} MB; files of “${uri.scheme}:” can be opened up to ${MOST_BYTES / 1e6} MB`,
      phrase`Copy it to this machine, and open it there.`,
      { source: vscode.workspace.asRelativePath(uri) },
    );
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const side = await readIfThere(uri.with({ path: sideFileOf(uri.path, path.posix) }));
  return { kind: 'bytes', bytes, ...(side === undefined ? {} : { side }) };
}

async function readIfThere(uri: vscode.Uri): Promise<string | undefined> {
  if ((await stampOf(uri)) === undefined) return undefined;
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/**
 * Sees to it that the file, or the files of a folder, say what their text editors show: unsaved text is
 * saved first, if the user wants that.
 * @throws vscode.CancellationError when the user does not.
 */
export async function saveText(uri: vscode.Uri): Promise<void> {
  const own = uri.toString();
  const dirty = vscode.workspace.textDocuments.filter((one) => {
    const name = one.uri.toString();
    return (
      one.isDirty && (name === own || (name.startsWith(`${own}/`) && /\.(?:txt|ann)$/u.test(name)))
    );
  });
  if (dirty.length === 0) return;
  const save = vscode.l10n.t('Save and Open');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      '“{0}” has unsaved changes in the text editor. They must be saved before it is opened as a data set.',
      vscode.workspace.asRelativePath(uri),
    ),
    { modal: true },
    save,
  );
  if (chosen !== save) throw new vscode.CancellationError();
  for (const document of dirty) {
    if (!(await document.save())) throw new vscode.CancellationError();
  }
}
