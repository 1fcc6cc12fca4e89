import path from 'node:path';
import * as vscode from 'vscode';
import type { EditorParts } from './contract';
import { DatasetEditorProvider } from './datasets/datasetProvider';
import { ChosenEncodings } from './datasets/chosenEncodings';
import { NewDatasets } from './datasets/newDatasets';
import { Checker } from './checks/checker';
import { Painter } from './decorations/painter';
import { AnnotatedDocuments } from './documents/annotatedDocuments';
import { AnnotationFiles } from './documents/annotationFiles';
import { AnnotationPlaces } from './documents/annotationPlaces';
import { AnnotationWatch } from './documents/annotationWatch';
import { CodecThread } from './documents/codecThread';
import { FileMoves } from './documents/fileMoves';
import { Journal } from './documents/journal';
import { keeperNotices } from './documents/keeperNotices';
import type { SessionParts } from './documents/sessionParts';
import { OpenSessions } from './documents/sessions';
import { AskedModels } from './endpoints/askedModels';
import { Consent, readConsents } from './endpoints/consent';
import { EndpointKeys } from './endpoints/endpointKeys';
import { TraceChannel } from './endpoints/traceChannel';
import { annotatedTexts } from './engine/demonstrations';
import { EncoderInForce } from './engine/encoderInForce';
import { EngineInForce } from './engine/engineInForce';
import { bundledModel } from './engine/modelFolder';
import { Extractor, type Reading } from './extraction/extractor';
import { Relabelling } from './extraction/relabelling';
import { rankTypesOf } from './extraction/ranking';
import { partsToRead } from './extraction/textParts';
import { Failures } from './failures';
import { Features } from './features';
import { ExtractTool } from './features/extractTool';
import { LabelsInForce } from './labels/labelsInForce';
import { AdapterStore } from './learning/adapterStore';
import { LearnedLabels } from './learning/learnedLabels';
import { Learner } from './learning/learner';
import { DatasetEditorPages } from '../panels/dataset/datasetPages';
import { LabelArguments } from './programs/labelArguments';
import { Program } from './programs/program';
import { Settings } from './settings';
import { NotedStatus } from './engine/notedStatus';
import { StoredValue } from './storedValue';
import { LabelEditors } from '../panels/labels/labelEditors';
import { ShownView } from './view/viewState';

/** What VS Code asks of the editor of data sets. */
export type DatasetEditor = vscode.CustomEditorProvider & {
  readonly onDidChangeCustomDocument: vscode.Event<vscode.CustomDocumentEditEvent>;
};

/** The loaded extension. */
export interface Editor {
  readonly parts: EditorParts;
  /** The tools that language models call, by their name in package.json. */
  readonly tools: Readonly<Record<string, vscode.LanguageModelTool<unknown>>>;
  /** The label editor's pages. */
  readonly labelEditors: LabelEditors;
  /** Opens and saves data sets. */
  readonly datasets: DatasetEditor;
  /** Resolves once what humans did is on disk and the encoder's process is gone. */
  close(): Promise<void>;
}

