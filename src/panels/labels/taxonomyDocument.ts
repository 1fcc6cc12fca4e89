import * as vscode from 'vscode';
import { InputError } from '../../core/errors';
import type { LabelList } from '../../core/labels/labelList';
import { editTaxonomy } from '../../core/labels/taxonomyFile/editTaxonomyFile';
import { labelListOf } from '../../core/labels/taxonomyFile/labelListOf';
import { readTaxonomyFile } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import type { TaxonomyEdit } from '../../core/labels/taxonomyFile/taxonomyEdit';
import {
  typeData,
  type TaxonomyFile,
  type TypeData,
} from '../../core/labels/taxonomyFile/taxonomyFile';
import type { SimilarSiblings } from '../../core/labels/taxonomyFile/similarSiblings';
import { findTaxonomyProblems } from '../../core/labels/taxonomyFile/taxonomyProblems';
import type { EditAnswer, LabelEditorState, LabelProblem } from '../../core/messages/labelEditor';
import { describeProblem } from '../../core/problem';
import { Disposable } from '../../editor/disposable';
import type { EngineAccess } from '../../editor/engine/engineAccess';
import { say, sayError } from '../../editor/wording';
import { describeFileError } from '../../editor/labels/describeFileError';
import type { RewriteOutcome } from '../../editor/labels/rewriteWorkspace';
import { findSimilarNames, onDidChangeVectors } from '../../editor/labels/similarNames';
import { displayNames } from './displayNames';
import type { LabelSource } from './labelSource';

/**
 * A taxonomy file as its pages show it. While its text cannot be read, the types are those of when it
 * last could.
 */
export class TaxonomyDocument extends Disposable implements LabelSource {
  private read: TaxonomyFile;
  private types: readonly TypeData[] = [];
  private shown: LabelEditorState;
  private previewed: LabelList | undefined;
  private wasDirty: boolean;
  private reverts = 0;
  private isMaking = false;
  /** The version that an edit of a page left; undefined after other changes. */
  private madeVersion: number | undefined;
  private editing: Promise<unknown> = Promise.resolve();
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly problemsChanged = this._register(new vscode.EventEmitter<void>());
  readonly onDidChangeProblems = this.problemsChanged.event;

