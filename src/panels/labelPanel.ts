import * as vscode from 'vscode';
import { askedByExtension, askedByPage, type LabelPanelState } from '../core/messages/labelPanel';
import { MessageHandler, type Port } from '../core/messages/messageHandler';
import type { TypePath } from '../core/entity/entity';
import { Disposable } from '../editor/disposable';
import type { EditorParts } from '../editor/contract';
import { labelRows } from './labelRows';
import { webviewPage } from './webviewPage';

/** What the panel does through the editor when a type is chosen. */
export type RevealType = (path: TypePath) => Promise<boolean>;

const updatePause = 150;

/** The label list in force as a page: counts of the open documents, level and threshold. */
export class LabelPanel extends Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private handler: MessageHandler<typeof askedByPage, typeof askedByExtension> | undefined;
  private pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly parts: EditorParts,
    private readonly reveal: RevealType,
  ) {
    super();
    const update = (): void => {
      this.updateSoon();
    };
    this._register(parts.labels.onDidChange(update));
    this._register(parts.view.onDidChange(update));
    this._register(parts.sessions.onDidChange(update));
    this._register({
      dispose: () => {
        clearTimeout(this.pause);
        this.panel?.dispose();
      },
    });
  }

  open(): void {
    if (this.panel !== undefined) {
      this.panel.reveal();
      return;
    }
    const { extensionUri } = this.parts.context;
    const panel = vscode.window.createWebviewPanel(
      'dynamicner.labels',
      vscode.l10n.t('Entity Labels'),
      vscode.ViewColumn.Beside,
      {
        enableScripts: true,
        localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
      },
    );
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    const handler = new MessageHandler(
      portOf(panel.webview),
      askedByPage,
      {
        state: () => this.state(),
        setLevel: (level) => this.parts.view.setLevel(level),
        setThreshold: (threshold) => this.parts.view.setThreshold(threshold),
        reveal: (path) => this.reveal(path),
      },
      askedByExtension,
    );
    panel.onDidDispose(() => {
      handler.dispose();
      this.panel = undefined;
      this.handler = undefined;
    });
    this.panel = panel;
    this.handler = handler;
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'labels', panel.title);
  }

  private updateSoon(): void {
    if (this.handler === undefined || this.pause !== undefined) return;
    this.pause = setTimeout(() => {
      this.pause = undefined;
      // A page that was closed meanwhile needs no update.
      this.handler?.request('show', this.state()).catch(() => undefined);
    }, updatePause);
  }

  private state(): LabelPanelState {
    const { labels, view, sessions } = this.parts;
    const open = vscode.workspace.textDocuments.flatMap((document) => {
      const session = sessions.existing(document);
      return session === undefined ? [] : [session.entities];
    });
    return {
      levels: [...labels.taxonomy.levelNames],
      level: view.level,
      threshold: view.threshold,
      rows: labelRows(labels.taxonomy.roots, open),
    };
  }
}

function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
