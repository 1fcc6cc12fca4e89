import type { LabelList } from '../../core/labels/labelList';
import type { Engine, ExtractOptions } from '../../engines/engine';
import type { Environment } from '../environment';
import type { Messages } from '../io/messages';
import type { OpenEngine } from '../openEncoder';
import { labelsWithAdapters } from '../options/adapters';
import type { ReadingOptions } from '../options/extraction';
import { resolveLabels } from '../options/labels';
import { levelOf } from '../options/level';
import type { CliSettings } from '../settings';
import { openEngine, overlapOf, settingsOf } from './extractionOptions';

/** An engine, ready to work, and what is asked of it. */
export interface Extraction {
  readonly engine: Engine;
  readonly settings: CliSettings;
  readonly labels: LabelList;
  /** Level of the names that are written (0 = top); undefined for the deepest known. */
  readonly level: number | undefined;
  readonly work: Pick<ExtractOptions, 'labels' | 'overlap' | 'threshold'>;
}

/**
 * Opens what options and settings describe; options come first.
 * @param isDataSet Whether the passages are sentences of a data set, which are not cut into sentences.
 * @throws {InputError} for a file of labels, adapters or settings that cannot be used; {UsageError} for
 *   options that do not fit together; {ModelError} for a model that cannot be used.
 */
export async function openExtraction(
  options: ReadingOptions,
  isDataSet: boolean,
  environment: Environment,
  messages: Messages,
  open: OpenEngine,
): Promise<Extraction> {
  const settings = await settingsOf(options, environment, messages);
  const labels = await resolveLabels(options.labels, settings, environment, messages);
  const spec = await labelsWithAdapters(labels.toSpec(), options.adapters, environment.folder);
  const level = levelOf(options.level ?? settings.level, labels.taxonomy);
  const threshold = options.threshold ?? settings.threshold ?? undefined;
  const work = {
    labels: spec,
    overlap: overlapOf(options, settings),
    ...(threshold === undefined ? {} : { threshold }),
  };
  const parts = [options, settings, labels, isDataSet, environment, messages, open] as const;
  return { engine: await openEngine(...parts), settings, labels, level, work };
}
