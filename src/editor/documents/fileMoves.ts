import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { AnnotationPlaces } from './annotationPlaces';
import { isMissing, stampOf } from './atomicFile';
import type { Journal } from './journal';
import type { OpenSessions } from './sessions';

type Move = { readonly from: vscode.Uri; readonly to: vscode.Uri };

/**
 * Lets annotations follow their documents when VS Code renames, moves or deletes files and folders:
 * their files in the workspace as part of the same operation, what is in the storage after it.
 */
export class FileMoves extends Disposable {
  constructor(
    private readonly places: AnnotationPlaces,
    private readonly journal: Journal,
    private readonly sessions: OpenSessions,
    private readonly onFailure: (error: unknown) => void,
  ) {
    super();
    const { workspace } = vscode;
    this._register(
      workspace.onWillRenameFiles((event) => event.waitUntil(this.editForRename(event.files))),
    );
    this._register(
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) void this.move({ from: oldUri, to: newUri });
      }),
    );
    this._register(
      workspace.onWillDeleteFiles((event) => event.waitUntil(this.editForDelete(event.files))),
    );
    this._register(
      workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) void this.forget(uri);
      }),
    );
  }

  private async editForRename(
    files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[],
  ): Promise<vscode.WorkspaceEdit> {
    const edit = new vscode.WorkspaceEdit();
    const named = new Set(files.map(({ oldUri }) => oldUri.toString()));
    for (const { oldUri, newUri } of files) {
      for (const { from, to } of this.places.followers(oldUri, newUri).workspace) {
        const isFree = !named.has(from.toString()) && (await stampOf(to)) === undefined;
        if (isFree && (await isThere(from))) edit.renameFile(from, to);
      }
    }
    return edit;
  }

  private async editForDelete(files: readonly vscode.Uri[]): Promise<vscode.WorkspaceEdit> {
    const edit = new vscode.WorkspaceEdit();
    const named = new Set(files.map((uri) => uri.toString()));
    for (const uri of files) {
      for (const { from } of this.places.followers(uri, uri).workspace) {
        if (named.has(from.toString()) || !(await isThere(from))) continue;
        edit.deleteFile(from, { recursive: true, ignoreIfNotExists: true });
      }
    }
    return edit;
  }

  private async move({ from, to }: Move): Promise<void> {
    try {
      const moved = await this.journal.moveBelow(from.toString(), to.toString());
      for (const one of this.places.followers(from, to).storage) {
        if (await isThere(one.from)) await vscode.workspace.fs.rename(one.from, one.to);
      }
      for (const session of [...this.sessions.all]) {
        if (moved.includes(session.key) || isBelow(session.key, to)) await session.restoreAgain();
      }
    } catch (error) {
      this.onFailure(error);
    }
  }

  private async forget(uri: vscode.Uri): Promise<void> {
    try {
      await this.journal.removeBelow(uri.toString());
      for (const { from } of this.places.followers(uri, uri).storage) {
        await vscode.workspace.fs.delete(from, { recursive: true }).then(undefined, (error) => {
          if (!isMissing(error)) throw error;
        });
      }
    } catch (error) {
      this.onFailure(error);
    }
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return (await stampOf(uri).catch(() => undefined)) !== undefined;
}

function isBelow(key: string, uri: vscode.Uri): boolean {
  return key === uri.toString() || key.startsWith(`${uri.toString()}/`);
}
