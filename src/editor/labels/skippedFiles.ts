import * as vscode from 'vscode';

/** A file that may hold annotations and was not looked through. */
export interface SkippedFile {
  readonly uri: vscode.Uri;
  /** Why, as the user reads it. */
  readonly why: string;
}

/** Files that were told of since the window was opened: they stay as large as they are. */
const told = new Set<string>();

/** One text that names skipped files, each with why; none where there are none. */
export function listSkipped(skipped: readonly SkippedFile[]): string[] {
  if (skipped.length === 0) return [];
  const lines = skipped.map(({ uri, why }) => `${vscode.workspace.asRelativePath(uri)}: ${why}`);
  return [vscode.l10n.t('Not looked through, and left as they are:\n{0}', lines.join('\n'))];
}

/** Says once of each file that it was not looked through, and offers to open it. */
export async function offerSkipped(skipped: readonly SkippedFile[]): Promise<void> {
  const fresh = skipped.filter(({ uri }) => !told.has(uri.toString()));
  const [text] = listSkipped(fresh);
  if (text === undefined) return;
  for (const { uri } of fresh) told.add(uri.toString());
  const open = vscode.l10n.t('Open…');
  if ((await vscode.window.showWarningMessage(text, open)) !== open) return;
  const items = fresh.map(({ uri, why }) => ({
    label: vscode.workspace.asRelativePath(uri),
    description: why,
    uri,
  }));
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items);
  if (chosen !== undefined) await vscode.commands.executeCommand('vscode.open', chosen.uri);
}
