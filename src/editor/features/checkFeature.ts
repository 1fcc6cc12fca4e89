import * as vscode from 'vscode';
import type { Checker } from '../checks/checker';
import { diagnosticOf, type FindingDiagnostic } from '../checks/findings';
import { mendDataset } from '../checks/mendDataset';
import { editTo } from '../checks/replaceText';
import type { EditorParts } from '../contract';
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
  private timer: NodeJS.Timeout | undefined;

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
        if (this.checked.has(document.uri.toString())) void this.again(document);
      }),
    );
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.checkSoon(document);
      }),
    );
    this._register({ dispose: () => clearTimeout(this.timer) });
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
        const action = this.actionOf(document, say(wording), [id]);
        action.diagnostics = [diagnostic];
        action.isPreferred = index === 0 && finding.fixes[0]?.safe === true;
        return action;
      }),
    );
    const safe = found.filter(({ finding }) => finding.fixes.some((fix) => fix.safe));
    if (here.length === 0 || safe.length < 2) return actions;
    const title = vscode.l10n.t('Make all {0} safe fixes of this data set', safe.length);
    return [...actions, this.actionOf(document, title, 'safe')];
  }

  private actionOf(
    document: vscode.TextDocument,
    title: string,
    fixes: readonly string[] | 'safe',
  ): vscode.CodeAction {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = this.command.command(title, () => this.mend(document, fixes));
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
            if (this.isOpenDataset(each) && !(await saveFile(each))) continue;
            const document = await vscode.workspace.openTextDocument(each);
            count += await this.show(document, stop.signal);
          }
        },
      );
    } catch (error) {
      this.failures.show(error);
      return;
    }
    if (count > 0) {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      return;
    }
    void vscode.window.showInformationMessage(t('Nothing was found.'));
  }

  /** Puts what is found in a document into the Problems view. */
  private async show(document: vscode.TextDocument, signal: AbortSignal): Promise<number> {
    const { version } = document;
    const findings = await this.checker.check(document, signal);
    if (document.version !== version) return this.show(document, signal);
    const found = findings.map((finding) => diagnosticOf(finding, document));
    this.checked.set(document.uri.toString(), found);
    this.diagnostics.set(
      document.uri,
      found.map(({ diagnostic }) => diagnostic),
    );
    return found.length;
  }

  private async mend(
    document: vscode.TextDocument,
    fixes: readonly string[] | 'safe',
  ): Promise<void> {
    try {
      const { signal } = new AbortController();
      const { version } = document;
      if (this.isOpenDataset(document.uri)) await saveFile(document.uri);
      const text = await this.checker.mend(document, fixes, signal);
      const isMended =
        text !== undefined && document.version === version && (await this.take(document, text));
      if (!isMended) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The data set has changed. It was checked again.'),
        );
      }
      await this.show(document, signal);
    } catch (error) {
      this.failures.show(error);
    }
  }

  /** Gives the document its mended text, in the data-set editor where it is open there. */
  private async take(document: vscode.TextDocument, text: string): Promise<boolean> {
    const dataset = this.parts.datasets.documentOf(document.uri);
    if (dataset === undefined || document.isDirty) {
      return vscode.workspace.applyEdit(await editTo(document, text));
    }
    const { taxonomy } = this.parts.labels.of(document.uri);
    if (!(await mendDataset(dataset, document.getText(), text, taxonomy))) return false;
    return saveFile(document.uri);
  }

  private isOpenDataset(uri: vscode.Uri): boolean {
    return this.parts.datasets.documentOf(uri) !== undefined;
  }

  /** After a pause in the changes; what stands in the Problems view meanwhile is as of before. */
  private checkSoon(document: vscode.TextDocument): void {
    if (!this.checked.has(document.uri.toString())) return;
    if (document.offsetAt(new vscode.Position(document.lineCount, 0)) > checkedWhileChanged) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.again(document), pauseMilliseconds);
  }

  private async again(document: vscode.TextDocument): Promise<void> {
    try {
      await this.show(document, new AbortController().signal);
    } catch (error) {
      this.failures.showOnce(error);
    }
  }

  private forget(uri: vscode.Uri): void {
    this.checked.delete(uri.toString());
    this.diagnostics.delete(uri);
  }
}