/** Builds the parts, hands them to each other, and registers the features. */
export function createEditor(
  context: vscode.ExtensionContext,
  marks: { readonly activationMilliseconds: number },
): Editor {
  const began = performance.now();
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = own(vscode.window.createOutputChannel('DynamicNER', { log: true }));
  const failures = new Failures(log);
  const settings = own(new Settings((message) => failures.warnOnce(message)));
  const learned = own(new LearnedLabels());
  const labels = own(
    new LabelsInForce(settings, log, (error) => failures.showOnce(error), learned),
  );
  const encoder = own(
    new EncoderInForce(
      context.asAbsolutePath('dist/host.js'),
      bundledModel(context.extensionPath),
      path.join(context.globalStorageUri.fsPath, 'label-vectors'),
      settings,
      log,
      (error) => failures.showOnce(error),
    ),
  );
  const keys = new EndpointKeys(context.secrets);
  const consent = new Consent(new StoredValue(context.workspaceState, 'consents', readConsents));
  const models = own(
    new AskedModels(
      path.join(context.globalStorageUri.fsPath, 'answers'),
      settings,
      keys,
      consent,
      own(new TraceChannel(settings)),
    ),
  );
  const engine: EngineInForce = own(
    new EngineInForce(
      encoder,
      models,
      consent,
      settings,
      (file) => annotatedTexts(file, { sessions: sessions.all, labels, access: engine }),
      log,
    ),
  );
  const view = own(
    new ShownView(
      settings,
      new StoredValue(context.workspaceState, 'level', readNumber),
      new StoredValue(context.workspaceState, 'threshold', readNumber),
      () => labels.taxonomy.depth,
      () => engine.thresholds?.[labels.list.kind],
    ),
  );

  const storage = context.storageUri ?? context.globalStorageUri;
  const journal = new Journal(path.join(storage.fsPath, 'annotations'), (error) =>
    failures.showOnce(error),
  );
  const places = new AnnotationPlaces(settings, storage, (message) => failures.warnOnce(message));
  const codec = own(new CodecThread(context.asAbsolutePath('dist/annotations.js')));
  const keeping = {
    journal,
    files: new AnnotationFiles(places, codec),
    ...keeperNotices(failures),
  };
  // Kept, since every part of an extraction that comes in asks for it.
  let overlap = settings.get('overlap');
  own(settings.onDidChange(['overlap'], () => (overlap = settings.get('overlap'))));
  const sessionParts: SessionParts = {
    keeping,
    options: {
      overlap: () => overlap,
      newId: idMaker(),
      annotator: () => settings.get('annotator').trim() || undefined,
    },
    threshold: () => view.leastShown,
    // The encoder, whatever the engine in force is: a hover sends nothing to anybody.
    rankTypes: (session, range, limit) =>
      rankTypesOf(session, range, limit, encoder, () => reading(session.document)),
  };
  const sessions = own(new OpenSessions(sessionParts));
  own(new FileMoves(places, journal, sessions, keeping.onFailure));
  own(new AnnotationWatch(sessions));

  const reading = async (document: vscode.TextDocument): Promise<Reading> => ({
    labels: (await labels.ready(document.uri)).toSpec(),
    threshold: view.wantedThreshold,
    overlap: settings.get('overlap', document),
    only: partsToRead(document.languageId, settings.get('extract.code', document)),
    delay: settings.get('extract.delay', document),
  });
  const extractor = own(new Extractor(engine, reading, (error) => failures.showOnce(error)));
  const relabelling = own(
    new Relabelling(sessions, labels, engine, extractor, (error) => failures.showOnce(error)),
  );
  const program = new Program(context.asAbsolutePath('dist/cli.js'));
  const labelArguments = new LabelArguments(path.join(storage.fsPath, 'checks'), (uri) =>
    labels.ready(uri),
  );
  const checker = new Checker(program, labelArguments);
  const newDatasets = new NewDatasets(context.workspaceState);
  const encodings = new ChosenEncodings();
  const datasets = own(
    new DatasetEditorProvider({
      script: context.asAbsolutePath('dist/dataset.js'),
      storage: storage.fsPath,
      settings,
      labels,
      failures,
      pages: own(
        new DatasetEditorPages({ context, engine, encoder, labels, view, settings, failures }),
      ),
      formatOf: (uri) => newDatasets.formatOf(uri),
      encodings,
    }),
  );
  const learner = own(
    new Learner(
      sessions,
      datasets,
      labels,
      learned,
      engine,
      new AdapterStore(storage),
      new StoredValue(context.workspaceState, 'learning', readBoolean),
      (error) => failures.showOnce(error),
    ),
  );
  own(encoder.onDidMeetOutdated((learning) => void learner.leaveOut(learning)));
  const parts: EditorParts = {
    context,
    datasets,
    sessions,
    view,
    labels,
    status: own(new NotedStatus(engine, extractor, sessions)),
  };
  own(new Painter(sessions, labels, view));
  const documents = new AnnotatedDocuments(places, journal, sessions);
  own(
    new Features({
      parts,
      sessions,
      documents,
      codec,
      extractor,
      encoder,
      engine,
      models,
      keys,
      consent,
      labels,
      view,
      settings,
      failures,
      program,
      labelArguments,
      checker,
      learner,
      log,
      newDatasets,
      encodings,
    }),
  );
  const labelEditors = own(
    new LabelEditors({
      parts,
      sessions,
      extractor,
      relabelling,
      engine,
      labels,
      view,
      settings,
      failures,
    }),
  );
  sessions.openVisible();
  log.trace(
    `activated in ${marks.activationMilliseconds.toFixed(1)} ms, loaded in ${(performance.now() - began).toFixed(1)} ms`,
  );
  return {
    parts,
    labelEditors,
    datasets,
    tools: { dynamicner_extract_entities: new ExtractTool(engine, labels, settings) },
    close: async () => {
      await Promise.all([journal.flush(), encoder.close()]);
    },
  };
}

/** Ids that no other run of the extension gives: entities of people are kept under theirs. */
function idMaker(): () => string {
  const run = `${Date.now().toString(36)}${Math.floor(Math.random() * 36 ** 4).toString(36)}`;
  let last = 0;
  return () => `${run}-${(++last).toString(36)}`;
}

function readBoolean(stored: unknown): boolean | undefined {
  return typeof stored === 'boolean' ? stored : undefined;
}

function readNumber(stored: unknown): number | undefined {
  return typeof stored === 'number' && Number.isFinite(stored) ? stored : undefined;
}
