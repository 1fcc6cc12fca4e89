import * as vscode from 'vscode';
import { taxonomyFileEnding } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import type { FocusPlace } from '../../core/messages/labelEditor';
import { ContextKey } from '../../editor/contextKey';
import { labelEditorType, labelPanelType } from '../../editor/contributions';
import { Disposable } from '../../editor/disposable';
import { rewriteWorkspace } from '../../editor/labels/rewriteWorkspace';
import { FixedList } from './fixedList';
import { LabelCommands } from './labelCommands';
import type { LabelParts } from './labelParts';
import { LabelView, type ViewActions } from './labelView';
import { makeOwnCopy, putInForce } from './ownCopy';
import { TaxonomyDocument } from './taxonomyDocument';

/** A document with the number of its pages. */
interface Shared {
  readonly source: TaxonomyDocument;
  pages: number;
}

/**
 * The label editor: taxonomy files as pages of a custom text editor, and lists that cannot be edited
 * as a panel with the same page. Pages of one file share what was read of it.
 */
export class LabelEditors extends Disposable implements vscode.CustomTextEditorProvider {
  private readonly documents = new Map<vscode.TextDocument, Shared>();
  private readonly views = new Set<LabelView>();
  private fixed: LabelView | undefined;
  private focused: LabelView | undefined;
  private readonly focusKey = new ContextKey('dynamicner.labels.focus');
  private readonly readOnlyKey = new ContextKey('dynamicner.labels.readOnly');
  private readonly actions: ViewActions;

  constructor(private readonly all: LabelParts) {
    super();
    this.actions = {
      onFocus: (view, place) => this.followFocus(view, place),
      reopenAsText: (view) => reopenAsText(view),
      makeCopy: makeOwnCopy,
      useList: putInForce,
    };
    this._register(new LabelCommands(() => this.active));
    this._register(
      vscode.commands.registerCommand('dynamicner.showLabels', () => this.showInForce()),
    );
    this._register(
      vscode.commands.registerCommand('dynamicner.labels.reopenAsText', async () => {
        if (this.active !== undefined) await reopenAsText(this.active);
      }),
    );
    this._register({
      dispose: () => {
        for (const view of this.views) view.panel.dispose();
      },
    });
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    let shared = this.documents.get(document);
    if (shared === undefined) {
      const { labels, engine } = this.all;
      const source = new TaxonomyDocument(
        document,
        (file, list) => labels.edit(file, list),
        (edits) => rewriteWorkspace(document, edits, labels),
        engine,
      );
      shared = { source, pages: 0 };
      this.documents.set(document, shared);
    }
    const { source } = shared;
    shared.pages++;
    this.open(panel, source).panel.onDidDispose(() => {
      if (--shared.pages > 0) return;
      this.documents.delete(document);
      source.dispose();
    });
  }

  /** Fills a panel that VS Code brought back after a restart. */
  restorePanel(panel: vscode.WebviewPanel): void {
    this.fixed?.panel.dispose();
    const source = new FixedList(this.all.labels);
    const view = this.open(panel, source);
    this.fixed = view;
    panel.onDidDispose(() => {
      source.dispose();
      if (this.fixed === view) this.fixed = undefined;
    });
  }

  private get active(): LabelView | undefined {
    return this.focused ?? [...this.views].find(({ panel }) => panel.active);
  }

  /** Opens the list in force: its file, else a panel to look at it. */
  private async showInForce(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const file = this.all.labels.fileFor(document?.uri);
    if (file?.path.endsWith(taxonomyFileEnding) === true) {
      await vscode.commands.executeCommand(
        'vscode.openWith',
        file,
        labelEditorType,
        vscode.ViewColumn.Beside,
      );
    } else if (this.fixed !== undefined) this.fixed.panel.reveal();
    else {
      this.restorePanel(
        vscode.window.createWebviewPanel(
          labelPanelType,
          vscode.l10n.t('Entity Labels'),
          vscode.ViewColumn.Beside,
        ),
      );
    }
  }

  private open(panel: vscode.WebviewPanel, source: LabelView['source']): LabelView {
    const { extensionUri } = this.all.parts.context;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    const view = new LabelView(panel, source, this.all, this.actions);
    this.views.add(view);
    panel.onDidChangeViewState(() => {
      if (!panel.active) void this.followFocus(view, 'none');
    });
    panel.onDidDispose(() => {
      this.views.delete(view);
      void this.followFocus(view, 'none');
    });
    source.onDidChange(() => {
      if (this.focused === view) this.readOnlyKey.set(source.state.readOnly !== null);
    });
    return view;
  }

  private async followFocus(view: LabelView, place: FocusPlace): Promise<void> {
    // The page that loses the focus may tell so after the one that gets it.
    if (place === 'none' && this.focused !== view) return;
    this.focused = place === 'none' ? undefined : view;
    await Promise.all([
      this.focusKey.apply(place),
      this.readOnlyKey.apply(view.source.state.readOnly !== null),
    ]);
  }
}

/** Shows the file as text in the place of its page, at the error where it has one. */
async function reopenAsText({ source, panel }: LabelView): Promise<void> {
  const { file, state } = source;
  if (file === undefined) return;
  const { readOnly } = state;
  const { viewColumn } = panel;
  const line = readOnly?.why === 'broken' ? readOnly.line - 1 : 0;
  const column = readOnly?.why === 'broken' ? readOnly.column - 1 : 0;
  const at = new vscode.Position(line, column);
  await vscode.window.showTextDocument(file, {
    selection: new vscode.Selection(at, at),
    preview: false,
    ...(viewColumn === undefined ? {} : { viewColumn }),
  });
  panel.dispose();
}
