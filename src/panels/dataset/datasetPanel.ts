import * as vscode from 'vscode';
import {
  askedByExtension,
  askedByPage,
  type DatasetAskedByPage,
} from '../../core/messages/datasetPanel';
import { MessageHandler, type Answers } from '../../core/messages/messageHandler';
import type { OpenDataset } from '../../editor/datasets/contract';
import { Disposable } from '../../editor/disposable';
import { sayError } from '../../editor/wording';
import { webviewPage } from '../webviewPage';
import { portOf } from '../webviewPort';
import { pageAnswers } from './answers';
import type { KeyTarget } from './datasetKeys';
import type { DatasetPanelParts } from './datasetPages';
import { DiffSession } from './diffSession';
import { Preannotation } from './preannotation';
import { ShownState } from './shownState';
import { ShownView } from './shownView';
import { Updates } from './updates';

/** Pause before a page is told of news that come in rows, in milliseconds. */
const pause = 100;

/** One page of a data set: answers what it asks, and tells it what changed. */
export class DatasetPanel extends Disposable implements KeyTarget {
  private readonly handler: MessageHandler<DatasetAskedByPage, typeof askedByExtension>;
  private readonly state: ShownState;
  private timer: NodeJS.Timeout | undefined;

  /** @param setKeys Told whether keys are commands of the page now; resolves when that is in force. */
  constructor(
    parts: DatasetPanelParts,
    dataset: OpenDataset,
    panel: vscode.WebviewPanel,
    setKeys: (areCommands: boolean) => Promise<void>,
  ) {
    super();
    const { extensionUri } = parts.context;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
    };
    const fail = (error: unknown): void => parts.failures.show(error);
    const view = new ShownView(dataset);
    const preannotation = this._register(
      new Preannotation(dataset, parts, fail, () => this.showSoon()),
    );
    this.state = new ShownState(parts, dataset, view, preannotation);
    const updates = this._register(
      new Updates(dataset, view, (passage) => this.state.shown(passage), {
        update: (update) => this.tell(this.handler.request('update', update)),
        state: () => this.showSoon(),
        reveal: (position) => this.reveal(position, null),
        fail,
      }),
    );
    const answers = pageAnswers({
      parts,
      dataset,
      view,
      updates,
      preannotation,
      state: this.state,
      diff: new DiffSession(dataset, this.state),
      setKeys,
      onTypes: () => this.showSoon(),
    });
    this.handler = this._register(
      new MessageHandler(portOf(panel.webview), askedByPage, inWords(answers), askedByExtension),
    );
    this._register(
      dataset.onDidReveal(({ id, entityId = null }) => {
        const told = view.positionOf(id).then((position) => {
          if (position !== null) this.reveal(position, entityId);
        });
        this.tell(told);
      }),
    );
    const change = (): void => {
      this.state.renew();
      this.tell(this.handler.request('update', { count: view.count, passages: null }));
      this.showSoon();
    };
    this._register(parts.view.onDidChange(change));
    this._register(parts.labels.onDidChange(change));
    this._register(parts.settings.onDidChange(['annotator'], () => this.showSoon()));
    this._register({ dispose: () => clearTimeout(this.timer) });
    const title = vscode.workspace.asRelativePath(dataset.uri);
    panel.webview.html = webviewPage(panel.webview, extensionUri, 'dataset', title);
  }

  run(command: string, argument: number | null): void {
    this.tell(this.handler.request('run', { command, argument }));
  }

  private reveal(position: number, span: string | null): void {
    this.tell(this.handler.request('reveal', { position, span }));
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tell(this.state.now().then((state) => this.handler.request('show', state)));
    }, pause);
  }

  /** A page that was closed, or that is hidden and has gone, need not be told anything. */
  private tell(telling: Promise<unknown>): void {
    telling.catch(() => undefined);
  }
}

/** The same answers, whose failures are in the user's language. */
function inWords(answers: Answers<DatasetAskedByPage>): Answers<DatasetAskedByPage> {
  const worded = Object.entries(answers).map(([name, answer]) => [
    name,
    async (params: never): Promise<unknown> => {
      try {
        return await (answer as (params: never) => unknown)(params);
      } catch (error) {
        throw new Error(sayError(error), { cause: error });
      }
    },
  ]);
  return Object.fromEntries(worded) as Answers<DatasetAskedByPage>;
}
