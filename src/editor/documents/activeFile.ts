import * as vscode from 'vscode';
import { activeDocument } from './sessions';

/** The file in front: the active document's, else the one of a tab that shows it in another way. */
export function activeFile(): vscode.Uri | undefined {
  const document = activeDocument();
  if (document !== undefined) return document.uri;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
    ? input.uri
    : undefined;
}

/** Saves what an editor, of text or another, holds of a file beyond it; false where it was not saved. */
export async function saveFile(uri: vscode.Uri): Promise<boolean> {
  const key = uri.toString();
  const text = vscode.workspace.textDocuments.find((one) => one.uri.toString() === key);
  if (text?.isDirty === true) return text.save();
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  // Whether it is dirty tabs say some time after it was edited.
  const isHeld = tabs.some(
    ({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === key,
  );
  return !isHeld || (await vscode.workspace.save(uri)) !== undefined;
}
