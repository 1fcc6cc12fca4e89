import * as vscode from 'vscode';
import { taxonomyFileEnding } from '../../core/labels/taxonomyFile/readTaxonomyFile';

/**
 * Asks where a taxonomy file is to be written. Its name always has the ending by which VS Code knows
 * such files; undefined where the user decides otherwise.
 * @param name The name that is proposed, without the ending.
 */
export async function askTaxonomyFile(
  title: string,
  name: string,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const proposed = `${name}${taxonomyFileEnding}`;
  let defaultUri = folder === undefined ? undefined : vscode.Uri.joinPath(folder, proposed);
  for (;;) {
    const target = await vscode.window.showSaveDialog({
      title,
      ...(defaultUri === undefined ? {} : { defaultUri }),
      // VS Code’s own dialog adds an ending of two parts to names that have it already.
      filters: { [vscode.l10n.t('Taxonomy Files')]: ['json'] },
    });
    if (target === undefined || target.path.endsWith(taxonomyFileEnding)) return target;
    const named = target.with({ path: target.path.replace(/(?:\.json)?$/u, taxonomyFileEnding) });
    if (!(await isThere(named))) return named;
    // The dialog asked nothing of the file of this name: it does when it is proposed.
    defaultUri = named;
  }
}

async function isThere(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
