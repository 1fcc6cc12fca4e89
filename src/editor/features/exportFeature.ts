import * as vscode from 'vscode';
import { exportFiles, exportPassages } from '../../core/export/exportPassages';
import { ExportReport } from '../../core/export/exportReport';
import type { PassageData } from '../../core/formats/format';
import { phrase } from '../../core/messages/phrase';
import type { EditorParts } from '../contract';
import { activeDataset } from '../datasets/activeDataset';
import { allPassages } from '../datasets/allPassages';
import type { OpenDataset } from '../datasets/contract';
import { Disposable } from '../disposable';
import type { AnnotatedDocuments } from '../documents/annotatedDocuments';
import { writeAtomically, writeIntoFolder } from '../documents/atomicFile';
import { fromUtf8 } from '../documents/fileEncoding';
import { takeTurns } from '../../engines/turns';
import { activeFile } from '../documents/activeFile';
import { activeDocument, type OpenSessions } from '../documents/sessions';
import { offsetsOf } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import {
  askExport,
  givenAnswers,
  type ExportChoice,
  type ExportScope,
  type GivenAnswers,
} from './exportQuestions';
import { exportRounds, type RoundsParts } from './exportRounds';
import { filePassages, folderPassages } from './exportSources';
import { askTargetFile, askTargetFolder } from './exportTarget';
import { formatCount } from './numbers';
import { sessionPassages } from './sessionPassages';
import { tellExport } from './tellExport';

/** What is exported: passages, and the files that they come from. */
interface ExportSource {
  readonly passages: (report: ExportReport) => AsyncIterable<PassageData>;
  /** What the new file is named after. */
  readonly origin: vscode.Uri;
  readonly name: string;
}

/**
 * "Export Annotations…" and "Convert Data Set…": the annotations of documents or data sets in any
 * format, as a stream.
 */
export class ExportFeature extends Disposable {
  constructor(
    private readonly parts: EditorParts,
    private readonly sessions: OpenSessions,
    private readonly documents: AnnotatedDocuments,
    private readonly access: EngineAccess,
    private readonly rounds: RoundsParts,
    failures: Failures,
  ) {
    super();
    const { registerCommand } = vscode.commands;
    const fail = (error: unknown): void => failures.show(error);
    this._register(
      registerCommand('dynamicner.export', (given?: unknown) =>
        this.export(givenAnswers.safeParse(given ?? {}).data ?? {}).catch(fail),
      ),
    );
    this._register(
      registerCommand('dynamicner.convertDataset', (uri?: vscode.Uri) =>
        this.convert(uri).catch(fail),
      ),
    );
  }

  private async convert(named: vscode.Uri | undefined): Promise<void> {
    const open = activeDataset(this.parts.datasets);
    const isOpen = open !== undefined && (named ?? open.uri).toString() === open.uri.toString();
    const scope = isOpen ? 'openDataset' : 'dataset';
    await this.export({ scope, states: 'all' }, named ?? activeFile());
  }

