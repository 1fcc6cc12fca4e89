import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { ContextKey } from '../contextKey';
import type { Labels, ViewState } from '../contract';
import type { Engine } from '../../engines/engine';
import { Disposable } from '../disposable';
import type { Session } from '../documents/session';
import type { OpenSessions } from '../documents/sessions';
import { lengthOf, rangeOf } from '../documents/textRanges';
import type { Extractor } from '../extraction/extractor';
import { isAbort, type Failures } from '../failures';
import { sayError } from '../wording';
import { mentionText } from './entityText';
import { FilesResults } from './filesResults';
import { FilesTree, type FilesNode } from './filesTree';
import { formatCount } from './numbers';

/** Files of a folder that are read at once; more are asked for by choosing smaller folders. */
const mostFiles = 10_000;

/** A file that was left out, and why. */
interface Skipped {
  readonly uri: vscode.Uri;
  readonly why: string;
}

/** "Extract Entities in Files…": reads what was selected in the Explorer, and lists the results by file. */
export class FilesFeature extends Disposable {
  private readonly results = new FilesResults();
  private readonly tree: FilesTree;
  private readonly hasResults = new ContextKey('dynamicner.hasFilesResults');

  constructor(
    private readonly sessions: OpenSessions,
    private readonly extractor: Extractor,
    private readonly failures: Failures,
    private readonly log: vscode.LogOutputChannel,
    { labels, view }: { readonly labels: Labels; readonly view: ViewState },
  ) {
    super();
    this.tree = this._register(new FilesTree(this.results, labels, view));
    const { registerCommand } = vscode.commands;
    this._register(
      registerCommand('dynamicner.extractFiles', (one?: vscode.Uri, all?: vscode.Uri[]) =>
        this.extract(all ?? (one === undefined ? [] : [one])),
      ),
    );
    this._register(registerCommand('dynamicner.files.clear', () => this.clear()));
    this._register(registerCommand('dynamicner.files.open', (node: FilesNode) => this.open(node)));
    this._register(sessions.onDidOpen((session) => void this.takeOver(session)));
  }

  private async extract(selected: readonly vscode.Uri[]): Promise<void> {
    const chosen = selected.length > 0 ? selected : await askForFiles();
    if (chosen.length === 0) return;
    const skipped: Skipped[] = [];
    try {
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Extracting entities'),
          cancellable: true,
        },
        (progress, token) => this.readAll(chosen, skipped, progress, token),
      );
    } catch (error) {
      this.failures.show(error);
    }
    this.tell(skipped);
  }

  private async readAll(
    chosen: readonly vscode.Uri[],
    skipped: Skipped[],
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const files = await filesOf(chosen);
    const engine = await this.extractor.beginTogether(() => readable(files, stop.signal));
    for (const [index, uri] of files.entries()) {
      if (stop.signal.aborted) return;
      progress.report({
        message: vscode.l10n.t(
          '{0} of {1}: {2}',
          formatCount(index + 1),
          formatCount(files.length),
          vscode.workspace.asRelativePath(uri),
        ),
        increment: 100 / files.length,
      });
      const why = await this.read(uri, stop.signal, engine);
      if (why !== undefined) skipped.push({ uri, why });
      this.hasResults.set(this.results.files.length > 0);
      this.tree.refresh();
    }
  }

  /** Reads one file; returns why it cannot be read as text, if so. @throws what stops all of them. */
  private async read(
    uri: vscode.Uri,
    signal: AbortSignal,
    engine: Engine | undefined,
  ): Promise<string | undefined> {
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(uri);
    } catch (error) {
      return sayError(error);
    }
    const session = this.sessions.of(document);
    try {
      await session.restore();
      if (lengthOf(document) > 0) {
        await this.extractor.extract(session, {
          signal,
          ...(engine === undefined ? {} : { engine }),
        });
      }
    } catch (error) {
      if (isAbort(error)) return undefined;
      throw error;
    }
    const text = document.getText();
    this.results.put({
      uri,
      content: contentOf(text),
      entities: session.entities,
      mentions: session.entities.map((entity) => mentionText(text, entity)),
      lines: session.entities.map(({ start }) => document.positionAt(start).line),
    });
    return undefined;
  }

  private tell(skipped: readonly Skipped[]): void {
    const { t } = vscode.l10n;
    const { files } = this.results;
    if (files.length > 0) void vscode.commands.executeCommand('dynamicner.files.focus');
    for (const { uri, why } of skipped) this.log.warn(`${uri.toString(true)}: ${why}`);
    const [first] = skipped;
    if (first !== undefined) {
      const name = vscode.workspace.asRelativePath(first.uri);
      void vscode.window.showWarningMessage(
        skipped.length === 1
          ? t('“{0}” was left out: {1}', name, first.why)
          : t(
              '{0} files were left out because they cannot be read as text, the first is “{1}”. The log names all of them.',
              formatCount(skipped.length),
              name,
            ),
      );
    } else if (files.length === 0) {
      void vscode.window.showInformationMessage(t('No entities were found in these files.'));
    }
  }

  private clear(): void {
    this.results.clear();
    this.hasResults.set(false);
    this.tree.refresh();
  }

  private async open({ file, ...node }: FilesNode): Promise<void> {
    const document = await vscode.workspace.openTextDocument(file.uri);
    const session = this.sessions.of(document);
    await this.takeOver(session);
    const entity = node.kind === 'entity' ? file.entities[node.index] : undefined;
    const at = entity === undefined ? undefined : (session.entity(entity.id) ?? entity);
    const selection = at === undefined ? undefined : rangeOf(document, at);
    await vscode.window.showTextDocument(document, selection === undefined ? {} : { selection });
  }

  /** Shows what was found in a file when it is opened again with the same text. */
  private async takeOver(session: Session): Promise<void> {
    const { document } = session;
    const result = this.results.get(document.uri);
    if (result === undefined) return;
    await session.restore();
    if (session.extractedThreshold !== undefined || this.extractor.isRunning(session)) return;
    if (contentOf(document.getText()) !== result.content) return;
    const entities = result.entities.filter(({ state }) => state === 'suggested');
    session.show([{ start: 0, end: lengthOf(document), entities }]);
    session.extractedThreshold = 'own';
  }
}

async function askForFiles(): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: vscode.l10n.t('Extract Entities'),
    title: vscode.l10n.t('Files to Extract Entities From'),
  });
  return chosen ?? [];
}

/** The files that were chosen and those below the folders that were, each once. */
async function filesOf(chosen: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const files = new Map<string, vscode.Uri>();
  for (const uri of chosen) {
    const { type } = await vscode.workspace.fs.stat(uri);
    const found =
      (type & vscode.FileType.Directory) === 0
        ? [uri]
        : await vscode.workspace.findFiles(
            new vscode.RelativePattern(uri, '**/*'),
            undefined,
            mostFiles,
          );
    for (const file of found) files.set(file.toString(), file);
  }
  return [...files.values()];
}

/** The files that are text, one after the other. @throws an AbortError when stopped. */
async function* readable(
  files: readonly vscode.Uri[],
  signal: AbortSignal,
): AsyncGenerator<vscode.TextDocument> {
  for (const uri of files) {
    signal.throwIfAborted();
    try {
      yield await vscode.workspace.openTextDocument(uri);
    } catch {
      // Why it is left out is said when it is read.
    }
  }
}

function contentOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
