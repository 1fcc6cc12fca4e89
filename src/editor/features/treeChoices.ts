import * as vscode from 'vscode';
import { ContextKey } from '../contextKey';
import { Disposable } from '../disposable';
import { StoredValue } from '../storedValue';
import type { TreeOrder, TreeSort } from './treeModel';

interface Kept {
  readonly order: TreeOrder;
  readonly sort: TreeSort;
  readonly follow: boolean;
}

/** How the user wants the tree of entities: kept across reloads, all but the filter. */
export class TreeChoices extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly stored: StoredValue<Kept>;
  private readonly orderKey = new ContextKey('dynamicner.entities.order');
  private readonly sortKey = new ContextKey('dynamicner.entities.sort');
  private readonly followKey = new ContextKey('dynamicner.entities.follow');
  private readonly filteredKey = new ContextKey('dynamicner.entities.filtered');
  private kept: Kept;
  private words = '';

  constructor(memento: vscode.Memento) {
    super();
    this.stored = new StoredValue(memento, 'entities.tree', readKept);
    this.kept = this.stored.get() ?? { order: 'type', sort: 'count', follow: false };
    this.show();
  }

  get order(): TreeOrder {
    return this.kept.order;
  }

  get sort(): TreeSort {
    return this.kept.sort;
  }

  /** Whether the tree shows the entity at the cursor. */
  get follow(): boolean {
    return this.kept.follow;
  }

  /** What shown entities contain; blank for all of them. */
  get filter(): string {
    return this.words;
  }

  async keep(change: Partial<Kept>): Promise<void> {
    this.kept = { ...this.kept, ...change };
    this.show();
    await this.stored.set(this.kept);
  }

  setFilter(words: string): void {
    if (words === this.words) return;
    this.words = words;
    this.show();
  }

  private show(): void {
    this.orderKey.set(this.kept.order);
    this.sortKey.set(this.kept.sort);
    this.followKey.set(this.kept.follow);
    this.filteredKey.set(this.words.trim() !== '');
    this.changed.fire();
  }
}

function readKept(stored: unknown): Kept | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { order, sort, follow } = stored as Record<string, unknown>;
  if ((order !== 'type' && order !== 'text') || (sort !== 'count' && sort !== 'name')) {
    return undefined;
  }
  return { order, sort, follow: follow === true };
}
