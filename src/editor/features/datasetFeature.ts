import * as vscode from 'vscode';
import { findFormat, formats } from '../../core/formats/formats';
import { requireDocuments } from '../../host/datasets/bratFiles';
import { isRecognised } from '../../host/datasets/datasetKind';
import { ContextKey } from '../contextKey';
import type { Datasets } from '../contract';
import { datasetEditor } from '../contributions';
import type { ChosenEncodings } from '../datasets/chosenEncodings';
import { DatasetDocument } from '../datasets/datasetDocument';
import { sourceOf } from '../datasets/datasetSource';
import type { NewDatasets } from '../datasets/newDatasets';
import { takeTurns } from '../../engines/turns';
import { Disposable } from '../disposable';
import type { Failures } from '../failures';
import { say } from '../wording';

/** UTF-16 units of a document's beginning that show whether it is a data set. */
const HEAD = 65_536;

/** "Open as Data Set", its button for files that are one, "Open Folder as Data Set…", "Reopen Data Set with Encoding…" and "New Data Set…". */
export class DatasetFeature extends Disposable {
  private readonly isDataset = new ContextKey('dynamicner.isDataset');

  constructor(
    private readonly newDatasets: NewDatasets,
    private readonly encodings: ChosenEncodings,
    private readonly datasets: Datasets,
    private readonly failures: Failures,
  ) {
    super();
    const { registerCommand } = vscode.commands;
    this._register(registerCommand('dynamicner.openDataset', (uri?: vscode.Uri) => this.open(uri)));
    this._register(
      registerCommand('dynamicner.openFolderAsDataset', (uri?: vscode.Uri) => this.openFolder(uri)),
    );
    this._register(
      registerCommand('dynamicner.reopenDatasetWithEncoding', () => this.chooseEncoding()),
    );
    this._register(registerCommand('dynamicner.newDataset', () => this.create()));
    const look = (): void => void this.look();
    this._register(vscode.window.onDidChangeActiveTextEditor(look));
    this._register(vscode.workspace.onDidSaveTextDocument(look));
    look();
  }

  private async look(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const is = document !== undefined && (await isDataset(document));
    if (document === vscode.window.activeTextEditor?.document) this.isDataset.set(is);
  }

  private async open(named?: vscode.Uri): Promise<void> {
    const shown = vscode.window.activeTextEditor?.document.uri ?? fileInFront();
    const uri = named ?? shown ?? (await askForFile());
    if (uri === undefined) return;
    await vscode.commands.executeCommand('vscode.openWith', uri, datasetEditor.viewType);
    if (this.datasets.documentOf(uri) !== undefined) await closeText(uri);
  }

  /** Opens a folder of brat, its documents as passages. */
  private async openFolder(named?: vscode.Uri): Promise<void> {
    const uri = named ?? (await askForFolder());
    if (uri === undefined) return;
    try {
      // Said before there is a tab: one that cannot be opened says it in a corner of an empty page.
      const source = await sourceOf(uri);
      if (source.kind === 'folder')
        await requireDocuments(source.folder, vscode.workspace.asRelativePath(uri));
      await vscode.commands.executeCommand('vscode.openWith', uri, datasetEditor.viewType);
    } catch (error) {
      this.failures.show(error);
    }
  }

  /** Reads the data set in front anew, in another encoding. */
  private async chooseEncoding(): Promise<void> {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputCustom)) return;
    const document = this.datasets.documentOf(input.uri);
    if (!(document instanceof DatasetDocument)) return;
    if (document.isDirty) {
      const message = vscode.l10n.t(
        'Save the data set, or undo its edits, before it is read anew.',
      );
      void vscode.window.showWarningMessage(message);
      return;
    }
    try {
      if (await this.encodings.choose(document.uri)) await document.reload();
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async create(): Promise<void> {
    const [dynamicner, ...others] = newFormats();
    const format = await vscode.window.showQuickPick(
      [...(dynamicner === undefined ? [] : [dynamicner]), ...others],
      { title: vscode.l10n.t('New Data Set'), placeHolder: vscode.l10n.t('Format') },
    );
    if (format === undefined) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `dataset${format.ending}`;
    const uri = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('New Data Set'),
      filters: { [format.label]: [format.ending.slice(1)] },
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
    if (uri === undefined) return;
    try {
      await this.newDatasets.create(uri, format.name);
      await this.open(uri);
    } catch (error) {
      this.failures.show(error);
    }
  }
}

/** The formats in which a new data set may be made, DynamicNER first. */
function newFormats() {
  const first = findFormat('dynamicner');
  return [first, ...formats.filter((format) => format !== first && format.name !== 'text')].flatMap(
    (format) =>
      format === undefined
        ? []
        : [
            {
              label: say(format.title),
              description: format.extensions.join(' '),
              name: format.name,
              ending: format.extensions[0] ?? '',
            },
          ],
  );
}

/** Whether a document is a data set; each format has a turn of its own, since some look for milliseconds. */
async function isDataset(document: vscode.TextDocument): Promise<boolean> {
  const name = document.uri.path.toLowerCase();
  if (!datasetEditor.endings.some((ending) => name.endsWith(ending))) return false;
  const range = new vscode.Range(new vscode.Position(0, 0), document.positionAt(HEAD));
  const head = new TextEncoder().encode(document.getText(range));
  const breath = takeTurns();
  for (const format of formats) {
    if (format.name === 'text') continue;
    if (isRecognised(format, head, name)) return true;
    await breath();
  }
  return false;
}

/**
 * Closes a file's text editor in the group in front, as when it is reopened with another editor. VS Code
 * keeps one history of undo for a file: what a text does on its own when the file is saved would come
 * before the data set's last edit.
 */
async function closeText(uri: vscode.Uri): Promise<void> {
  const texts = vscode.window.tabGroups.activeTabGroup.tabs.filter(
    ({ input, isDirty }) =>
      !isDirty && input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
  await vscode.window.tabGroups.close(texts, true);
}

/** The file of the tab in front, which need not be shown as text; none where it is a data set already. */
function fileInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText) return input.uri;
  const isOther =
    input instanceof vscode.TabInputCustom && input.viewType !== datasetEditor.viewType;
  return isOther ? input.uri : undefined;
}

async function askForFolder(): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Folder to Open as Data Set'),
      openLabel: vscode.l10n.t('Open as Data Set'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return uri;
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      openLabel: vscode.l10n.t('Open as Data Set'),
      canSelectMany: false,
    })) ?? [];
  return uri;
}
