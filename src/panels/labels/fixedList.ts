import * as vscode from 'vscode';
import type { LabelList } from '../../core/labels/labelList';
import { typesOfList } from '../../core/labels/taxonomyFile/labelListOf';
import type { EditAnswer, LabelEditorState } from '../../core/messages/labelEditor';
import type { Labels } from '../../editor/contract';
import { Disposable } from '../../editor/disposable';
import { displayNames } from './displayNames';
import type { LabelSource } from './labelSource';

/** The list in force where it is no taxonomy file: a built-in one, or names. It can only be looked at. */
export class FixedList extends Disposable implements LabelSource {
  readonly file = undefined;
  private version = 1;
  private of: LabelList;
  private shown: LabelEditorState;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  /** Nothing is wrong with a list that cannot be edited. */
  readonly onDidChangeProblems = this._register(new vscode.EventEmitter<void>()).event;

  constructor(labels: Labels) {
    super();
    this.of = labels.list;
    this.shown = this.stateOf(labels.list);
    this._register(
      labels.onDidChange(() => {
        if (labels.list === this.of) return;
        this.of = labels.list;
        this.version++;
        this.shown = this.stateOf(labels.list);
        this.changed.fire();
      }),
    );
  }

  get list(): LabelList {
    return this.of;
  }

  get state(): LabelEditorState {
    return this.shown;
  }

  edit(): Promise<EditAnswer> {
    return Promise.resolve({
      outcome: 'refused',
      message: vscode.l10n.t('This list cannot be changed; a copy of it can.'),
    });
  }

  preview(): void {
    // Nothing of it can be edited, so nothing is previewed.
  }

  private stateOf(list: LabelList): LabelEditorState {
    return {
      title: vscode.l10n.t('Entity Labels'),
      version: this.version,
      reverts: 0,
      readOnly: { why: 'built-in' },
      levels: [...list.taxonomy.levelNames],
      types: typesOfList(list),
      displayNames: { ...displayNames() },
      problems: [],
    };
  }
}
