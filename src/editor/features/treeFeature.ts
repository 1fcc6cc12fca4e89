import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { borderColourId } from '../contributions';
import { Palette } from '../decorations/palette';
import { Disposable } from '../disposable';
import { entitiesAt } from './entityText';
import { Throttle } from './throttle';
import { TreeChoices } from './treeChoices';
import { registerTreeCommands } from './treeCommands';
import { filterEntities } from './treeFilter';
import { renderNode } from './treeItems';
import { EntityTree, type TreeNode } from './treeModel';

/** Least time between two refreshes, in milliseconds: an extraction reports many small changes. */
const refreshPause = 250;

/** The view "Entities": the active document's entities by type or in text order. */
export class TreeFeature extends Disposable implements vscode.TreeDataProvider<TreeNode> {
  private readonly changed = this._register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  private readonly choices: TreeChoices;
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly refresh = this._register(new Throttle(() => this.render(), refreshPause));
  private readonly follow = this._register(new Throttle(() => this.showCursor(), refreshPause));
  private session: DocumentSession | undefined;
  private tree: Promise<EntityTree> | undefined;
  private palette: Palette | undefined;
  private endProgress: (() => void) | undefined;

  constructor(private readonly parts: EditorParts) {
    super();
    this.choices = this._register(new TreeChoices(parts.context.workspaceState));
    this.view = this._register(
      vscode.window.createTreeView('dynamicner.entities', {
        treeDataProvider: this,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this._register(registerTreeCommands(parts, this.choices, () => this.session));
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
        if (textEditor.document === this.session?.document) this.follow.ask();
      }),
    );
    this._register({ dispose: () => this.endProgress?.() });
    this.render();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    this.tree ??= this.build();
    const tree = await this.tree;
    return [...(node === undefined ? tree.roots : tree.childrenOf(node))];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const { session } = this;
    if (session === undefined) return new vscode.TreeItem('');
    return renderNode(node, {
      parts: this.parts,
      document: session.document,
      isByType: this.choices.order === 'type',
      colour: (path) => this.colour(path),
    });
  }

  private colour(path: readonly string[]): vscode.ThemeColor {
    this.palette ??= new Palette(this.parts.labels.list, this.parts.view.level);
    return new vscode.ThemeColor(borderColourId(this.palette.slot(path)));
  }

  private render(): void {
    const { active } = this.parts.sessions;
    this.session = active;
    this.tree = undefined;
    this.palette = undefined;
    const count = active?.entities.length ?? 0;
    this.view.description = active === undefined ? '' : fileName(active.document.uri);
    this.view.message =
      this.choices.filter.trim() === '' || count === 0
        ? undefined
        : vscode.l10n.t('Filter: {0}', this.choices.filter);
    this.view.badge =
      count === 0 ? undefined : { value: count, tooltip: vscode.l10n.t('{0} entities', count) };
    this.showProgress(active?.busy ?? false);
    this.changed.fire(undefined);
    this.follow.ask();
  }

  private async build(): Promise<EntityTree> {
    const { session, choices } = this;
    const entities = await filterEntities(
      session?.document.getText() ?? '',
      session?.entities ?? [],
      choices.filter,
      () => new Promise((resolve) => setImmediate(resolve)),
    );
    return new EntityTree(entities, {
      order: choices.order,
      sort: choices.sort,
      level: this.parts.view.level,
    });
  }

  /** The bar at the top of the view, for as long as the document is being read. */
  private showProgress(busy: boolean): void {
    if (busy === (this.endProgress !== undefined)) return;
    if (!busy) {
      this.endProgress?.();
      this.endProgress = undefined;
      return;
    }
    void vscode.window.withProgress(
      { location: { viewId: 'dynamicner.entities' } },
      () => new Promise<void>((resolve) => (this.endProgress = resolve)),
    );
  }

  private showCursor(): void {
    const editor = vscode.window.activeTextEditor;
    const { session } = this;
    if (!this.choices.follow || !this.view.visible || session === undefined) return;
    if (editor?.document !== session.document) return;
    const entity = entitiesAt(session, session.document.offsetAt(editor.selection.active)).at(-1);
    if (entity !== undefined) void this.reveal(entity);
  }

  private async reveal(entity: Entity): Promise<void> {
    this.tree ??= this.build();
    const node = (await this.tree).find(entity);
    if (node === undefined || this.view.selection.some(({ id }) => id === node.id)) return;
    await this.view.reveal(node, { select: true, focus: false });
  }
}

function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
