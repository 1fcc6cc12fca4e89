import * as vscode from 'vscode';
import { MessageHandler } from '../core/messages/messageHandler';
import { askedByVersionsPage, type ShownVersion } from '../core/messages/versionsPanel';
import { Disposable } from '../editor/disposable';
import { webviewPage } from './webviewPage';
import { portOf } from './webviewPort';

/** The panels that compare versions of data sets, each with the versions that it was opened for. */
export class VersionsPanels extends Disposable {
  constructor(private readonly extensionUri: vscode.Uri) {
    super();
  }

  show(versions: readonly ShownVersion[]): void {
    const title = vscode.l10n.t('Versions');
    const panel = vscode.window.createWebviewPanel(
      'dynamicner.versions',
      title,
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview')],
      },
    );
    const handler = new MessageHandler(
      portOf(panel.webview),
      askedByVersionsPage,
      { versions: () => [...versions] },
      {},
    );
    panel.onDidDispose(() => handler.dispose());
    panel.webview.html = webviewPage(panel.webview, this.extensionUri, 'dynamic', title);
    this._register(panel);
  }
}
