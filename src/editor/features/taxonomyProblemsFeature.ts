import * as vscode from 'vscode';
import { readTaxonomyFile } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import type { TaxonomyEdit } from '../../core/labels/taxonomyFile/taxonomyEdit';
import {
  findType,
  type TaxonomyFile,
  type TaxonomyProblem,
  type TextPlace,
} from '../../core/labels/taxonomyFile/taxonomyFile';
import { nameOf } from '../../core/labels/taxonomyFile/problemFixes';
import { findTaxonomyProblems } from '../../core/labels/taxonomyFile/taxonomyProblems';
import { describeProblem } from '../../core/problem';
import { Disposable } from '../disposable';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import { describeFileError } from '../labels/describeFileError';
import type { LabelsInForce } from '../labels/labelsInForce';
import { rewriteWorkspace } from '../labels/rewriteWorkspace';
import { findSimilarNames, onDidChangeVectors } from '../labels/similarNames';
import { isTaxonomyDocument, rangeOfPlace, taxonomySelector } from '../labels/taxonomyDocuments';
import { say } from '../wording';
import { TokenCommand } from './tokenCommand';

/** How long typing rests before a file is checked again, in milliseconds. */
const typingPause = 300;

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** What is wrong or doubtful in open taxonomy files, in the Problems view, with quick fixes. */
export class TaxonomyProblemsFeature extends Disposable implements vscode.CodeActionProvider {
  private readonly diagnostics = this._register(
    vscode.languages.createDiagnosticCollection('dynamicner.taxonomy'),
  );
  private readonly command = this._register(new TokenCommand('dynamicner.taxonomy.fix'));
  private readonly problems = new Map<string, readonly TaxonomyProblem[]>();
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly labels: LabelsInForce,
    private readonly failures: Failures,
    private readonly access: EngineAccess,
  ) {
    super();
    this._register(
      vscode.languages.registerCodeActionsProvider(taxonomySelector, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    );
    this._register(vscode.workspace.onDidOpenTextDocument((document) => this.checkSoon(document)));
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document }) =>
        this.checkSoon(document, typingPause),
      ),
    );
    this._register(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)));
    this._register({
      dispose: () => {
        for (const timer of this.waiting.values()) clearTimeout(timer);
      },
    });
    this._register(onDidChangeVectors(access, () => this.checkAll()));
    this.checkAll();
  }

  private checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.checkSoon(document);
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const problems = this.problems.get(document.uri.toString()) ?? [];
    return problems
      .filter((problem) => rangeOfPlace(document, problem).intersection(range) !== undefined)
      .flatMap((problem) => {
        const actions = problem.fixes.map(({ title, edit }, index) => {
          const action = new vscode.CodeAction(say(title), vscode.CodeActionKind.QuickFix);
          action.command = this.command.command(action.title, () => this.fix(document, edit));
          action.isPreferred = index === 0;
          return action;
        });
        if (problem.kind === 'similar-siblings') actions.push(renameAction(document, problem));
        for (const action of actions) {
          action.diagnostics = context.diagnostics.filter(({ code }) => code === problem.kind);
        }
        return actions;
      });
  }

  private async fix(document: vscode.TextDocument, edit: TaxonomyEdit): Promise<void> {
    try {
      await rewriteWorkspace(document, [edit], this.labels);
    } catch (error) {
      this.failures.show(error);
    }
  }

  private checkSoon(document: vscode.TextDocument, pause = 0): void {
    if (!isTaxonomyDocument(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        void this.check(document);
      }, pause),
    );
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const file = readTaxonomyFile(document.getText());
    this.show(document, file, findTaxonomyProblems(file));
    if (file.error !== undefined) return;
    const { version } = document;
    const similar = await findSimilarNames(file, this.access);
    if (similar.length === 0 || document.isClosed || document.version !== version) return;
    this.show(document, file, findTaxonomyProblems(file, similar));
  }

  private show(
    document: vscode.TextDocument,
    file: TaxonomyFile,
    problems: readonly TaxonomyProblem[],
  ): void {
    this.problems.set(document.uri.toString(), problems);
    const diagnostics = problems.map((problem) => this.diagnosticOf(document, file, problem));
    if (file.error !== undefined) {
      const range = rangeOfPlace(document, { offset: file.error.offset, length: 1 });
      diagnostics.push(new vscode.Diagnostic(range, say(describeFileError(file.error))));
    }
    this.diagnostics.set(document.uri, diagnostics);
  }

  private diagnosticOf(
    document: vscode.TextDocument,
    file: TaxonomyFile,
    problem: TaxonomyProblem,
  ): vscode.Diagnostic {
    const diagnostic = new vscode.Diagnostic(
      rangeOfPlace(document, problem),
      say(describeProblem(problem)),
      severities[problem.severity],
    );
    diagnostic.source = 'DynamicNER';
    diagnostic.code = problem.kind;
    const other = problem.other === undefined ? undefined : findType(file, problem.other);
    if (other !== undefined) {
      diagnostic.relatedInformation = [
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(document.uri, rangeOfPlace(document, nameOf(other))),
          vscode.l10n.t('The other type is here'),
        ),
      ];
    }
    return diagnostic;
  }

  private forget(uri: vscode.Uri): void {
    this.diagnostics.delete(uri);
    this.problems.delete(uri.toString());
  }
}

/** Asks for another name of a type, which only a human knows. */
function renameAction(document: vscode.TextDocument, place: TextPlace): vscode.CodeAction {
  const title = vscode.l10n.t('Rename…');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  // Within the quotation marks, where the name is.
  const position = document.positionAt(place.offset + 1);
  action.command = {
    title,
    command: 'editor.action.rename',
    arguments: [[document.uri, position]],
  };
  return action;
}
