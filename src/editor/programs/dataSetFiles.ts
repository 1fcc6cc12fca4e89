import path from 'node:path';
import * as vscode from 'vscode';
import { activeFile, saveFile } from '../documents/activeFile';

/** A data set that the program reads: its name there, and its folder. */
export interface DataSetFile {
  readonly uri: vscode.Uri;
  readonly name: string;
}

/**
 * The data sets that a command was called on: those selected in the explorer, else the one in front,
 * else those that the user chooses. A file that was changed is saved first, since the program reads it.
 */
export async function chooseDataSets(
  uri: vscode.Uri | undefined,
  uris: readonly vscode.Uri[] | undefined,
  { title, several }: { readonly title: string; readonly several: boolean },
): Promise<DataSetFile[]> {
  const active = activeFile();
  const called = uris ?? (uri === undefined ? undefined : [uri]);
  const fromEditor = active?.scheme === 'file' && !several ? [active] : undefined;
  const chosen =
    called ??
    fromEditor ??
    (await vscode.window.showOpenDialog({ title, canSelectMany: several, canSelectFiles: true })) ??
    [];
  for (const each of chosen) {
    if (!(await saveFile(each))) return [];
  }
  return chosen
    .filter(({ scheme }) => scheme === 'file')
    .map((each) => ({ uri: each, name: each.fsPath }));
}

/** A file beside a data set, its name with something added: `train.sample.jsonl`. */
export function besides({ uri }: DataSetFile, added: string): vscode.Uri {
  const extension = path.posix.extname(uri.path);
  const base = path.posix.basename(uri.path, extension);
  return vscode.Uri.joinPath(uri, '..', `${base}.${added}${extension}`);
}
