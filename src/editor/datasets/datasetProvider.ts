import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { DatasetClient } from '../../host/datasets/client';
import type { ReadProgress } from '../../host/datasets/contract';
import type { Failures } from '../failures';
import type { LabelsInForce } from '../labels/labelsInForce';
import type { Settings } from '../settings';
import { Disposable } from '../disposable';
import type { ChosenEncodings } from './chosenEncodings';
import type { DatasetPages } from './contract';
import { DatasetDocument, type OpenedWorker } from './datasetDocument';
import { DatasetFiles } from './datasetFiles';
import { saveText, sourceOf } from './datasetSource';
import { DatasetSaving } from './datasetSaving';

export interface DatasetProviderParts {
  /** The worker's program, `dist/dataset.js`. */
  readonly script: string;
  /** A folder of ours for working copies. */
  readonly storage: string;
  readonly settings: Settings;
  readonly labels: LabelsInForce;
  readonly failures: Failures;
  readonly pages: DatasetPages;
  /** The format that a file was made in where it does not show one yet. */
  readonly formatOf: (uri: vscode.Uri) => string | undefined;
  readonly encodings: ChosenEncodings;
}

/** Opens files as data sets, and saves, reverts and backs them up as VS Code asks. */
export class DatasetEditorProvider
  extends Disposable
  implements vscode.CustomEditorProvider<DatasetDocument>
{
  private readonly changed = this._register(
    new vscode.EventEmitter<vscode.CustomDocumentEditEvent<DatasetDocument>>(),
  );
  readonly onDidChangeCustomDocument = this.changed.event;
  private readonly changedContent = this._register(new vscode.EventEmitter<DatasetDocument>());
  readonly onDidChange = this.changedContent.event;
  private readonly saved = this._register(new vscode.EventEmitter<DatasetDocument>());
  readonly onDidSave = this.saved.event;
  private readonly files: DatasetFiles;
  private readonly saving: DatasetSaving;
  private readonly open = new Map<string, DatasetDocument>();
  private readonly backups = new Map<DatasetDocument, string>();

  constructor(private readonly parts: DatasetProviderParts) {
    super();
    this.files = new DatasetFiles(path.join(parts.storage, 'datasets'));
    this.saving = new DatasetSaving(this.files, parts.failures);
    this._register(parts.labels.onDidChange(() => void this.followLabels()));
  }

  /** The open data set of a file. */
  documentOf(uri: vscode.Uri): DatasetDocument | undefined {
    return this.open.get(uri.toString());
  }

  get all(): Iterable<DatasetDocument> {
    return this.open.values();
  }

  async openCustomDocument(
    uri: vscode.Uri,
    { backupId }: vscode.CustomDocumentOpenContext,
  ): Promise<DatasetDocument> {
    if (backupId === undefined) await saveText(uri);
    const worker = await this.openWorker(uri, backupId);
    const document: DatasetDocument = new DatasetDocument(
      uri,
      worker,
      {
        open: () => this.openWorker(uri),
        annotator: () => this.parts.settings.get('annotator').trim() || undefined,
        keepsCopy: () => this.backups.has(document),
        onClose: () => {
          watching.dispose();
          if (this.documentOf(uri) === document) this.open.delete(uri.toString());
        },
      },
      backupId !== undefined,
    );
    this.open.set(uri.toString(), document);
    if (backupId !== undefined) this.backups.set(document, backupId);
    document.onDidEdit((step) => this.changed.fire({ document, ...step }));
    document.onDidChange(({ kind }) => {
      if (kind === 'content' || kind === 'order') this.changedContent.fire(document);
      if (kind === 'state' && !document.isDirty) this.saved.fire(document);
    });
    const watching = this.saving.watch(document);
    return document;
  }

  resolveCustomEditor(document: DatasetDocument, panel: vscode.WebviewPanel): void {
    const page = this.parts.pages.show(document, panel);
    panel.onDidDispose(() => {
      page.dispose();
    });
  }

  async saveCustomDocument(
    document: DatasetDocument,
    _cancellation: vscode.CancellationToken,
  ): Promise<void> {
    await this.saving.save(document);
  }

  async saveCustomDocumentAs(document: DatasetDocument, destination: vscode.Uri): Promise<void> {
    await this.saving.saveAs(document, destination);
  }

  async revertCustomDocument(document: DatasetDocument): Promise<void> {
    const state = await document.client.request('compare', null);
    if (state === 'same' && (await document.returnToSaved())) return;
    await document.reload();
  }

  async backupCustomDocument(
    document: DatasetDocument,
    { destination }: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    const file = destination.fsPath;
    await mkdir(path.dirname(file), { recursive: true });
    await document.client.request('backup', file);
    await this.files.noteBackup(document.copy, file);
    this.backups.set(document, file);
    return {
      id: file,
      delete: () => {
        if (this.backups.get(document) === file) this.backups.delete(document);
        void rm(file, { force: true });
      },
    };
  }

  /** Bare names of types get their paths from the label list in force. */
  private async followLabels(): Promise<void> {
    for (const document of this.open.values()) {
      const labels = await this.parts.labels.ready(document.uri);
      await document.useLabels(labels.toSpec()).catch((error: unknown) => {
        this.parts.failures.showOnce(error);
      });
    }
  }

  private async openWorker(uri: vscode.Uri, backup?: string): Promise<OpenedWorker> {
    const encoding = this.parts.encodings.of(uri);
    const format = this.parts.formatOf(uri);
    const labels = await this.parts.labels.ready(uri);
    let progress: ReadProgress = { count: 0, share: 0 };
    let listener: ((progress: ReadProgress) => void) | undefined;
    const client = new DatasetClient(this.parts.script, (next) => {
      progress = next;
      listener?.(next);
    });
    try {
      const copy = await this.files.newCopy();
      const opened = await client.request('open', {
        source: await sourceOf(uri),
        name: path.posix.basename(uri.path),
        copy,
        labels: labels.toSpec(),
        encoding,
        ...(format === undefined ? {} : { format }),
        ...(backup === undefined ? {} : { backup }),
      });
      return {
        client,
        opened,
        labels: labels.toSpec().id,
        get progress() {
          return progress;
        },
        listen: (next) => (listener = next),
      };
    } catch (error) {
      await client.close(backup !== undefined);
      throw error;
    }
  }
}
