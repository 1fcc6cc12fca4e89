import * as vscode from 'vscode';
import type { DatasetCounts } from '../../core/dataset/counts';
import type { BulkChange, DatasetEdit, Scope } from '../../core/dataset/edits';
import type { PassageId, PassageView } from '../../core/dataset/passage';
import type { FoundText, PassageQuery, TextQuery } from '../../core/dataset/query';
import { bratFolderFormat } from '../../core/formats/bratFolder';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { DatasetClient } from '../../host/datasets/client';
import type { Applied, OpenedDataset, ReadProgress } from '../../host/datasets/contract';
import type { SavedDataset } from '../../host/datasets/saveDataset';
import { Disposable } from '../disposable';
import { say } from '../wording';
import type { DatasetChange, DatasetPlace, OpenDataset } from './contract';
import { editLabel } from './editLabel';
import { EditHistory } from './editHistory';

/** A worker with a data set open in it. */
export interface OpenedWorker {
  readonly client: DatasetClient;
  readonly opened: OpenedDataset;
  /** Id of the labels that its types are read with. */
  readonly labels: string;
  /** What it told of how far it has read, so far. */
  readonly progress: ReadProgress;
  /** Gets what it tells from now on. */
  listen(listener: (progress: ReadProgress) => void): void;
}

export interface DocumentParts {
  /** Opens the data set's file in a new worker. */
  readonly open: () => Promise<OpenedWorker>;
  readonly annotator: () => string | undefined;
  /** Whether a backup needs the working copy when the data set is closed. */
  readonly keepsCopy: () => boolean;
  readonly onClose: () => void;
}

/** What VS Code gets to know of an edit. */
export interface EditStep {
  readonly label: string;
  undo(): Promise<void>;
  redo(): Promise<void>;
}

