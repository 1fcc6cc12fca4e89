import * as vscode from 'vscode';
import type { DatasetPages, OpenDataset } from '../editor/datasets/contract';
import { Disposable } from '../editor/disposable';
import { webviewPage } from './webviewPage';

/** Shows data sets in their page. */
export class DatasetPanels implements DatasetPages {
  constructor(private readonly context: Pick<vscode.ExtensionContext, 'extensionUri'>) {}

  show(_dataset: OpenDataset, panel: vscode.WebviewPanel): vscode.Disposable {
    const { extensionUri } = this.context;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
    };
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'dataset', panel.title);
    return new (class extends Disposable {})();
  }
}