  /**
   * @param showList Told what documents that use the file are to show.
   * @param make Makes edits of the document, one after the other, as one step; throws an InputError that says why not.
   * @param engine Whose label vectors names are compared by.
   */
  constructor(
    private readonly document: vscode.TextDocument,
    private readonly showList: (file: vscode.Uri, list: LabelList | undefined) => void,
    private readonly make: (edits: readonly TaxonomyEdit[]) => Promise<RewriteOutcome>,
    private readonly engine: EngineAccess,
  ) {
    super();
    this.wasDirty = document.isDirty;
    this.read = readTaxonomyFile(document.getText());
    this.shown = this.take(this.read);
    this._register(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document) this.follow(event);
      }),
    );
    this._register(onDidChangeVectors(engine, () => void this.compareNames()));
    this._register({ dispose: () => showList(document.uri, undefined) });
    this.tell();
    void this.compareNames();
  }

  get file(): vscode.Uri {
    return this.document.uri;
  }

  get list(): LabelList {
    return this.previewed ?? this.read.list;
  }

  get state(): LabelEditorState {
    return this.shown;
  }

  edit(version: number, edits: readonly TaxonomyEdit[]): Promise<EditAnswer> {
    // One after the other: VS Code refuses an edit of a text that another edit changes meanwhile.
    const answer = this.editing.then(() => this.editNow(version, edits));
    this.editing = answer.catch(() => undefined);
    return answer;
  }

  preview(version: number, edit: TaxonomyEdit | undefined): void {
    if (edit === undefined) {
      if (this.previewed === undefined) return;
      this.previewed = undefined;
    } else {
      if (this.document.version !== version || this.read.error !== undefined) return;
      const list = this.listWith(edit);
      if (list === undefined) return;
      this.previewed = list;
    }
    this.tell();
  }

  private async editNow(version: number, edits: readonly TaxonomyEdit[]): Promise<EditAnswer> {
    const { document } = this;
    if (document.version !== version) return { outcome: 'stale' };
    const before = this.previewed;
    let outcome: RewriteOutcome = 'refused';
    this.isMaking = true;
    try {
      outcome = await this.make(edits);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { outcome: 'refused', message: sayError(error) };
    } finally {
      this.isMaking = false;
      if (outcome !== 'done' && before !== undefined && this.previewed === before) {
        this.previewed = undefined;
        this.tell();
      }
    }
    if (outcome === 'refused') {
      return { outcome, message: vscode.l10n.t('The file cannot be changed.') };
    }
    if (outcome === 'dismissed') return { outcome };
    // An edit that says what is there already is made: the page waits for the state all the same.
    if (outcome === 'unchanged') this.changed.fire();
    return { outcome: 'done' };
  }

  private follow({ contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const { isDirty, version } = this.document;
    if (contentChanges.length > 0) this.madeVersion = this.isMaking ? version : undefined;
    // VS Code gives a revert up where an edit comes while it reads the file, and tells once more that
    // there is something to save. What a page had in the making is to be thrown away with the rest.
    else if (isDirty && this.wasDirty && this.madeVersion === version) void this.revertAgain();
    // Another text and nothing to save: an undo up to what was saved, else the file's own text came back.
    const isReverted = contentChanges.length > 0 && reason === undefined;
    if (isReverted && this.wasDirty && !isDirty) this.reverts++;
    this.wasDirty = isDirty;
    if (contentChanges.length > 0) this.update();
  }

  private async revertAgain(): Promise<void> {
    this.madeVersion = undefined;
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const isInFront =
      input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
    if (!isInFront || input.uri.toString() !== this.file.toString()) return;
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }

  private update(): void {
    const read = readTaxonomyFile(this.document.getText());
    this.previewed = undefined;
    this.shown = this.take(read);
    this.changed.fire();
    this.tell();
    void this.compareNames();
  }

  /** Adds the siblings that the engine hardly tells apart to the problems. */
  private async compareNames(): Promise<void> {
    const { read, shown } = this;
    if (shown.readOnly !== null) return;
    const similar = await findSimilarNames(read, this.engine);
    const had = shown.problems.some(({ kind }) => kind === 'similar-siblings');
    if (this.isDisposed || this.shown !== shown || (similar.length === 0 && !had)) return;
    this.shown = { ...shown, problems: problemsOf(read, similar) };
    this.problemsChanged.fire();
  }

  /** The list with an edit; undefined where the edit cannot be made, as while a name is typed that another type has. */
  private listWith(edit: TaxonomyEdit): LabelList | undefined {
    try {
      const { types, levels } = editTaxonomy({ types: this.types, levels: this.read.levels }, edit);
      return labelListOf(types, levels);
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }

  private tell(): void {
    this.showList(this.document.uri, this.list);
  }

  /** Takes what was read, unless it is no taxonomy: then only why. */
  private take(read: TaxonomyFile): LabelEditorState {
    const { document } = this;
    const { error } = read;
    const isBroken = error !== undefined;
    if (!isBroken || this.types.length === 0) {
      this.read = read;
      this.types = read.types.map(typeData);
    }
    return {
      title: read.name ?? vscode.workspace.asRelativePath(document.uri),
      version: document.version,
      reverts: this.reverts,
      readOnly: isBroken
        ? {
            why: 'broken',
            message: say(describeFileError(error)),
            line: error.line,
            column: error.column,
          }
        : null,
      levels: [...this.read.levels],
      types: [...this.types],
      displayNames: { ...displayNames() },
      problems: isBroken ? [] : problemsOf(read),
    };
  }
}

function problemsOf(file: TaxonomyFile, similar?: readonly SimilarSiblings[]): LabelProblem[] {
  return findTaxonomyProblems(file, similar).map((problem) => ({
    kind: problem.kind,
    severity: problem.severity,
    message: say(describeProblem(problem)),
    ...(problem.place === undefined ? {} : { place: [...problem.place] }),
    fixes: problem.fixes.map(({ title, edit }) => ({ title: say(title), edit })),
  }));
}
