import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SavedDataset } from '../../host/datasets/saveDataset';
import { sideFileOf } from '../../host/datasets/sideFile';
import { stampOf } from '../documents/atomicFile';
import type { Failures } from '../failures';
import { say } from '../wording';
import type { DatasetDocument } from './datasetDocument';
import type { DatasetFiles } from './datasetFiles';

/** Saves data sets, and looks after what other programs do to their files meanwhile. */
export class DatasetSaving {
  /** When files of other file systems were read or written last, as these say it. */
  private readonly modified = new Map<string, number>();

  constructor(
    private readonly files: DatasetFiles,
    private readonly failures: Failures,
  ) {}

  /** @throws vscode.CancellationError when the file has changed and the user wants none of both. */
  async save(document: DatasetDocument): Promise<void> {
    if ((await this.stateOnDisk(document)) === 'changed') {
      const choice = await askAboutConflict(document.uri);
      if (choice === 'reload') {
        await document.reload();
        return;
      }
      if (choice === 'saveAs') {
        const destination = await vscode.window.showSaveDialog({ defaultUri: document.uri });
        if (destination !== undefined) await this.saveAs(document, destination);
      }
      if (choice !== 'overwrite') throw new vscode.CancellationError();
    }
    const { uri } = document;
    if (uri.scheme === 'file') this.tellLosses(await document.saveTo(uri.fsPath, true), uri);
    else {
      await this.saveElsewhere(document, uri);
      document.noteSaved();
    }
  }

  async saveAs(document: DatasetDocument, destination: vscode.Uri): Promise<void> {
    const isOwn = destination.toString() === document.uri.toString();
    if (destination.scheme !== 'file') await this.saveElsewhere(document, destination);
    else this.tellLosses(await document.saveTo(destination.fsPath, isOwn), destination);
  }

  /** Reads the file anew when another program changes it and nothing would be lost. */
  watch(document: DatasetDocument): vscode.Disposable {
    const { uri } = document;
    if (uri.scheme !== 'file') {
      void this.noteModified(uri);
      return { dispose: () => this.modified.delete(uri.toString()) };
    }
    const watcher = vscode.workspace.createFileSystemWatcher(watchedFiles(document));
    const look = async (): Promise<void> => {
      if ((await this.stateOnDisk(document)) !== 'changed') return;
      if (!document.isDirty) await document.reload();
    };
    // Many files may change together: what comes during a look is looked at once, after it.
    let isLooking = false;
    let asked = false;
    const lookInTurn = async (): Promise<void> => {
      asked = true;
      if (isLooking) return;
      isLooking = true;
      try {
        while (asked) {
          asked = false;
          await look();
        }
      } finally {
        isLooking = false;
      }
    };
    const onChange = (): void => {
      lookInTurn().catch((error: unknown) => this.failures.showOnce(error));
    };
    watcher.onDidChange(onChange);
    watcher.onDidCreate(onChange);
    if (document.isFolder) watcher.onDidDelete(onChange);
    return watcher;
  }

  private async stateOnDisk(document: DatasetDocument): Promise<'same' | 'changed' | 'missing'> {
    const { uri } = document;
    if (uri.scheme === 'file') return document.client.request('compare', null);
    const before = this.modified.get(uri.toString());
    const now = await modifiedTime(uri);
    if (now === undefined) return 'missing';
    return before === undefined || before === now ? 'same' : 'changed';
  }

  private async saveElsewhere(document: DatasetDocument, uri: vscode.Uri): Promise<void> {
    const file = await this.files.newCopy();
    try {
      const saved = await document.saveTo(file, false);
      await vscode.workspace.fs.writeFile(uri, await readFile(file));
      const side = uri.with({ path: sideFileOf(uri.path, path.posix) });
      if (saved.beside > 0) {
        await vscode.workspace.fs.writeFile(side, await readFile(sideFileOf(file)));
      } else if ((await stampOf(side)) !== undefined) await vscode.workspace.fs.delete(side);
      this.tellLosses(saved, uri);
    } finally {
      await rm(file, { force: true });
      await rm(sideFileOf(file), { force: true });
    }
    await this.noteModified(uri);
  }

  private async noteModified(uri: vscode.Uri): Promise<void> {
    const time = await modifiedTime(uri);
    if (time !== undefined) this.modified.set(uri.toString(), time);
  }

  /** Each kind of loss is told once for a file; nothing is told of what the side file keeps. */
  private tellLosses({ losses }: SavedDataset, uri: vscode.Uri): void {
    if (losses.length === 0) return;
    this.failures.warnOnce(
      vscode.l10n.t(
        '“{0}” was saved, but its format cannot say everything: {1}',
        vscode.workspace.asRelativePath(uri),
        losses.map(({ message }) => say(message)).join(' '),
      ),
      [],
    );
  }
}

async function askAboutConflict(
  uri: vscode.Uri,
): Promise<'overwrite' | 'reload' | 'saveAs' | undefined> {
  const choices = {
    overwrite: vscode.l10n.t('Overwrite'),
    reload: vscode.l10n.t('Discard My Edits and Reload'),
    saveAs: vscode.l10n.t('Save As…'),
  } as const;
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      '“{0}” has been changed by another program since it was opened.',
      vscode.workspace.asRelativePath(uri),
    ),
    { modal: true, detail: vscode.l10n.t('Saving would replace what that program wrote.') },
    choices.overwrite,
    choices.reload,
    choices.saveAs,
  );
  return (['overwrite', 'reload', 'saveAs'] as const).find((name) => choices[name] === chosen);
}

async function modifiedTime(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).mtime;
  } catch {
    return undefined;
  }
}

/** The files in which a data set is kept. */
function watchedFiles({ uri, isFolder }: DatasetDocument): vscode.RelativePattern {
  if (isFolder) return new vscode.RelativePattern(uri, '**/*.{txt,ann}');
  const folder = vscode.Uri.joinPath(uri, '..');
  return new vscode.RelativePattern(folder, escapeGlob(path.posix.basename(uri.path)));
}

function escapeGlob(name: string): string {
  return name.replace(/[*?[\]{}]/gu, '[$&]');
}
