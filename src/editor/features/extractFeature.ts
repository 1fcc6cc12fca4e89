import * as vscode from 'vscode';
import type { Range } from '../../core/text/range';
import { BudgetError } from '../../engines/endpoint/errors';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';
import type { Session } from '../documents/session';
import { activeDocument, type OpenSessions } from '../documents/sessions';
import { lengthOf, offsetsOf } from '../documents/textRanges';
import { takeTurns } from '../../engines/turns';
import type { Extractor } from '../extraction/extractor';
import { sliceDocument } from '../extraction/slices';
import { isAbort, type Failures } from '../failures';
import { sayError } from '../wording';
import { countEntities, formatCount } from './numbers';
import { explainNoText, targetDocuments } from './targets';

/** Extracts from one document, and tells how much of it is done, from 0 to 1. */
type ExtractOne = (
  session: Session,
  onProgress: (share: number) => void,
) => Promise<readonly string[]>;

/** How long the status bar tells how many entities were found. */
const statusMilliseconds = 6000;

/** "Extract Entities", in the document and in the selection, and stopping it. */
export class ExtractFeature extends Disposable {
  constructor(
    private readonly sessions: OpenSessions,
    private readonly extractor: Extractor,
    private readonly status: EditorParts['status'],
    private readonly failures: Failures,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    const { registerCommand } = vscode.commands;
    this._register(registerCommand('dynamicner.extract', () => this.extract()));
    this._register(registerCommand('dynamicner.extractSelection', () => this.extractSelection()));
    this._register(registerCommand('dynamicner.stop', () => this.stop()));
  }

  private async extract(): Promise<void> {
    const documents = targetDocuments();
    if (documents.length === 0) {
      void vscode.window.showWarningMessage(await explainNoText());
      return;
    }
    const written = documents.filter((document) => lengthOf(document) > 0);
    const [document] = documents;
    if (written.length === 0 && document !== undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('“{0}” is empty. Write or paste some text first.', nameOf(document)),
      );
      return;
    }
    await this.report(written, async () => {
      const engine =
        written.length > 1 ? await this.extractor.beginTogether(() => inTurn(written)) : undefined;
      return (session, onProgress) =>
        this.extractor.extract(session, {
          onProgress,
          ...(engine === undefined ? {} : { engine }),
        });
    });
  }

  private async extractSelection(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      void vscode.window.showWarningMessage(await explainNoText());
      return;
    }
    const { document, selections } = editor;
    const selected = selections.filter(({ isEmpty }) => !isEmpty);
    const regions: Range[] = (selected.length > 0 ? selected : [paragraphAt(editor)]).map((range) =>
      offsetsOf(document, range),
    );
    if (regions.every(({ start, end }) => start === end)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Nothing is selected. Select some text first.'),
      );
      return;
    }
    const extract: ExtractOne = (session, onProgress) =>
      this.extractor.extract(session, { regions, insideOnly: true, onProgress });
    await this.report([document], () => Promise.resolve(extract));
  }

  private async stop(): Promise<void> {
    const document = activeDocument();
    for (const target of new Set([...targetDocuments(), ...(document ? [document] : [])])) {
      await this.extractor.stop(this.sessions.of(target));
    }
  }

  /** Runs extractions one after the other with progress in the window, and tells what came of them. */
  private async report(
    documents: readonly vscode.TextDocument[],
    begin: () => Promise<ExtractOne>,
  ): Promise<void> {
    const began = performance.now();
    const title = vscode.l10n.t('Extracting entities');
    try {
      const diagnostics = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title },
        async (progress) => {
          const messages: string[] = [];
          const extract = await begin();
          for (const [index, document] of documents.entries()) {
            const onProgress = (share: number): void => {
              const done = Math.floor((100 * (index + share)) / documents.length);
              progress.report({ message: vscode.l10n.t('{0} %', done) });
            };
            messages.push(...(await extract(this.sessions.of(document), onProgress)));
          }
          return messages;
        },
      );
      const found = documents.reduce(
        (sum, document) => sum + this.sessions.of(document).entityCount,
        0,
      );
      this.log.info(
        `extracted: ${found} entities of ${documents.length} documents in ${Math.round(performance.now() - began)} ms`,
      );
      await this.tell(documents, found, diagnostics);
    } catch (error) {
      if (isAbort(error)) this.log.info('extraction stopped');
      else if (!(error instanceof BudgetError)) this.failures.show(error);
      else if (await this.wantsMore(error)) await this.report(documents, begin);
    }
  }

  /** Tells that the budget of a run is used up. A run begun again asks nothing twice, so it goes on from there. */
  private async wantsMore(error: BudgetError): Promise<boolean> {
    const goOn = vscode.l10n.t('Go On');
    this.log.warn(error.message);
    return (await vscode.window.showWarningMessage(sayError(error), goOn)) === goOn;
  }

  private async tell(
    documents: readonly vscode.TextDocument[],
    found: number,
    diagnostics: readonly string[],
  ): Promise<void> {
    const { t } = vscode.l10n;
    for (const message of diagnostics) this.log.warn(message);
    const [first] = diagnostics;
    if (first !== undefined) {
      void vscode.window.showWarningMessage(
        diagnostics.length === 1
          ? first
          : t('{0} (and {1} more, in the log)', first, diagnostics.length - 1),
      );
    }
    for (const document of documents) {
      const broken = await countBroken(document);
      if (broken === 0) continue;
      void vscode.window.showWarningMessage(
        broken === 1
          ? t(
              '“{0}” has 1 broken character (� or half of a surrogate pair), which was read as unknown. Choose “Reopen with Encoding” if its encoding was mistaken.',
              nameOf(document),
            )
          : t(
              '“{0}” has {1} broken characters (� or half of a surrogate pair), which were read as unknown. Choose “Reopen with Encoding” if its encoding was mistaken.',
              nameOf(document),
              formatCount(broken),
            ),
      );
    }
    const { spent } = this.status.current;
    const entities = countEntities(found);
    vscode.window.setStatusBarMessage(
      spent === undefined ? entities : `${entities} · ${spent}`,
      statusMilliseconds,
    );
  }
}

async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

function nameOf(document: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(document.uri);
}

/** The lines around the cursor up to the next empty ones. */
function paragraphAt({ document, selection }: vscode.TextEditor): vscode.Range {
  let first = selection.active.line;
  let last = first;
  while (first > 0 && !document.lineAt(first - 1).isEmptyOrWhitespace) first--;
  while (last + 1 < document.lineCount && !document.lineAt(last + 1).isEmptyOrWhitespace) last++;
  return new vscode.Range(first, 0, last, document.lineAt(last).text.length);
}

/** Characters that the file's encoding does not have, and surrogates without their other half. */
async function countBroken(document: vscode.TextDocument): Promise<number> {
  const breath = takeTurns();
  let count = 0;
  for (const { start, end } of sliceDocument(document)) {
    await breath();
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    count += document.getText(range).match(/[\p{Surrogate}\ufffd]/gu)?.length ?? 0;
  }
  return count;
}
