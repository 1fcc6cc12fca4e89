import type { OffsetUnit } from '../../core/formats/format';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { Engine } from '../../engines/engine';
import type { CodePart } from '../../host/protocol';
import type { Environment } from '../environment';
import { UsageError } from '../exit';
import type { Messages } from '../io/messages';
import type { TextPassages } from '../io/passages';
import type { OpenEngine } from '../openEncoder';
import { packFolder } from '../packs';
import { readSettings, type CliSettings } from '../settings';

/** The options of `extract` as commander reads them. */
export interface ExtractionOptions {
  readonly model?: string;
  readonly labels?: string;
  readonly level?: string;
  readonly threshold?: number;
  readonly nested?: true;
  readonly multiLabel?: true;
  readonly from?: string;
  readonly to: 'jsonl' | 'dynamicner' | 'terminal';
  readonly out?: string;
  readonly passages?: TextPassages;
  readonly only?: readonly CodePart[];
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly config?: string;
  readonly strict?: true;
  readonly resume?: true;
  readonly workers?: number;
  readonly stats?: true;
  readonly progress?: true;
}

export async function settingsOf(
  options: ExtractionOptions,
  { folder }: Environment,
  messages: Messages,
): Promise<CliSettings> {
  if (options.config === undefined) return { folder };
  return readSettings(options.config, folder, (message) => messages.warn(message));
}

export async function openEngine(
  options: ExtractionOptions,
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

export function overlapOf(options: ExtractionOptions, settings: CliSettings): OverlapPolicy {
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
