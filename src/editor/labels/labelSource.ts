import path from 'node:path';
import * as vscode from 'vscode';
import { InputError, wordingOf } from '../../core/errors';
import { dynamicNerLabels } from '../../core/labels/dynamicner';
import { parseLabelFile } from '../../core/labels/labelFile';
import type { LabelList } from '../../core/labels/labelList';
import { taxonomyFileEnding } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import { describeProblem } from '../../core/problem';
import { phrase, phraseText } from '../../core/messages/phrase';
import { Disposable } from '../disposable';

/** How long typing in an open label file rests before its list is read again, in milliseconds. */
const typingPause = 150;

/** What a source tells of. */
export interface SourceListener {
  /** Another list is in force. */
  onChange(): void;
  onError(error: unknown): void;
  onProblem(text: string): void;
}

/**
 * The label list of a file, read again when the file changes on disk or in an editor. While it cannot
 * be read the last list that could be stays in force.
 */
export class LabelSource extends Disposable {
  /** Resolves once the file has been read. */
  ready: Promise<void>;
  private now = dynamicNerLabels;
  private typing: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: vscode.Uri,
    private readonly listener: SourceListener,
  ) {
    super();
    this.ready = this.attempt(() => this.readFile());
    const watcher = this._register(
      vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), path.posix.basename(file.path)),
      ),
    );
    const again = (): void => {
      if (this.document?.isDirty === true) return;
      this.ready = this.attempt(() => this.readFile()).then(() => listener.onChange());
    };
    this._register(watcher.onDidChange(again));
    this._register(watcher.onDidCreate(again));
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.isOwn(document)) this.readSoon(document);
      }),
    );
    this._register({ dispose: () => clearTimeout(this.typing) });
  }

  get list(): LabelList {
    return this.now;
  }

  private get document(): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find((document) => this.isOwn(document));
  }

  private isOwn({ uri }: vscode.TextDocument): boolean {
    return uri.toString() === this.file.toString();
  }

  /** Half-typed text is no list: nobody is told of what is wrong with it, the Problems view shows it. */
  private readSoon(document: vscode.TextDocument): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      try {
        const { list } = parseLabelFile(document.getText(), this.name);
        const isSame = list.toSpec().id === this.now.toSpec().id;
        this.now = list;
        // Colours and names of levels are no part of what engines are given.
        if (!isSame || this.file.path.endsWith(taxonomyFileEnding)) this.listener.onChange();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }, typingPause);
  }

  private get name(): string {
    return vscode.workspace.asRelativePath(this.file);
  }

  private async readFile(): Promise<void> {
    const { document } = this;
    const text = document === undefined ? await this.readBytes() : document.getText();
    const { list, problems } = parseLabelFile(text, this.name);
    for (const problem of problems) {
      this.listener.onProblem(
        `${this.name}:${problem.line ?? 1}: ${phraseText(describeProblem(problem))}`,
      );
    }
    this.now = list;
  }

  private async readBytes(): Promise<string> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file));
    } catch (error) {
      throw new InputError(
        phrase`The label list file cannot be read (${wordingOf(error)})`,
        phrase`Correct the path in the setting "dynamicner.labels" or in the document’s front matter, or make the file readable.`,
        { source: this.name },
      );
    }
  }

  private async attempt(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.listener.onError(error);
    }
  }
}
