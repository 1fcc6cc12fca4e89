import path from 'node:path';
import * as vscode from 'vscode';
import type { Labels, ViewState } from '../contract';
import { borderColourId } from '../contributions';
import { Palette } from '../decorations/palette';
import { Disposable } from '../disposable';
import { shownNameAt } from '../labels/shownNames';
import type { FileResult, FilesResults } from './filesResults';
import { countEntities, formatCount } from './numbers';

/** A file, or one of its entities by its index. */
export type FilesNode =
  | { readonly kind: 'file'; readonly file: FileResult }
  | { readonly kind: 'entity'; readonly file: FileResult; readonly index: number };

/** The view "Entities in Files": files with counts, and under each its entities in text order. */
export class FilesTree extends Disposable implements vscode.TreeDataProvider<FilesNode> {
  private readonly changed = this._register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly results: FilesResults,
    private readonly labels: Labels,
    private readonly view: ViewState,
  ) {
    super();
    this._register(
      vscode.window.createTreeView('dynamicner.files', {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    this._register(view.onDidChange(() => this.refresh()));
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  getChildren(node?: FilesNode): FilesNode[] {
    if (node === undefined) return this.results.files.map((file) => ({ kind: 'file', file }));
    if (node.kind === 'entity') return [];
    return node.file.entities.map((_, index) => ({ kind: 'entity', file: node.file, index }));
  }

  getTreeItem(node: FilesNode): vscode.TreeItem {
    return node.kind === 'file' ? this.fileItem(node.file) : this.entityItem(node);
  }

  private fileItem({ uri, entities }: FileResult): vscode.TreeItem {
    const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Collapsed);
    const folder = path.posix.dirname(vscode.workspace.asRelativePath(uri));
    const count = formatCount(entities.length);
    item.description = folder === '.' ? count : `${count} · ${folder}`;
    const file = vscode.workspace.asRelativePath(uri);
    item.accessibilityInformation = { label: `${file}, ${countEntities(entities.length)}` };
    return item;
  }

  private entityItem(node: Extract<FilesNode, { kind: 'entity' }>): vscode.TreeItem {
    const { file, index } = node;
    const { t } = vscode.l10n;
    const entityPath = file.entities[index]?.path ?? [];
    const item = new vscode.TreeItem(file.mentions[index] ?? '');
    const line = t('line {0}', (file.lines[index] ?? 0) + 1);
    item.description = `${shownNameAt(entityPath, this.view.level)} · ${line}`;
    const slot = new Palette(this.labels.list, 0).slot(entityPath);
    item.iconPath = new vscode.ThemeIcon(
      'circle-outline',
      new vscode.ThemeColor(borderColourId(slot)),
    );
    item.command = {
      command: 'dynamicner.files.open',
      title: t('Show in Document'),
      arguments: [node],
    };
    return item;
  }
}
