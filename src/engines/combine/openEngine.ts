import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { EndpointClassifier } from '../cascade/endpointClassifier';
import { EndpointExtractor } from '../cascade/endpointExtractor';
import { cascadePrompts } from '../cascade/prompts';
import {
  fixedDemonstrations,
  nearestDemonstrations,
  type ChooseDemonstrations,
  type EmbedSentences,
} from '../demonstrations';
import type { Questions } from '../endpoint/questions';
import type { Engine } from '../engine';
import type { Demonstration } from '../prompts/promptProtocol';
import { ProtocolEngine } from '../prompts/protocolEngine';
import { promptProtocols, type PromptProtocolName } from '../prompts/protocols';
import {
  readWorker,
  type DemonstrationSettings,
  type EngineSettings,
  type Worker,
} from '../settings';
import { loadTemplates } from '../templates';
import { CascadeEngine } from './cascadeEngine';
import { EncoderClassifier, EncoderExtractor } from './encoderParts';
import type { Classifier, Extractor } from './parts';
import { UncertainOnly } from './uncertainOnly';

/** What engines are put together from; editor and command line each have their own. */
export interface EngineParts {
  /** The encoder in force, opened when it is first needed. */
  readonly encoder: () => Promise<Engine>;
  /** Asks the model of an endpoint or of VS Code. @throws InputError when there is none of the name. */
  readonly questions: (worker: Exclude<Worker, { readonly kind: 'encoder' }>) => Promise<Questions>;
  /** Annotated texts to choose demonstrations from: those of the file, or the user's own without one. */
  readonly demonstrations: (file: string | undefined) => Promise<readonly Demonstration[]>;
  /** Sentence vectors, for the nearest demonstrations. */
  readonly embed?: EmbedSentences;
}

/**
 * The engine that settings describe.
 * @throws InputError naming the setting that does not fit; ModelError when the encoder cannot be used.
 */
export async function openEngine(settings: EngineSettings, parts: EngineParts): Promise<Engine> {
  if (settings.protocol === 'encoder') return parts.encoder();
  if (settings.protocol !== 'cascade') return openProtocol(settings, settings.protocol, parts);
  const extractorBy = readWorker(settings.extractor);
  const classifierBy = readWorker(settings.classifier);
  checkVerify(settings, extractorBy, classifierBy);
  if (extractorBy.kind === 'encoder' && classifierBy.kind === 'encoder') return parts.encoder();
  const opened = new Shared(parts);
  const extractor = await openExtractor(settings, extractorBy, opened);
  const classifier = await openClassifier(settings, classifierBy, opened);
  return new CascadeEngine(extractor, classifier, {
    budget: settings.budget,
    extractThreshold: settings.verify?.low,
  });
}

/** @throws InputError when the model that is asked is not named. */
async function openProtocol(
  settings: EngineSettings,
  name: PromptProtocolName,
  parts: EngineParts,
): Promise<Engine> {
  const worker = readWorker(settings.extractor);
  if (worker.kind === 'encoder') {
    throw new InputError(
      phrase`The encoder cannot be asked by the protocol “${name}”`,
      phrase`Set the extractor to endpoint:NAME or vscode:ID.`,
      { field: 'extractor.by' },
    );
  }
  checkVerify(settings, worker, worker);
  const { prompts, classifier, extractor } = settings;
  return ProtocolEngine.open(
    promptProtocols[name],
    {
      questions: await parts.questions(worker),
      demonstrations: await chooser(extractor.demonstrations, parts),
      typing: {
        templates: await loadTemplates(cascadePrompts, prompts),
        demonstrations: await chooser(classifier.demonstrations, parts),
      },
    },
    settings,
  );
}

/** One encoder and one asker for each model, also where both halves use the same. */
class Shared {
  private encoderOpened: Promise<Engine> | undefined;
  private readonly asked = new Map<string, Promise<Questions>>();

  constructor(readonly parts: EngineParts) {}

  encoder(): Promise<Engine> {
    return (this.encoderOpened ??= this.parts.encoder());
  }

  questions(worker: Exclude<Worker, { readonly kind: 'encoder' }>): Promise<Questions> {
    const key = JSON.stringify(worker);
    const known = this.asked.get(key) ?? this.parts.questions(worker);
    this.asked.set(key, known);
    return known;
  }
}

async function openExtractor(
  settings: EngineSettings,
  worker: Worker,
  shared: Shared,
): Promise<Extractor> {
  if (worker.kind === 'encoder') return new EncoderExtractor(await shared.encoder());
  return new EndpointExtractor(
    {
      questions: await shared.questions(worker),
      templates: await loadTemplates(cascadePrompts, settings.prompts),
      demonstrations: await chooser(settings.extractor.demonstrations, shared.parts),
    },
    settings.extractor,
  );
}

async function openClassifier(
  settings: EngineSettings,
  worker: Worker,
  shared: Shared,
): Promise<Classifier> {
  if (worker.kind === 'encoder') return new EncoderClassifier(await shared.encoder());
  const classifier = new EndpointClassifier(
    {
      questions: await shared.questions(worker),
      templates: await loadTemplates(cascadePrompts, settings.prompts),
      demonstrations: await chooser(settings.classifier.demonstrations, shared.parts),
    },
    settings.classifier,
    settings.extractor.unit,
  );
  if (settings.verify === undefined) return classifier;
  return new UncertainOnly(classifier, settings.verify.high, settings.classifier);
}

/** Who chooses the demonstrations that settings ask for. */
export async function chooser(
  { choose, k, file }: DemonstrationSettings,
  parts: Pick<EngineParts, 'demonstrations' | 'embed'>,
): Promise<ChooseDemonstrations> {
  if (choose === 'none') return () => Promise.resolve([]);
  const pool = await parts.demonstrations(file);
  if (choose === 'fixed') return fixedDemonstrations(pool, k);
  if (parts.embed === undefined) {
    throw new InputError(
      phrase`The nearest demonstrations need the vectors of an encoder, and there is none`,
      phrase`Choose fixed demonstrations, or a model that this program can load.`,
      { field: 'demonstrations.choose' },
    );
  }
  return nearestDemonstrations(pool, k, parts.embed);
}

function checkVerify({ verify }: EngineSettings, extractor: Worker, classifier: Worker): void {
  if (verify === undefined || (extractor.kind === 'encoder' && classifier.kind !== 'encoder'))
    return;
  throw new InputError(
    phrase`Only an endpoint can verify what the encoder proposes`,
    phrase`Set the extractor to encoder and the classifier to endpoint:NAME, or leave “verify” out.`,
    { field: 'verify' },
  );
}
