import * as vscode from 'vscode';
import { fileOf, textOf } from '../checks/checkedText';
import type { Checker } from '../checks/checker';
import { diagnosticOf, type FindingDiagnostic, type ShownFinding } from '../checks/findings';
import { mendDataset } from '../checks/mendDataset';
import { editTo } from '../checks/replaceText';
import type { EditorParts } from '../contract';
import type { OpenDataset } from '../datasets/contract';
import { Disposable } from '../disposable';
import { activeFile, saveFile } from '../documents/activeFile';
import type { Failures } from '../failures';
import { say } from '../wording';
import { TokenCommand } from './tokenCommand';

/** Fixes of one finding that are offered; a mention with more types is a case for the file itself. */
const fixesShown = 5;

/** Units of the longest text that is checked again while it changes; longer ones when they are saved. */
const checkedWhileChanged = 2_000_000;
const pauseMilliseconds = 1000;

/**
 * "Check Data Set": what is wrong in data sets goes to the Problems view, with quick fixes. A file that
 * was checked is checked again when it changes or is saved.
 */
export class CheckFeature extends Disposable implements vscode.CodeActionProvider {
  private readonly diagnostics = this._register(
    vscode.languages.createDiagnosticCollection('dynamicner'),
  );
  private readonly command = this._register(new TokenCommand('dynamicner.check.run'));
  private readonly checked = new Map<string, readonly FindingDiagnostic[]>();
  /** The check of each file that was begun last, and those that wait for a pause. */
  private readonly runs = new Map<string, object>();
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly parts: Pick<EditorParts, 'datasets' | 'labels'>,
    private readonly checker: Checker,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand(
        'dynamicner.checkDataset',
        (uri?: vscode.Uri, uris?: readonly vscode.Uri[]) => this.check(uri, uris),
      ),
    );
    this._register(
      vscode.languages.registerCodeActionsProvider('*', this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this._register(
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (this.datasetOf(document.uri) === undefined) void this.again(document.uri);
      }),
    );
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && !isLong(document)) this.checkSoon(document.uri);
      }),
    );
    this._register(parts.datasets.onDidSave(({ uri }) => this.checkSoon(uri)));
    this._register({
      dispose: () => {
        for (const timer of this.waiting.values()) clearTimeout(timer);
      },
    });
    this._register(
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.forget(uri);
      }),
    );
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (context.only !== undefined && !context.only.contains(vscode.CodeActionKind.QuickFix)) {
      return [];
    }
    const found = this.checked.get(document.uri.toString()) ?? [];
    const here = found.filter(
      ({ diagnostic, finding }) =>
        finding.fixes.length > 0 && diagnostic.range.intersection(range) !== undefined,
    );
    const actions = here.flatMap(({ diagnostic, finding }) =>
      finding.fixes.slice(0, fixesShown).map(({ id, wording }, index) => {
        const action = this.actionOf(document.uri, say(wording), [id]);
        action.diagnostics = [diagnostic];
        action.isPreferred = index === 0 && finding.fixes[0]?.safe === true;
        return action;
      }),
    );
    const safe = found.filter(({ finding }) => finding.fixes.some((fix) => fix.safe));
    if (here.length === 0 || safe.length < 2) return actions;
    const title = vscode.l10n.t('Make all {0} safe fixes of this data set', safe.length);
    return [...actions, this.actionOf(document.uri, title, 'safe')];
  }

  private actionOf(
    uri: vscode.Uri,
    title: string,
    fixes: readonly string[] | 'safe',
  ): vscode.CodeAction {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = this.command.command(title, () => this.mend(uri, fixes));
    return action;
  }

  private async check(uri?: vscode.Uri, uris?: readonly vscode.Uri[]): Promise<void> {
    const { t } = vscode.l10n;
    const active = activeFile() ?? vscode.window.activeTextEditor?.document.uri;
    const chosen = uris ?? (uri === undefined ? (active === undefined ? [] : [active]) : [uri]);
    if (chosen.length === 0) {
      void vscode.window.showInformationMessage(t('Open a data set to check it.'));
      return;
    }
    let count = 0;
    try {
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: t('Checking data sets'),
          cancellable: true,
        },
        async (progress, token) => {
          const stop = new AbortController();
          token.onCancellationRequested(() => stop.abort());
          for (const each of chosen) {
            progress.report({ message: vscode.workspace.asRelativePath(each) });
            // What its editor shows, and the checks read, is to be the same.
            if (this.datasetOf(each) !== undefined && !(await saveFile(each))) continue;
            count += await this.show(each, stop.signal);
          }
        },
      );
    } catch (error) {
      this.failures.show(error);
      return;
    }
    if (count === 0) {
      void vscode.window.showInformationMessage(t('Nothing was found.'));
      return;
    }
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    const [only] = chosen;
    if (chosen.length === 1 && only !== undefined && this.datasetOf(only) !== undefined) {
      void this.offerFixes(only);
    }
  }

  /** The Problems view has quick fixes only where a file is open as text. */
  private async offerFixes(uri: vscode.Uri): Promise<void> {
    const { t } = vscode.l10n;
    const found = this.checked.get(uri.toString()) ?? [];
    const safe = found.filter(({ finding }) => finding.fixes.some((fix) => fix.safe)).length;
    if (safe === 0) return;
    const fix = t('Make Safe Fixes');
    const chosen = await vscode.window.showInformationMessage(
      found.length === 1
        ? t('1 finding can be mended without changing a meaning.')
        : t('{0} of {1} findings can be mended without changing a meaning.', safe, found.length),
      fix,
    );
    if (chosen === fix) await this.mend(uri, 'safe');
  }

  /** Puts what is found in a file into the Problems view; returns how much that is. */
  private async show(uri: vscode.Uri, signal: AbortSignal): Promise<number> {
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    const run = {};
    this.runs.set(key, run);
    const findings = await this.findings(uri, signal);
    const found = findings.map((finding) => diagnosticOf(finding, uri));
    if (this.runs.get(key) !== run) return found.length;
    this.checked.set(key, found);
    this.diagnostics.set(
      uri,
      found.map(({ diagnostic }) => diagnostic),
    );
    return found.length;
  }

  private async findings(uri: vscode.Uri, signal: AbortSignal): Promise<readonly ShownFinding[]> {
    const dataset = this.datasetOf(uri);
    if (dataset !== undefined) return this.checker.check(fileOf(dataset), signal);
    const document = await vscode.workspace.openTextDocument(uri);
    const { version } = document;
    const findings = await this.checker.check(textOf(document), signal);
    return document.version === version ? findings : this.findings(uri, signal);
  }

  private async mend(uri: vscode.Uri, fixes: readonly string[] | 'safe'): Promise<void> {
    try {
      const { signal } = new AbortController();
      const dataset = this.datasetOf(uri);
      if (dataset !== undefined && !(await saveFile(uri))) return;
      const isMended =
        dataset === undefined
          ? await this.mendText(uri, fixes, signal)
          : await this.mendOpen(dataset, fixes, signal);
      if (!isMended) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The data set has changed. It was checked again.'),
        );
      }
      await this.show(uri, signal);
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async mendText(
    uri: vscode.Uri,
    fixes: readonly string[] | 'safe',
    signal: AbortSignal,
  ): Promise<boolean> {
    const document = await vscode.workspace.openTextDocument(uri);
    const { version } = document;
    const text = await this.checker.mend(textOf(document), fixes, signal);
    if (text === undefined || document.version !== version) return false;
    return vscode.workspace.applyEdit(await editTo(document, text));
  }

  private async mendOpen(
    dataset: OpenDataset,
    fixes: readonly string[] | 'safe',
    signal: AbortSignal,
  ): Promise<boolean> {
    const file = fileOf(dataset);
    const mended = await this.checker.mend(file, fixes, signal);
    if (mended === undefined) return false;
    const { taxonomy } = this.parts.labels.of(dataset.uri);
    if (!(await mendDataset(dataset, file.pieces(), mended, taxonomy))) return false;
    return saveFile(dataset.uri);
  }

  /** The open data set of a file, unless a text editor holds another text of it. */
  private datasetOf(uri: vscode.Uri): OpenDataset | undefined {
    const key = uri.toString();
    const isEdited = vscode.workspace.textDocuments.some(
      (one) => one.isDirty && one.uri.toString() === key,
    );
    return isEdited ? undefined : this.parts.datasets.documentOf(uri);
  }

  /** After a pause in the changes; what stands in the Problems view meanwhile is as of before. */
  private checkSoon(uri: vscode.Uri): void {
    const key = uri.toString();
    if (!this.checked.has(key)) return;
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => void this.again(uri), pauseMilliseconds),
    );
  }

  private async again(uri: vscode.Uri): Promise<void> {
    if (!this.checked.has(uri.toString())) return;
    try {
      await this.show(uri, new AbortController().signal);
    } catch (error) {
      this.failures.showOnce(error);
    }
  }

  private forget(uri: vscode.Uri): void {
    this.checked.delete(uri.toString());
    this.runs.delete(uri.toString());
    this.diagnostics.delete(uri);
  }
}

function isLong(document: vscode.TextDocument): boolean {
  return document.offsetAt(new vscode.Position(document.lineCount, 0)) > checkedWhileChanged;
}
