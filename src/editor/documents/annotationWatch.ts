import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { annotationEnding } from './annotationPlaces';
import type { OpenSessions } from './sessions';

/** Pause after a change: programs that replace a file remove it for a moment. */
const pauseMilliseconds = 200;

/** Looks at the files of annotations again when others may have written them. */
export class AnnotationWatch extends Disposable {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly sessions: OpenSessions) {
    super();
    const watcher = this._register(
      vscode.workspace.createFileSystemWatcher(`**/*${annotationEnding}`),
    );
    const ask = (): void => {
      this.timer ??= setTimeout(() => this.check(), pauseMilliseconds);
    };
    this._register(watcher.onDidChange(ask));
    this._register(watcher.onDidCreate(ask));
    this._register(watcher.onDidDelete(ask));
    // Files outside of the workspace are not watched.
    this._register(vscode.window.onDidChangeWindowState(({ focused }) => focused && ask()));
    this._register({ dispose: () => clearTimeout(this.timer) });
  }

  private check(): void {
    this.timer = undefined;
    for (const session of this.sessions.all) void session.checkFile();
  }
}
