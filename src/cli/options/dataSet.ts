import { InvalidArgumentError, Option, type Command } from 'commander';
import type { OffsetUnit } from '../../core/formats/format';
import type { DataSetReading } from '../datasets/dataSet';
import type { Environment } from '../environment';
import { formatNames } from '../formats';
import { readMapping } from '../mapping/readMap';
import type { Messages } from '../io/messages';
import { resolveLabels } from './labels';
import { levelOf } from './level';
import { offsetsOption } from './offsets';

/** Options of the commands that work on whole data sets, as commander reads them. */
export interface DataSetOptions {
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly map?: string;
  readonly labels?: string;
  readonly level?: string;
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly seed: number;
}

/** Adds what `DataSetOptions` describes, but for the output. */
export function addDataSetOptions(command: Command): void {
  command
    .addOption(
      new Option('--from <format>', 'format of the input (default: found out)').choices(
        formatNames,
      ),
    )
    .option('--map <file>', 'map from list to list, or rules that rename, split and remove types')
    .option(
      '--level <level>',
      'level of the types: coarse, medium, fine, or 1, 2, … (default: the deepest known)',
    )
    .option(
      '--labels <file|names>',
      'taxonomy that gives bare names their path (default with --level: DynamicNER’s)',
    )
    .option('--encoding <name>', 'encoding of the input, such as gbk (default: UTF-8)')
    .addOption(offsetsOption('read and written'))
    .option('--seed <n>', 'decides all random choices', parseSeed, 1);
}

/** Adds where passages are written, and in which format. */
export function addOutputOptions(command: Command, out: string): void {
  command
    .addOption(
      new Option(
        '--to <format>',
        'format of the output, which gets the encoding of --encoding (default: the input’s, each passage byte for byte)',
      ).choices(formatNames),
    )
    .option(out, 'where the result is written; appears when it is complete');
}

/** A whole number of an option. @throws {InvalidArgumentError} for anything else. */
export function parseSeed(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return value;
}

/**
 * How the options want data sets read, and the level of their types (0 = top).
 * @throws {InputError} for a taxonomy or rules that cannot be read.
 */
export async function readingOf(
  options: Omit<DataSetOptions, 'seed'>,
  environment: Environment,
  messages: Messages,
): Promise<{ readonly reading: DataSetReading; readonly level?: number }> {
  const { from, map, labels, encoding, offsets } = options;
  const { folder } = environment;
  const taxonomy =
    labels === undefined && options.level === undefined
      ? undefined
      : (await resolveLabels(labels, { folder }, environment, messages)).taxonomy;
  const level = taxonomy === undefined ? undefined : levelOf(options.level, taxonomy);
  const rules = map === undefined ? undefined : await readMapping(map, folder);
  const reading = {
    offsets,
    ...(from === undefined ? {} : { from }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(taxonomy === undefined ? {} : { taxonomy }),
    ...(rules === undefined ? {} : { rules }),
  };
  return { reading, ...(level === undefined ? {} : { level }) };
}
