import type * as vscode from 'vscode';
import type { LabelList } from '../../core/labels/labelList';
import type { TaxonomyEdit } from '../../core/labels/taxonomyFile/taxonomyEdit';
import type { EditAnswer, LabelEditorState } from '../../core/messages/labelEditor';

/** A list that pages of the label editor show: a taxonomy file, or a list that cannot be edited. */
export interface LabelSource {
  /** The taxonomy file; undefined where there is none. */
  readonly file: vscode.Uri | undefined;
  /** The list as it is shown, a preview included. */
  readonly list: LabelList;
  readonly state: LabelEditorState;
  /** The state is another one. */
  readonly onDidChange: vscode.Event<void>;
  /** The state is the same but for its problems. */
  readonly onDidChangeProblems: vscode.Event<void>;
  /** Changes the file, as one step. `version` is that of the state that places refer to. */
  edit(version: number, edits: readonly TaxonomyEdit[]): Promise<EditAnswer>;
  /** Shows a change in the open documents and leaves the file alone; undefined ends that. */
  preview(version: number, edit: TaxonomyEdit | undefined): void;
}