  /** @param file The data set, where it is not to be asked for. */
  private async export(given: GivenAnswers, file?: vscode.Uri): Promise<void> {
    const { taxonomy } = this.parts.labels;
    const choice = await askExport(given, this.scopes(), taxonomy);
    if (choice === undefined) return;
    const source = await this.sourceOf(choice, file);
    if (source === undefined) return;
    const { target } = choice;
    const place =
      target.kind === 'file' ? await askTargetFile(target, source.origin) : await askTargetFolder();
    if (place === undefined) return;
    const report = new ExportReport();
    const metrics = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Exporting annotations of “{0}”', source.name),
        cancellable: true,
      },
      (progress, token) => {
        const passages = watch(source.passages(report), report, progress, token);
        return this.write(passages, choice, place, report, token);
      },
    );
    await tellExport(report, place, target.kind, metrics);
  }

  /** What there is to tell besides the report: how rounds changed the types. */
  private async write(
    passages: AsyncIterable<PassageData>,
    { target, states, level, rounds }: ExportChoice,
    place: vscode.Uri,
    report: ExportReport,
    token: vscode.CancellationToken,
  ): Promise<string | undefined> {
    const { taxonomy } = this.parts.labels;
    const options = { states, taxonomy, report, ...(level === undefined ? {} : { level }) };
    if (rounds !== undefined) {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort(new vscode.CancellationError()));
      return exportRounds(passages, options, rounds, place, this.rounds, stop.signal);
    }
    if (target.kind === 'file') {
      const bytes = exportPassages(passages, { ...options, target });
      await writeAtomically(place, target.name === 'html' ? bytes : fromUtf8(bytes, place));
      return undefined;
    }
    await writeIntoFolder(place, exportFiles(passages, { ...options, target }));
    return undefined;
  }

  /** The scopes that there is something in. */
  private scopes(): readonly ExportScope[] {
    const session = this.sessionInFront();
    const { selection } = vscode.window.activeTextEditor ?? {};
    return [
      ...(session === undefined ? [] : (['document'] as const)),
      ...(session === undefined || (selection?.isEmpty ?? true) ? [] : (['selection'] as const)),
      ...(activeDataset(this.parts.datasets) === undefined ? [] : (['openDataset'] as const)),
      ...(vscode.workspace.workspaceFolders === undefined ? [] : (['folder'] as const)),
      'dataset',
    ];
  }

  /** That of the active document; with a page in front, as the label editor's, of a document in sight. */
  private sessionInFront() {
    const active = activeDocument();
    const isDataset = activeDataset(this.parts.datasets) !== undefined;
    const inSight = isDataset ? [] : vscode.window.visibleTextEditors;
    const documents = active === undefined ? inSight.map(({ document }) => document) : [active];
    return documents
      .map((document) => this.sessions.existing(document))
      .find((one) => one !== undefined && one.entityCount + one.rejectedCount > 0);
  }

  /** Undefined where there is nothing, which users are told, or where a question is dismissed. */
  private async sourceOf(
    { scope, states, target }: ExportChoice,
    file: vscode.Uri | undefined,
  ): Promise<ExportSource | undefined> {
    const whole = target.kind === 'folder';
    const dataset = scope === 'openDataset' ? activeDataset(this.parts.datasets) : undefined;
    if (dataset !== undefined) return openSource(dataset);
    if (scope === 'dataset' || scope === 'openDataset') return this.datasetSource(file);
    if (scope === 'folder') return this.folderSource(whole);
    const { t } = vscode.l10n;
    const session = this.sessionInFront();
    const editor = vscode.window.activeTextEditor;
    if (session === undefined) {
      void vscode.window.showInformationMessage(
        t('There are no annotations to export. Extract entities or annotate some first.'),
      );
      return undefined;
    }
    const { document } = session;
    const within = scope === 'selection' && editor?.document === document && editor.selection;
    const choice = {
      rejected: states === 'all',
      whole,
      ...(within === false ? {} : { within: offsetsOf(document, within) }),
    };
    return {
      passages: () => sessionPassages(session, this.access, choice),
      origin: document.uri,
      name: vscode.workspace.asRelativePath(document.uri),
    };
  }

  private async folderSource(whole: boolean): Promise<ExportSource | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
    if (folder === undefined) return undefined;
    return {
      passages: (report) =>
        folderPassages(folder.uri, this.documents, this.sessions, this.access, report, whole),
      origin: vscode.Uri.joinPath(folder.uri, folder.name),
      name: folder.name,
    };
  }

  private async datasetSource(named: vscode.Uri | undefined): Promise<ExportSource | undefined> {
    const { t } = vscode.l10n;
    const active = activeFile();
    const [file] =
      named !== undefined
        ? [named]
        : ((await vscode.window.showOpenDialog({
            title: t('Data Set to Export'),
            openLabel: t('Export'),
            ...(active === undefined || active.scheme === 'untitled' ? {} : { defaultUri: active }),
          })) ?? []);
    if (file === undefined) return undefined;
    const { taxonomy } = this.parts.labels;
    return {
      passages: (report) => filePassages(file, taxonomy, report),
      origin: file,
      name: vscode.workspace.asRelativePath(file),
    };
  }
}

/** A data set as it stands in its editor. */
function openSource(dataset: OpenDataset): ExportSource {
  return {
    async *passages(report) {
      const { count } = dataset;
      for await (const { passage } of allPassages(dataset)) yield passage;
      const unread = count - report.passages;
      if (unread > 0) report.leaveOut(phrase`Passages that could not be read: ${unread}`);
    },
    origin: dataset.uri,
    name: vscode.workspace.asRelativePath(dataset.uri),
  };
}

/** The passages, with the progress told and the user able to stop. */
async function* watch(
  passages: AsyncIterable<PassageData>,
  report: ExportReport,
  progress: vscode.Progress<{ message?: string }>,
  token: vscode.CancellationToken,
): AsyncGenerator<PassageData, void> {
  const breath = takeTurns();
  let told = 0;
  for await (const passage of passages) {
    await breath();
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    if (report.passages >= told + 500) {
      told = report.passages;
      progress.report({ message: vscode.l10n.t('{0} passages', formatCount(told)) });
    }
    yield passage;
  }
}
