import * as vscode from 'vscode';
import type { LabelList } from '../../core/labels/labelList';
import type { AdapterSet } from '../../core/learning/adapterSet';
import { Disposable } from '../disposable';

/** What was learned of each label list, by the list's key; lists are handed out with it. */
export class LearnedLabels extends Disposable {
  private readonly sets = new Map<string, AdapterSet>();
  /** The learned form of a list, so that the same list is the same object as long as nothing changes. */
  private readonly made = new WeakMap<LabelList, { readonly set: AdapterSet; list: LabelList }>();
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;

  /** The list with what was learned of it. */
  of(key: string, list: LabelList): LabelList {
    const set = this.sets.get(key);
    if (set === undefined) return list;
    const known = this.made.get(list);
    if (known?.set === set) return known.list;
    const learned = list.withLearned(set);
    this.made.set(list, { set, list: learned });
    return learned;
  }

  get(key: string): AdapterSet | undefined {
    return this.sets.get(key);
  }

  /** The key of the list that this was learned of; undefined where it is not in force. */
  keyOf(set: AdapterSet): string | undefined {
    for (const [key, own] of this.sets) if (own === set) return key;
    return undefined;
  }

  /** Takes what was learned of a list; undefined forgets it. */
  set(key: string, adapters: AdapterSet | undefined): void {
    if (this.sets.get(key) === adapters) return;
    if (adapters === undefined) this.sets.delete(key);
    else this.sets.set(key, adapters);
    this.changed.fire();
  }

  /** Forgets what was learned of all lists. */
  clear(): void {
    if (this.sets.size === 0) return;
    this.sets.clear();
    this.changed.fire();
  }
}
