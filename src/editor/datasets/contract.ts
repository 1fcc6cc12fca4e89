import type * as vscode from 'vscode';
import type { DatasetCounts } from '../../core/dataset/counts';
import type { BulkChange, DatasetEdit, Scope } from '../../core/dataset/edits';
import type { PassageId, PassageView } from '../../core/dataset/passage';
import type { FoundText, PassageQuery, TextQuery } from '../../core/dataset/query';

/** What the page of a data set needs of its document; everything heavy happens in a worker. */
export interface OpenDataset {
  readonly uri: vscode.Uri;
  /** Name of its format, as `dynamicner`, and its title for users. */
  readonly format: { readonly name: string; readonly title: string };
  /** The encoding of its file. */
  readonly encoding: string;
  /** Passages known so far; grows while a large file is still being read. */
  readonly count: number;
  /** Share of the file that was read, in 0..1; passages known so far can be used at once. */
  readonly readShare: number;
  /** Why nothing can be edited, as a sentence; undefined when it can. */
  readonly readOnly: string | undefined;
  /** Passages by their places, `to` exclusive; fewer where there are fewer. */
  passages(from: number, to: number): Promise<readonly PassageView[]>;
  /** The passages of these ids, in their order; removed ones are left out. */
  passagesOf(ids: readonly PassageId[]): Promise<readonly PassageView[]>;
  /**
   * Makes one step of undo and tells VS Code. Ids of new passages come back, in order.
   * @param work What the edit is a part of: edits of the same work, with none of others in between,
   * are one step.
   * @throws InputError when the edit does not fit what there is; nothing has changed then.
   */
  apply(edit: DatasetEdit, work?: object): Promise<readonly PassageId[]>;
  /** The same as Ctrl+Z and Ctrl+Y in its editor. */
  undo(): Promise<void>;
  redo(): Promise<void>;
  /**
   * The next occurrence of a text at or after a place, then from the beginning; undefined when there
   * is none. With `backwards` the one before the place, then from the end.
   */
  find(
    query: TextQuery,
    from: { readonly number: number; readonly offset: number },
    options?: {
      readonly backwards?: boolean;
      /** Only in these passages, in their order; `from.number` is then a place among them. */
      readonly within?: readonly PassageId[];
      readonly signal?: AbortSignal;
    },
  ): Promise<FoundText | undefined>;
  /** Ids of the passages that a query finds, in its order. */
  filter(query: PassageQuery, signal?: AbortSignal): Promise<readonly PassageId[]>;
  /** What a change of many would change: entities and passages. */
  preview(
    change: BulkChange,
    scope: Scope,
    signal?: AbortSignal,
  ): Promise<{ readonly passages: number; readonly entities: number }>;
  counts(signal?: AbortSignal): Promise<DatasetCounts>;
  /** Brings a passage into view in its editor, with an entity of it selected. */
  reveal(place: DatasetPlace): void;
  readonly onDidReveal: vscode.Event<DatasetPlace>;
  readonly onDidChange: vscode.Event<DatasetChange>;
}

/** A passage, and an entity of it. */
export interface DatasetPlace {
  readonly id: PassageId;
  readonly entityId?: string;
}

/** What changed in an open data set. */
export type DatasetChange =
  /** More of the file was read, or all of it. */
  | { readonly kind: 'read' }
  /** Contents of passages; their number and order are as before. */
  | { readonly kind: 'content'; readonly ids: readonly PassageId[] | 'all' }
  /** Passages came, went, or everything was read anew. */
  | { readonly kind: 'order' }
  /** It was saved, or what may be edited has changed. */
  | { readonly kind: 'state' };

/** Shows data sets in editors; what it returns is disposed of when the editor is closed. */
export interface DatasetPages {
  show(dataset: OpenDataset, panel: vscode.WebviewPanel): vscode.Disposable;
}
