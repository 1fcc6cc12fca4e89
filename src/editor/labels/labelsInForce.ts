import * as vscode from 'vscode';
import { findBuiltInList } from '../../core/labels/builtInLists';
import { dynamicNerLabels } from '../../core/labels/dynamicner';
import { LabelList } from '../../core/labels/labelList';
import type { Taxonomy } from '../../core/labels/taxonomy';
import type { Labels } from '../contract';
import { Disposable } from '../disposable';
import { activeDocument } from '../documents/sessions';
import type { LearnedLabels } from '../learning/learnedLabels';
import type { Settings } from '../settings';
import { chooseLabels, type LabelChoice } from './labelChoice';
import { LabelSource, type SourceListener } from './labelSource';

/** Lines at the beginning of a document whose edits may change its front matter. */
const headLines = 100;

/**
 * The label list of each document: what its front matter, an association or the settings name, else
 * DynamicNER's taxonomy. A file that cannot be read is named once, and the last list that could be
 * read stays in force.
 */
export class LabelsInForce extends Disposable implements Labels {
  private readonly sources = new Map<string, LabelSource>();
  private readonly names = new Map<string, LabelList>();
  /** Lists that are shown for a while in place of those that are chosen, by document or file. */
  private readonly previews = new Map<string, LabelList>();
  /** The list that was last told of. */
  private shown = dynamicNerLabels;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly listener: SourceListener;

  /** @param onError Told with each file that could not be read, at each change of it. */
  constructor(
    private readonly settings: Settings,
    log: vscode.LogOutputChannel,
    onError: (error: unknown) => void,
    private readonly learned: LearnedLabels,
  ) {
    super();
    this._register(learned.onDidChange(() => this.changed.fire()));
    this.listener = {
      onChange: () => this.changed.fire(),
      onError,
      onProblem: (text) => log.warn(text),
    };
    this._register(
      settings.onDidChange(['labels', 'labelAssociations'], () => void this.tellOfAll()),
    );
    this._register(vscode.window.onDidChangeActiveTextEditor(() => void this.follow()));
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const isAtTop = contentChanges.some(({ range }) => range.start.line < headLines);
        if (isAtTop && this.changesChoice(document)) void this.tellOfAll();
      }),
    );
    this._register({
      dispose: () => {
        for (const source of this.sources.values()) source.dispose();
      },
    });
    void this.follow();
  }

  private readonly lastChoices = new Map<string, string>();

  get list(): LabelList {
    return this.of(activeDocument()?.uri);
  }

  get taxonomy(): Taxonomy {
    return this.list.taxonomy;
  }

  /** Which list a document has, and who chose it. */
  choiceOf(uri: vscode.Uri | undefined): LabelChoice {
    const choice = chooseLabels(uri, this.settings);
    if (uri !== undefined) this.lastChoices.set(uri.toString(), choice.key);
    return choice;
  }

  /** The list for a document as far as it is read; see `ready`. */
  of(uri: vscode.Uri | undefined): LabelList {
    const preview = uri === undefined ? undefined : this.previews.get(uri.toString());
    if (preview !== undefined) return preview;
    const choice = this.choiceOf(uri);
    return this.learned.of(choice.key, this.listOf(choice));
  }

  /** Names the list that is in force for a document: lists of the same key are the same. */
  key(uri: vscode.Uri | undefined): string {
    return this.choiceOf(uri).key;
  }

  /** The list for a document, once its file has been read. */
  async ready(uri: vscode.Uri | undefined): Promise<LabelList> {
    const choice = this.choiceOf(uri);
    if (choice.kind === 'file') await this.source(choice.file).ready;
    return this.of(uri);
  }

  /**
   * Shows another list in place of a document's own, or of the one that a label file holds, wherever
   * that is in force; without a list what is chosen comes back. No file or setting is changed.
   */
  preview(uri: vscode.Uri, list: LabelList | undefined): void {
    const key = uri.toString();
    if (this.previews.get(key) === list) return;
    if (list === undefined) this.previews.delete(key);
    else this.previews.set(key, list);
    this.changed.fire();
  }

  /** The file that the list for a document is read from; undefined where it is not from a file. */
  fileFor(uri: vscode.Uri | undefined): vscode.Uri | undefined {
    const choice = this.choiceOf(uri);
    return choice.kind === 'file' ? choice.file : undefined;
  }

  /**
   * Puts a list in the place of the one that a file has on disk, for as long as somebody edits it;
   * undefined ends that.
   */
  edit(file: vscode.Uri, list: LabelList | undefined): void {
    this.preview(file, list);
  }

  private listOf(choice: LabelChoice): LabelList {
    switch (choice.kind) {
      case 'built-in':
        return findBuiltInList(choice.name)?.list ?? dynamicNerLabels;
      case 'file':
        return this.previews.get(choice.key) ?? this.source(choice.file).list;
      case 'names': {
        let list = this.names.get(choice.key);
        if (list === undefined) {
          list = this.readNames(choice.names);
          this.names.set(choice.key, list);
        }
        return list;
      }
    }
  }

  private readNames(names: readonly string[]): LabelList {
    try {
      return LabelList.flat(names.map((name) => ({ name })));
    } catch (error) {
      this.listener.onError(error);
      return dynamicNerLabels;
    }
  }

  private source(file: vscode.Uri): LabelSource {
    const key = file.toString();
    let source = this.sources.get(key);
    if (source === undefined) {
      source = new LabelSource(file, this.listener);
      this.sources.set(key, source);
    }
    return source;
  }

  /** Whether a document with entities names another list in its text than before. */
  private changesChoice({ uri }: vscode.TextDocument): boolean {
    const before = this.lastChoices.get(uri.toString());
    return before !== undefined && this.choiceOf(uri).key !== before;
  }

  /** Reads the lists of all documents that were asked about, and tells of them. */
  private async tellOfAll(): Promise<void> {
    const uris = vscode.workspace.textDocuments.map(({ uri }) => uri);
    await Promise.all(
      uris.filter((uri) => this.lastChoices.has(uri.toString())).map((uri) => this.ready(uri)),
    );
    this.shown = await this.ready(activeDocument()?.uri);
    this.changed.fire();
  }

  /** Reads the list of the active document, and tells when it is another one than before. */
  private async follow(): Promise<void> {
    const list = await this.ready(activeDocument()?.uri);
    if (list === this.shown) return;
    this.shown = list;
    this.changed.fire();
  }
}
