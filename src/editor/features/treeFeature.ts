import * as vscode from 'vscode';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { entitiesAt } from './entityText';
import { countEntities } from './numbers';
import { Throttle } from './throttle';
import { TreeChoices } from './treeChoices';
import { registerTreeCommands } from './treeCommands';
import type { TreeNode } from './treeModel';
import { TreeProvider } from './treeProvider';

/** Least time between two refreshes, in milliseconds: an extraction reports many small changes. */
const refreshPause = 250;

/** The view "Entities": the active document's entities by type or in text order. */
export class TreeFeature extends Disposable {
  private readonly choices: TreeChoices;
  private readonly provider: TreeProvider;
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly refresh = this._register(new Throttle(() => this.render(), refreshPause));
  private readonly follow = this._register(
    new Throttle(() => void this.showCursor(), refreshPause),
  );
  private readonly redraw = this._register(
    new Throttle(() => this.provider.redraw(), refreshPause),
  );
  private endProgress: (() => void) | undefined;

  constructor(private readonly parts: EditorParts) {
    super();
    this.choices = this._register(new TreeChoices(parts.context.workspaceState));
    this.provider = this._register(new TreeProvider(parts, this.choices));
    this.view = this._register(
      vscode.window.createTreeView('dynamicner.entities', {
        treeDataProvider: this.provider,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this._register(registerTreeCommands(parts, this.choices, () => parts.sessions.active));
    const refresh = (): void => this.refresh.ask();
    this._register(parts.sessions.onDidChangeActive(refresh));
    this._register(
      parts.sessions.onDidChange((session) => {
        if (session.document === parts.sessions.active?.document) refresh();
      }),
    );
    this._register(parts.view.onDidChange(refresh));
    this._register(parts.labels.onDidChange(refresh));
    this._register(this.choices.onDidChange(refresh));
    this._register(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document === this.provider.session?.document) this.follow.ask();
      }),
    );
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const isShown = this.view.visible && document === this.provider.session?.document;
        if (isShown && contentChanges.some(movesLines)) this.redraw.ask();
      }),
    );
    this._register({ dispose: () => this.endProgress?.() });
    this.render();
  }

  private render(): void {
    const { active } = this.parts.sessions;
    const count = active?.entityCount ?? 0;
    const { filter } = this.choices;
    this.view.description = [
      ...(active === undefined ? [] : [fileName(active.document.uri)]),
      ...(filter.trim() === '' ? [] : [vscode.l10n.t('filter: {0}', filter)]),
    ].join(' · ');
    this.view.badge = count === 0 ? undefined : { value: count, tooltip: countEntities(count) };
    this.showProgress(active?.busy ?? false);
    this.provider.show(active);
    this.follow.ask();
  }

  /** The bar at the top of the view, for as long as the document is being read. */
  private showProgress(busy: boolean): void {
    if (busy === (this.endProgress !== undefined)) return;
    if (!busy) {
      this.endProgress?.();
      this.endProgress = undefined;
      return;
    }
    const idle = new Promise<void>((resolve) => (this.endProgress = resolve));
    void vscode.window.withProgress({ location: { viewId: 'dynamicner.entities' } }, () => idle);
  }

  private async showCursor(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const { session } = this.provider;
    if (!this.choices.follow || !this.view.visible || session === undefined) return;
    if (editor?.document !== session.document) return;
    const entity = entitiesAt(session, session.document.offsetAt(editor.selection.active)).at(-1);
    const node = entity === undefined ? undefined : await this.provider.find(entity);
    if (node === undefined || this.view.selection.some(({ id }) => id === node.id)) return;
    await this.view.reveal(node, { select: true, focus: false });
  }
}

/** Rows tell the lines of their entities. */
function movesLines({ range, text }: vscode.TextDocumentContentChangeEvent): boolean {
  return !range.isSingleLine || text.includes('\n');
}

function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
