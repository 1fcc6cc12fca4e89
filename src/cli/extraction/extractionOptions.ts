import path from 'node:path';
import type { LabelList } from '../../core/labels/labelList';
import type { OverlapPolicy } from '../../core/entity/overlap';
import { openEngine as openCombined } from '../../engines/combine/openEngine';
import { TurnsByEndpoint } from '../../engines/endpoint/turns';
import type { Engine } from '../../engines/engine';
import { PatternsEngine } from '../../engines/patterns/patternsEngine';
import type { CodePart } from '../../host/protocol';
import { readDemonstrations } from '../demonstrations';
import type { Environment } from '../environment';
import { UsageError } from '../exit';
import type { Messages } from '../io/messages';
import type { TextPassages } from '../io/passages';
import type { OpenEngine } from '../openEncoder';
import { openQuestions } from '../openQuestions';
import { engineSettingsOf, patternsName } from '../options/engine';
import type { ReadingOptions } from '../options/extraction';
import { packFolder } from '../packs';
import { readSettings, type CliSettings } from '../settings';

/** The options of `extract` as commander reads them. */
export interface ExtractionOptions extends ReadingOptions {
  readonly from?: string;
  readonly to: 'jsonl' | 'dynamicner' | 'terminal';
  readonly out?: string;
  readonly passages?: TextPassages;
  readonly only?: readonly CodePart[];
  readonly encoding?: string;
  readonly strict?: true;
  readonly resume?: true;
  readonly stats?: true;
  readonly progress?: true;
}

export async function settingsOf(
  options: ReadingOptions,
  { folder }: Environment,
  messages: Messages,
): Promise<CliSettings> {
  if (options.config === undefined) return { folder };
  return readSettings(options.config, folder, (message) => messages.warn(message));
}

/** The engine that options and settings describe. */
export async function openEngine(
  options: ReadingOptions,
  settings: CliSettings,
  labels: LabelList,
  isDataSet: boolean,
  environment: Environment,
  messages: Messages,
  open: OpenEngine,
): Promise<Engine> {
  if (options.patterns !== undefined) return openPatterns(options, environment);
  const chosen = engineSettingsOf(options, settings, isDataSet);
  const prompts =
    chosen.prompts === undefined ? undefined : promptsOf(options, settings, environment);
  const turns = new TurnsByEndpoint();
  let encoder: Promise<Engine> | undefined;
  const openOnce = () => (encoder ??= openEncoder(options, settings, environment, open));
  return openCombined(
    { ...chosen, prompts },
    {
      encoder: openOnce,
      questions: (worker) => openQuestions(worker, options, settings, environment, messages, turns),
      demonstrations: (file) => readDemonstrations(file, settings, environment, labels),
      embed: async (texts, signal) => (await (await openOnce()).embed?.(texts, signal)) ?? [],
    },
  );
}

function openPatterns({ engine, patterns = '' }: ReadingOptions, { folder }: Environment) {
  if (engine !== undefined && engine !== patternsName) {
    throw new UsageError(`--patterns needs --engine ${patternsName}.`);
  }
  return PatternsEngine.open(path.resolve(folder, patterns));
}

/** The folder of prompts: an option is relative to where the user stands, a setting to its file. */
function promptsOf(
  { prompts }: ReadingOptions,
  settings: CliSettings,
  { folder }: Environment,
): string {
  return prompts === undefined
    ? path.resolve(settings.folder, settings.engine?.prompts ?? '')
    : path.resolve(folder, prompts);
}

async function openEncoder(
  options: ReadingOptions,
  settings: CliSettings,
  environment: Environment,
  open: OpenEngine,
): Promise<Engine> {
  const folder =
    options.model === undefined
      ? await packFolder(settings.model, environment, settings.folder)
      : await packFolder(options.model, environment);
  const threads = settings['encoder.threads'] ?? undefined;
  return open(folder, {
    ...(threads === undefined ? {} : { threads }),
    workers: options.workers ?? 1,
    programFolder: environment.programFolder,
  });
}

export function overlapOf(options: ReadingOptions, settings: CliSettings): OverlapPolicy {
  if (options.multiLabel === true) return 'multi-label';
  if (options.nested === true) return 'nested';
  return settings.overlap ?? 'flat';
}

/** The parts of source code that the settings name. */
export function codeOf({ 'extract.code': code }: CliSettings): {
  readonly code?: readonly CodePart[];
} {
  switch (code) {
    case 'comments':
    case 'strings':
      return { code: [code] };
    case 'commentsAndStrings':
      return { code: ['comments', 'strings'] };
    case 'all':
    case undefined:
      return {};
  }
}

export function passagesOf({ passages, only, to }: ExtractionOptions): TextPassages {
  if (only !== undefined && passages !== undefined && passages !== 'file') {
    throw new UsageError('--only reads whole files: leave --passages out.');
  }
  if (only !== undefined) return 'file';
  return passages ?? (to === 'terminal' ? 'paragraph' : 'line');
}
