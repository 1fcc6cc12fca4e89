import * as vscode from 'vscode';
import { labelEditorType, labelPanelType } from '../editor/contributions';
import type { Load } from './lazyEditor';

/** Pages of the label editor that VS Code opens, or brings back after a restart, load the editor. */
export function registerLabelEditor(load: Load): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerCustomEditorProvider(labelEditorType, {
      resolveCustomTextEditor: async (document, panel) => {
        (await load()).labelEditors.resolveCustomTextEditor(document, panel);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(labelPanelType, {
      deserializeWebviewPanel: async (panel) => {
        (await load()).labelEditors.restorePanel(panel);
      },
    }),
  );
}
