import path from 'node:path';
import * as vscode from 'vscode';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';
import type { AnnotatedDocuments } from '../documents/annotatedDocuments';
import type { AnnotationCodec } from '../documents/annotationCodec';
import type { OpenSessions } from '../documents/sessions';
import type { AskedModels } from '../endpoints/askedModels';
import type { Consent } from '../endpoints/consent';
import type { EndpointKeys } from '../endpoints/endpointKeys';
import type { EncoderInForce } from '../engine/encoderInForce';
import type { ChosenEncodings } from '../datasets/chosenEncodings';
import type { NewDatasets } from '../datasets/newDatasets';
import type { EngineInForce } from '../engine/engineInForce';
import type { Extractor } from '../extraction/extractor';
import type { Failures } from '../failures';
import type { LabelsInForce } from '../labels/labelsInForce';
import type { Learner } from '../learning/learner';
import type { Checker } from '../checks/checker';
import type { LabelArguments } from '../programs/labelArguments';
import type { Program } from '../programs/program';
import type { Settings } from '../settings';
import type { ShownView } from '../view/viewState';
import { AllMentionsFeature } from './allMentionsFeature';
import { AnnotateFeature } from './annotateFeature';
import { ChangeLabelListFeature } from './changeLabelListFeature';
import { CheckFeature } from './checkFeature';
import { ClearFeature } from './clearFeature';
import { CodeActionsFeature } from './codeActionsFeature';
import { ConflictsFeature } from './conflictsFeature';
import { ContextKeysFeature } from './contextKeysFeature';
import { DatasetFeature } from './datasetFeature';
import { DatasetMethodsFeature } from './datasetMethodsFeature';
import { PatternsFeature } from './patternsFeature';
import { DisplayFeature } from './displayFeature';
import { DynamicFeature } from './dynamicFeature';
import { EndpointFeature } from './endpointFeature';
import { EngineFeature } from './engineFeature';
import { EvaluateFeature } from './evaluateFeature';
import { ExportFeature } from './exportFeature';
import { ExportLabelsFeature } from './exportLabelsFeature';
import { ExtractFeature } from './extractFeature';
import { FilesFeature } from './filesFeature';
import { FinetuningFeature } from './finetuningFeature';
import { HoverFeature } from './hoverFeature';
import { ImportFeature } from './importFeature';
import { InlayHintsFeature } from './inlayHintsFeature';
import { LearnFeature } from './learnFeature';
import { addedModels, ModelFeature } from './modelFeature';
import { NavigateFeature } from './navigateFeature';
import { NewLabelsFeature } from './newLabelsFeature';
import { PromptsFeature } from './promptsFeature';
import { ReextractFeature } from './reextractFeature';
import { ReferencesFeature } from './referencesFeature';
import { SelectLabelsFeature } from './selectLabelsFeature';
import { ReviewFeature } from './reviewFeature';
import { StatusBarFeature } from './statusBarFeature';
import { TaxonomyProblemsFeature } from './taxonomyProblemsFeature';
import { TaxonomyRenameFeature } from './taxonomyRenameFeature';
import { TreeFeature } from './treeFeature';
import { WalkthroughFeature } from './walkthroughFeature';

/** What features are made of; most need only `parts`. */
export interface FeatureParts {
  readonly parts: EditorParts;
  readonly sessions: OpenSessions;
  readonly documents: AnnotatedDocuments;
  readonly codec: AnnotationCodec;
  readonly extractor: Extractor;
  readonly encoder: EncoderInForce;
  readonly engine: EngineInForce;
  readonly models: AskedModels;
  readonly keys: EndpointKeys;
  readonly consent: Consent;
  readonly labels: LabelsInForce;
  readonly view: ShownView;
  readonly settings: Settings;
  readonly failures: Failures;
  readonly program: Program;
  readonly labelArguments: LabelArguments;
  readonly checker: Checker;
  readonly learner: Learner;
  readonly log: vscode.LogOutputChannel;
  readonly newDatasets: NewDatasets;
  readonly encodings: ChosenEncodings;
}

/** Everything that users see, one class each. */
export class Features extends Disposable {
  constructor(all: FeatureParts) {
    super();
    const {
      parts,
      sessions,
      documents,
      codec,
      extractor,
      engine,
      labels,
      view,
      settings,
      failures,
      log,
      newDatasets,
    } = all;
    const { encoder, models, keys, consent, program, labelArguments, checker, learner } = all;
    const features = [
      new ExtractFeature(sessions, extractor, parts.status, failures, log),
      new ReextractFeature(sessions, extractor, engine, view, settings, failures),
      new FilesFeature(sessions, extractor, failures, log, parts),
      new ClearFeature(sessions, extractor),
      new NavigateFeature(parts),
      new DisplayFeature(view, labels),
      new SelectLabelsFeature(labels, engine, settings, failures),
      new NewLabelsFeature(settings, failures, log),
      new ExportLabelsFeature(labels, failures),
      new TaxonomyProblemsFeature(labels, failures, engine),
      new TaxonomyRenameFeature(labels),
      new ModelFeature(encoder, settings, addedModels(parts.context), failures),
      new EngineFeature(engine, models, consent, settings, failures),
      new PromptsFeature(engine, settings, promptFolder(parts.context), failures),
      new EndpointFeature(models, keys, consent, engine, failures),
      new AnnotateFeature(parts),
      new ExportFeature(
        parts,
        sessions,
        documents,
        engine,
        { program, labels: labelArguments },
        failures,
      ),
      new ImportFeature(parts, sessions, codec, settings, failures),
      new DatasetFeature(newDatasets, all.encodings, parts.datasets, failures),
      new PatternsFeature(parts, labels, settings, failures),
      new DynamicFeature(program, failures, parts.context.extensionUri),
      new ReviewFeature(parts, encoder, labels, failures),
      new LearnFeature(learner, engine, failures),
      new FinetuningFeature(parts, sessions, engine, failures),
      new ChangeLabelListFeature(parts, engine, failures),
      new CheckFeature(parts, checker, failures),
      new EvaluateFeature(program, labelArguments, failures),
      new ConflictsFeature(program, failures),
      new DatasetMethodsFeature(program, failures),
      new ContextKeysFeature(parts),
      new HoverFeature(parts),
      new InlayHintsFeature(parts),
      new CodeActionsFeature(parts),
      new ReferencesFeature(parts),
      new AllMentionsFeature(parts),
      new TreeFeature(parts),
      new StatusBarFeature(parts),
      new WalkthroughFeature(parts),
    ];
    for (const feature of features) this._register(feature);
    this._register(vscode.commands.registerCommand('dynamicner.showLog', () => log.show()));
  }
}

function promptFolder({ globalStorageUri }: vscode.ExtensionContext): string {
  return path.join(globalStorageUri.fsPath, 'prompts');
}
