import * as vscode from 'vscode';
import type { DatasetDocument } from '../../../src/editor/datasets/datasetDocument';
import { editorParts, until, writeFile } from './support';

const editorType = 'dynamicner.datasetEditor';

/** Writes a file into the workspace folder and opens it in the data-set editor. */
export async function openDataset(name: string, text: string): Promise<DatasetDocument> {
  return showDataset(await writeFile(name, text));
}

/** Opens a file in the data-set editor and waits until all of it was read. */
export async function showDataset(uri: vscode.Uri): Promise<DatasetDocument> {
  const { datasets } = await editorParts();
  await vscode.commands.executeCommand('vscode.openWith', uri, editorType);
  await until('the data set is open', () => datasets.documentOf(uri) !== undefined);
  const document = datasets.documentOf(uri) as DatasetDocument;
  await until('it was read', () => document.readShare === 1);
  return document;
}

/** Closes all editors; what was not saved is lost. */
export async function closeDatasets(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.activeTab?.isDirty === true) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
