import * as vscode from 'vscode';
import { askedByExtension, askedByPage, type LabelPanelState } from '../core/messages/labelPanel';
import { MessageHandler, type Port } from '../core/messages/messageHandler';
import type { TypePath } from '../core/entity/entity';
import { Palette } from '../editor/decorations/palette';
import { rangeOf } from '../editor/documents/textRanges';
import { Disposable } from '../editor/disposable';
import type { EditorParts } from '../editor/contract';
import { labelRows } from './labelRows';
import { webviewPage } from './webviewPage';

const updatePause = 150;

/** The label list in force as a page: counts of the open documents, level and threshold. */
export class LabelPanel extends Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private handler: MessageHandler<typeof askedByPage, typeof askedByExtension> | undefined;
  private pause: NodeJS.Timeout | undefined;

  constructor(private readonly parts: EditorParts) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.showLabels', () => {
        this.open();
      }),
    );
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

  private open(): void {
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

  /** Selects the next entity of a type, after the cursor, in the text editor that shows entities. */
  private async reveal(path: TypePath): Promise<boolean> {
    const shown = vscode.window.visibleTextEditors.flatMap((editor) => {
      const session = this.parts.sessions.existing(editor.document);
      return session === undefined ? [] : [{ editor, entities: session.entities }];
    });
    for (const { editor, entities } of shown) {
      const isOfType = (entity: { readonly path: TypePath }): boolean =>
        path.every((name, level) => entity.path[level] === name);
      const cursor = editor.document.offsetAt(editor.selection.active);
      const entity =
        entities.find((one) => one.start >= cursor && isOfType(one)) ?? entities.find(isOfType);
      if (entity === undefined) continue;
      const range = rangeOf(editor.document, entity);
      // The cursor goes behind the entity, so that the next click finds the next one.
      const selection = new vscode.Selection(range.start, range.end);
      await vscode.window.showTextDocument(editor.document, {
        selection,
        preserveFocus: true,
        ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
      });
      return true;
    }
    return false;
  }

  private state(): LabelPanelState {
    const { labels, view, sessions } = this.parts;
    const entities = vscode.workspace.textDocuments.flatMap((document) => {
      const session = sessions.existing(document);
      return session === undefined ? [] : [session.entities];
    });
    const palette = new Palette(labels.list, view.level);
    return {
      levels: [...labels.taxonomy.levelNames],
      level: view.level,
      threshold: view.threshold > 0 ? view.threshold : null,
      rows: labelRows(labels.taxonomy.roots, entities, (path) => palette.colour(path)),
    };
  }
}

function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
