import * as vscode from 'vscode';
import type { TypePath } from '../../core/entity/entity';
import { formatPath } from '../../core/labels/names';
import {
  askedByExtension,
  askedByPage,
  type FocusPlace,
  type PageCommand,
} from '../../core/messages/labelEditor';
import { MessageHandler, type Port } from '../../core/messages/messageHandler';
import { Disposable } from '../../editor/disposable';
import { webviewPage } from '../webviewPage';
import { askNames } from './askNames';
import type { LabelParts } from './labelParts';
import type { LabelSource } from './labelSource';
import { LiveFacts } from './liveFacts';
import { revealType } from './revealType';
import { tryText } from './tryText';

/** What a view cannot do by itself. */
export interface ViewActions {
  readonly onFocus: (view: LabelView, place: FocusPlace) => Promise<void>;
  readonly reopenAsText: (view: LabelView) => Promise<void>;
  readonly makeCopy: (source: LabelSource) => Promise<void>;
  readonly useList: (source: LabelSource) => Promise<void>;
}

/** One page of the label editor. */
export class LabelView extends Disposable {
  private readonly handler: MessageHandler<typeof askedByPage, typeof askedByExtension>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly source: LabelSource,
    all: LabelParts,
    actions: ViewActions,
  ) {
    super();
    const { parts, view, relabelling, failures } = all;
    const { extensionUri } = parts.context;
    const live = this._register(new LiveFacts(all, source));
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
    };
    this.handler = this._register(
      new MessageHandler(
        portOf(panel.webview),
        askedByPage,
        {
          state: () => source.state,
          live: () => live.state,
          edit: ({ version, edits }) => source.edit(version, edits),
          preview: (change) => {
            source.preview(change?.version ?? 0, change?.edit);
          },
          reveal: (path) => revealType(path, parts.sessions),
          tryText: (text) => tryText(text, source.list, all),
          reextract: () => relabelling.readAgain().catch((error: unknown) => failures.show(error)),
          focus: (place) => actions.onFocus(this, place),
          reopenAsText: () => actions.reopenAsText(this),
          makeCopy: () => actions.makeCopy(source),
          useList: () => actions.useList(source),
          exportAnnotations: async () => {
            await vscode.commands.executeCommand('dynamicner.export');
          },
          setLevel: (level) => view.setLevel(level),
          setThreshold: (threshold) => view.setThreshold(threshold),
          writeClipboard: (text) => Promise.resolve(vscode.env.clipboard.writeText(text)),
          readClipboard: () => Promise.resolve(vscode.env.clipboard.readText()),
          askSplit: askNames,
          askMerge,
        },
        askedByExtension,
      ),
    );
    // A page that was closed meanwhile needs no news.
    const tell = (request: Promise<unknown>): void => void request.catch(() => undefined);
    this._register(source.onDidChange(() => tell(this.handler.request('show', source.state))));
    this._register(
      source.onDidChangeProblems(() => {
        const { version, problems } = source.state;
        tell(this.handler.request('showProblems', { version, problems }));
      }),
    );
    this._register(live.onDidChange(() => tell(this.handler.request('showLive', live.state))));
    this._register(panel.onDidDispose(() => this.dispose()));
    panel.webview.html = webviewPage(
      panel.webview,
      extensionUri,
      'labels',
      vscode.l10n.t('Label List'),
    );
  }

  /** Has the page do what a contributed command says. */
  run(name: PageCommand, argument?: number): void {
    const command = { name, ...(argument === undefined ? {} : { argument }) };
    this.handler.request('command', command).catch(() => undefined);
  }
}

async function askMerge(paths: readonly TypePath[]): Promise<number | null> {
  const items = paths.map((path, index) => ({
    label: path.at(-1) ?? '',
    description: formatPath(path.slice(0, -1)),
    index,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Merge Types'),
    placeHolder: vscode.l10n.t('Which type remains? The names of the others become its synonyms.'),
  });
  return chosen?.index ?? null;
}

function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
