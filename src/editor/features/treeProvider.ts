import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { borderColourId } from '../contributions';
import { Palette } from '../decorations/palette';
import { Disposable } from '../disposable';
import type { TreeChoices } from './treeChoices';
import { filterEntities } from './treeFilter';
import { renderNode } from './treeItems';
import { EntityTree, type EntityNode, type NotPlaced, type TreeNode } from './treeModel';

/** Rows of the view "Entities", built when they are asked for. */
export class TreeProvider extends Disposable implements vscode.TreeDataProvider<TreeNode> {
  private readonly changed = this._register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  private shown: DocumentSession | undefined;
  private tree: Promise<EntityTree> | undefined;
  private palette: Palette | undefined;

  constructor(
    private readonly parts: EditorParts,
    private readonly choices: Pick<TreeChoices, 'order' | 'sort' | 'filter'>,
  ) {
    super();
  }

  /** The session whose entities are shown. */
  get session(): DocumentSession | undefined {
    return this.shown;
  }

  /** Shows the entities that `session` has now. */
  show(session: DocumentSession | undefined): void {
    this.shown = session;
    this.tree = undefined;
    this.palette = undefined;
    this.changed.fire(undefined);
  }

  /** Draws the rows anew: the same entities, at the lines and with the words that they have now. */
  redraw(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    const tree = await this.built();
    return [...(node === undefined ? tree.roots : tree.childrenOf(node))];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const { shown } = this;
    if (shown === undefined) return new vscode.TreeItem('');
    return renderNode(node, {
      parts: this.parts,
      document: shown.document,
      current: (entity) => shown.entity(entity.id) ?? entity,
      isByType: this.choices.order === 'type',
      colour: (path) => this.colour(path),
    });
  }

  /** The row of an entity, or undefined when the filter hides it. */
  async find(entity: Entity): Promise<EntityNode | undefined> {
    return (await this.built()).find(entity);
  }

  private built(): Promise<EntityTree> {
    this.tree ??= this.build();
    return this.tree;
  }

  private async build(): Promise<EntityTree> {
    const options = {
      order: this.choices.order,
      sort: this.choices.sort,
      level: this.parts.view.level,
    };
    return new EntityTree(await this.filtered(), options, this.notPlaced());
  }

  private notPlaced(): readonly NotPlaced[] {
    const words = this.choices.filter.trim().toLowerCase();
    const all = this.shown?.notPlaced ?? [];
    return all.filter(({ quote }) => quote.toLowerCase().includes(words));
  }

  private async filtered(): Promise<readonly Entity[]> {
    const { shown } = this;
    const { filter } = this.choices;
    if (shown === undefined) return [];
    if (filter.trim() === '') return shown.listed;
    return filterEntities(shown.document.getText(), shown.entities, filter, () => setImmediate());
  }

  private colour(path: readonly string[]): vscode.ThemeColor {
    this.palette ??= new Palette(this.parts.labels.list, this.parts.view.level);
    return new vscode.ThemeColor(borderColourId(this.palette.slot(path)));
  }
}
