import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { InputError, wordingOf } from '../../core/errors';
import { dynamicNerLabels } from '../../core/labels/dynamicner';
import { LabelList } from '../../core/labels/labelList';
import { parseLabelFile } from '../../core/labels/labelFile';
import type { Taxonomy } from '../../core/labels/taxonomy';
import { describeProblem } from '../../core/problem';
import { phrase, phraseText } from '../../core/messages/phrase';
import type { Labels } from '../contract';
import { Disposable } from '../disposable';
import { activeDocument } from '../documents/sessions';
import type { Settings } from '../settings';

/** A label list once it was read, and the watcher of its file. */
interface Source {
  list: LabelList;
  reading: Promise<void>;
}

/**
 * The label list that the setting names for each document: a file, names, or the built-in taxonomy.
 * A file that cannot be read is named once, and the last list that could be read stays in force.
 */
export class LabelsInForce extends Disposable implements Labels {
  private readonly sources = new Map<string, Source>();
  /** Lists of files that are open in the label editor, as they are there, by their URIs. */
  private readonly edited = new Map<string, LabelList>();
  /** The list that was last told of. */
  private shown = dynamicNerLabels;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;

  /** @param onError Told with each file that could not be read, at each change of it. */
  constructor(
    private readonly settings: Settings,
    private readonly log: vscode.LogOutputChannel,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this._register(settings.onDidChange(['labels'], () => void this.follow()));
    this._register(vscode.window.onDidChangeActiveTextEditor(() => void this.follow()));
    void this.follow();
  }

  /** Reads the list of the active document, and tells when it is another one than before. */
  private async follow(): Promise<void> {
    const list = await this.ready(activeDocument()?.uri);
    if (list === this.shown) return;
    this.shown = list;
    this.changed.fire();
  }

  get list(): LabelList {
    return this.of(activeDocument()?.uri);
  }

  get taxonomy(): Taxonomy {
    return this.list.taxonomy;
  }

  /** The list for a document as far as it is read; see `ready`. */
  of(uri: vscode.Uri | undefined): LabelList {
    const key = this.keyOf(uri);
    return this.edited.get(key) ?? this.sources.get(key)?.list ?? dynamicNerLabels;
  }

  /** The file that the list for a document is read from; undefined where it is not from a file. */
  fileFor(uri: vscode.Uri | undefined): vscode.Uri | undefined {
    const value = this.settings.get('labels', uri);
    return typeof value === 'string' && value !== '' ? fileOf(value, uri) : undefined;
  }

  /**
   * Puts a list in the place of the one that a file has on disk, for as long as somebody edits it;
   * undefined ends that.
   */
  edit(file: vscode.Uri, list: LabelList | undefined): void {
    const key = file.toString();
    if (this.edited.get(key) === list) return;
    if (list === undefined) this.edited.delete(key);
    else this.edited.set(key, list);
    this.changed.fire();
  }

  /** The list for a document, once its file has been read. */
  async ready(uri: vscode.Uri | undefined): Promise<LabelList> {
    const value = this.settings.get('labels', uri);
    if (value.length === 0) return dynamicNerLabels;
    const key = this.keyOf(uri);
    const edited = this.edited.get(key);
    if (edited !== undefined) return edited;
    let source = this.sources.get(key);
    if (source === undefined) {
      source = { list: dynamicNerLabels, reading: Promise.resolve() };
      this.sources.set(key, source);
      source.reading = this.open(source, value, uri);
    }
    await source.reading;
    return source.list;
  }

  private open(
    source: Source,
    value: string | readonly string[],
    uri: vscode.Uri | undefined,
  ): Promise<void> {
    if (typeof value !== 'string') {
      return this.attempt(source, () =>
        Promise.resolve(LabelList.flat(value.map((name) => ({ name })))),
      );
    }
    const file = fileOf(value, uri);
    const read = (): Promise<LabelList> => this.read(file);
    const watcher = this._register(
      vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), path.posix.basename(file.path)),
      ),
    );
    const again = (): void => {
      source.reading = this.attempt(source, read).then(() => this.changed.fire());
    };
    this._register(watcher.onDidChange(again));
    this._register(watcher.onDidCreate(again));
    return this.attempt(source, read);
  }

  private async read(file: vscode.Uri): Promise<LabelList> {
    const name = vscode.workspace.asRelativePath(file);
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(file);
    } catch (error) {
      throw new InputError(
        phrase`The label list file cannot be read (${wordingOf(error)})`,
        phrase`Correct the path in the setting "dynamicner.labels", or make the file readable.`,
        { source: name },
      );
    }
    const { list, problems } = parseLabelFile(new TextDecoder().decode(bytes), name);
    for (const problem of problems) {
      this.log.warn(`${name}:${problem.line ?? 1}: ${phraseText(describeProblem(problem))}`);
    }
    return list;
  }

  private async attempt(source: Source, read: () => Promise<LabelList>): Promise<void> {
    try {
      source.list = await read();
    } catch (error) {
      this.onError(error);
    }
  }

  private keyOf(uri: vscode.Uri | undefined): string {
    const value = this.settings.get('labels', uri);
    if (value.length === 0) return '';
    if (typeof value !== 'string') return JSON.stringify(value);
    return fileOf(value, uri).toString();
  }
}

/** The file that a setting names: absolute, in the home folder, or below the workspace folder of a document. */
function fileOf(value: string, uri: vscode.Uri | undefined): vscode.Uri {
  const file = value.replace(/^~(?=[/\\]|$)/u, homedir());
  if (path.isAbsolute(file)) return vscode.Uri.file(file);
  const folder =
    (uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(uri)) ??
    vscode.workspace.workspaceFolders?.[0];
  return folder === undefined
    ? vscode.Uri.file(path.resolve(homedir(), file))
    : vscode.Uri.joinPath(folder.uri, ...file.split(/[/\\]/u));
}
