import * as vscode from 'vscode';
import { writeTaxonomyFile } from '../../core/labels/taxonomyFile/exportTypes';
import { typesOfList } from '../../core/labels/taxonomyFile/labelListOf';
import { labelEditorType } from '../../editor/contributions';
import { askTaxonomyFile } from '../../editor/labels/askTaxonomyFile';
import type { LabelSource } from './labelSource';

/** Writes a list to a taxonomy file that the user names, and opens that in the label editor. */
export async function makeOwnCopy({ list }: LabelSource): Promise<void> {
  const target = await askTaxonomyFile(vscode.l10n.t('Make an Own Copy'), 'labels');
  if (target === undefined) return;
  const { levelNames } = list.taxonomy;
  const text = writeTaxonomyFile({ levels: levelNames, types: typesOfList(list) });
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await vscode.commands.executeCommand('vscode.openWith', target, labelEditorType);
}

/** Makes a taxonomy file the list in force: for the workspace it lies in, else for the user. */
export async function putInForce({ file }: LabelSource): Promise<void> {
  if (file === undefined) return;
  const folder = vscode.workspace.getWorkspaceFolder(file);
  await vscode.workspace
    .getConfiguration('dynamicner')
    .update(
      'labels',
      folder === undefined ? file.fsPath : vscode.workspace.asRelativePath(file, false),
      folder === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace,
    );
}
