import * as vscode from 'vscode';
import type { DatasetEditor } from '../editor';
import { datasetEditor } from '../editor/contributions';
import type { Load } from './lazyEditor';

/** There may be one provider for a type of editor only, so this one stays, and hands everything on. */
export function registerDatasetEditor(load: Load): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.CustomDocumentEditEvent>();
  let attached: vscode.Disposable | undefined;
  const provider = async (): Promise<DatasetEditor> => {
    const { datasets } = await load();
    attached ??= datasets.onDidChangeCustomDocument((event) => changed.fire(event));
    return datasets;
  };
  const editor: vscode.CustomEditorProvider = {
    onDidChangeCustomDocument: changed.event,
    openCustomDocument: async (...args) => (await provider()).openCustomDocument(...args),
    resolveCustomEditor: async (...args) => (await provider()).resolveCustomEditor(...args),
    saveCustomDocument: async (...args) => (await provider()).saveCustomDocument(...args),
    saveCustomDocumentAs: async (...args) => (await provider()).saveCustomDocumentAs(...args),
    revertCustomDocument: async (...args) => (await provider()).revertCustomDocument(...args),
    backupCustomDocument: async (...args) => (await provider()).backupCustomDocument(...args),
  };
  return vscode.Disposable.from(
    changed,
    { dispose: () => void attached?.dispose() },
    vscode.window.registerCustomEditorProvider(datasetEditor.viewType, editor, {
      webviewOptions: { retainContextWhenHidden: true },
      supportsMultipleEditorsPerDocument: false,
    }),
  );
}