/** A data set in VS Code's hands: the proxy of its worker, and the steps that can be undone. */
export class DatasetDocument extends Disposable implements vscode.CustomDocument, OpenDataset {
  private history: EditHistory;
  private progress: ReadProgress;
  private labels: string;
  /** Who made the last step, where more of the same work may become part of it. */
  private lastWork: object | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<DatasetChange>());
  readonly onDidChange = this.changed.event;
  private readonly revealed = this._register(new vscode.EventEmitter<DatasetPlace>());
  readonly onDidReveal = this.revealed.event;
  private readonly edited = this._register(new vscode.EventEmitter<EditStep>());
  readonly onDidEdit = this.edited.event;

  /** @param isRestored Whether edits of an earlier window are in it that were not saved. */
  constructor(
    readonly uri: vscode.Uri,
    private worker: OpenedWorker,
    private readonly parts: DocumentParts,
    isRestored: boolean,
  ) {
    super();
    this.history = new EditHistory(!isRestored);
    this.progress = worker.progress;
    this.labels = worker.labels;
    this.listen(worker);
    this._register({ dispose: () => this.close() });
  }

  get client(): DatasetClient {
    return this.worker.client;
  }

  get copy(): string {
    return this.worker.opened.copy;
  }

  /** Whether it is a folder of brat; its URI is the folder's. */
  get isFolder(): boolean {
    return this.format.name === bratFolderFormat.name;
  }

  get format(): { name: string; title: string } {
    const { format, title } = this.worker.opened;
    return { name: format, title: say(title) };
  }

  get encoding(): string {
    return this.worker.opened.encoding;
  }

  get count(): number {
    return this.progress.count;
  }

  get readShare(): number {
    return this.progress.share;
  }

  get readOnly(): string | undefined {
    const { readOnly } = this.progress;
    return readOnly === undefined ? undefined : say(readOnly);
  }

  get isDirty(): boolean {
    return this.history.isDirty;
  }

  passages(from: number, to: number): Promise<readonly PassageView[]> {
    return this.client.request('views', { from, to });
  }

  passagesOf(ids: readonly PassageId[]): Promise<readonly PassageView[]> {
    return this.client.request('viewsOf', ids);
  }

  async apply(edit: DatasetEdit, work?: object): Promise<readonly PassageId[]> {
    const annotator = this.parts.annotator();
    const by = {
      time: new Date().toISOString(),
      ...(annotator === undefined ? {} : { annotator }),
    };
    const { worker } = this;
    const joins = work !== undefined && work === this.lastWork;
    const applied = await worker.client.request('apply', { edit, by, joins });
    if (applied === null) return [];
    this.lastWork = work;
    if (applied.isStep) {
      this.history.add();
      const move = (direction: 'undo' | 'redo') => async () => {
        // Steps of a file that was read anew since have nothing to take back.
        if (this.worker === worker) await this.move(direction);
      };
      this.edited.fire({ label: editLabel(edit), undo: move('undo'), redo: move('redo') });
    }
    this.tell(applied);
    return applied.ids;
  }

  async undo(): Promise<void> {
    await vscode.commands.executeCommand('undo');
  }

  async redo(): Promise<void> {
    await vscode.commands.executeCommand('redo');
  }

  async find(
    query: TextQuery,
    from: { readonly number: number; readonly offset: number },
    options: {
      readonly backwards?: boolean;
      readonly within?: readonly PassageId[];
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<FoundText | undefined> {
    const { signal, ...rest } = options;
    const found = await this.client.scan('find', { query, from: { ...from, ...rest } }, signal);
    return found ?? undefined;
  }

  filter(query: PassageQuery, signal?: AbortSignal): Promise<readonly PassageId[]> {
    return this.client.scan('filter', { query }, signal);
  }

  preview(
    change: BulkChange,
    scope: Scope,
    signal?: AbortSignal,
  ): Promise<{ readonly passages: number; readonly entities: number }> {
    return this.client.scan('preview', { change, scope }, signal);
  }

  counts(signal?: AbortSignal): Promise<DatasetCounts> {
    return this.client.scan('counts', {}, signal);
  }

  reveal(place: DatasetPlace): void {
    this.revealed.fire(place);
  }

  /** Reads types with other labels from now on. */
  async useLabels(labels: LabelSpec): Promise<void> {
    if (labels.id === this.labels) return;
    this.labels = labels.id;
    await this.client.request('setLabels', labels);
    this.changed.fire({ kind: 'content', ids: 'all' });
  }

  /** Writes to a file of this machine; `own` means that it is the data set's file. */
  async saveTo(file: string, own: boolean): Promise<SavedDataset> {
    const saved = await this.client.request('save', { file, own });
    if (own) this.noteSaved();
    return saved;
  }

  noteSaved(): void {
    // What comes now is no part of what was saved.
    this.lastWork = undefined;
    this.history.save();
    this.changed.fire({ kind: 'state' });
  }

  /** Goes back to what was saved, by the steps from here to there; false where they do not lead there. */
  async returnToSaved(): Promise<boolean> {
    const steps = this.history.stepsToSaved;
    if (steps === undefined) return false;
    const direction = steps < 0 ? 'undo' : 'redo';
    for (let left = Math.abs(steps); left > 0; left--) await this.move(direction);
    return true;
  }

  /** Reads the file anew; edits that were not saved are gone. */
  async reload(): Promise<void> {
    const { worker } = this;
    this.worker = await this.parts.open();
    this.lastWork = undefined;
    this.history = new EditHistory(true);
    this.progress = this.worker.progress;
    this.labels = this.worker.labels;
    this.listen(this.worker);
    this.changed.fire({ kind: 'order' });
    this.changed.fire({ kind: 'state' });
    await worker.client.close(false);
  }

  private close(): void {
    this.parts.onClose();
    void this.client.close(this.parts.keepsCopy());
  }

  private async move(direction: 'undo' | 'redo'): Promise<void> {
    const applied = await this.client.request(direction, null);
    if (applied === null) return;
    this.lastWork = undefined;
    this.history[direction]();
    this.tell(applied);
  }

  private tell({ touched, count }: Applied): void {
    this.progress = { ...this.progress, count };
    if (touched.order) this.changed.fire({ kind: 'order' });
    else this.changed.fire({ kind: 'content', ids: touched.ids });
  }

  private listen(worker: OpenedWorker): void {
    worker.listen((progress) => {
      if (this.worker !== worker) return;
      this.progress = progress;
      this.changed.fire({ kind: 'read' });
      if (progress.readOnly !== undefined) this.changed.fire({ kind: 'state' });
    });
  }
}
