import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import { findBuiltInList } from '../../core/labels/builtInLists';
import { dynamicNerLabels } from '../../core/labels/dynamicner';
import { parseLabelFile, readLabelNames } from '../../core/labels/labelFile';
import { LabelList } from '../../core/labels/labelList';
import { phrase } from '../../core/messages/phrase';
import type { Environment } from '../environment';
import { UsageError } from '../exit';
import { newDecoder, refuseBinary } from '../io/lines';
import type { Messages } from '../io/messages';
import { errorOf } from '../io/passages';
import type { CliSettings } from '../settings';

/**
 * The labels in force: those of `--labels`, else of the settings, else DynamicNER's taxonomy.
 * @throws {InputError} for a file that cannot be read or is no list of labels.
 */
export async function resolveLabels(
  given: string | undefined,
  settings: CliSettings,
  { folder }: Environment,
  messages: Messages,
): Promise<LabelList> {
  if (given !== undefined) return namedLabels(given, folder, messages);
  const { labels } = settings;
  if (labels === undefined || labels.length === 0) return dynamicNerLabels;
  if (typeof labels === 'string') {
    const builtIn = findBuiltInList(labels);
    return builtIn === undefined
      ? readFileOfLabels(labels, settings.folder, messages)
      : builtIn.list;
  }
  return LabelList.flat(labels.map((name) => ({ name })));
}

/** A file where there is one of that name, else a built-in list, else names separated by commas. */
async function namedLabels(given: string, folder: string, messages: Messages): Promise<LabelList> {
  if (await isFile(path.resolve(folder, given))) return readFileOfLabels(given, folder, messages);
  const builtIn = findBuiltInList(given);
  if (builtIn !== undefined) return builtIn.list;
  if (/[\\/]|\.\w{1,5}$/.test(given) && !given.includes(',')) {
    throw new InputError(
      phrase`There is no such file`,
      phrase`Name a label file, or labels separated by commas.`,
      {
        source: given,
      },
    );
  }
  if (given.replace(/[,\s]/gu, '') === '') {
    throw new UsageError('--labels needs a file, or names separated by commas.');
  }
  return readLabelNames(given);
}

async function readFileOfLabels(
  name: string,
  folder: string,
  messages: Messages,
): Promise<LabelList> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path.resolve(folder, name));
  } catch (error) {
    throw new InputError(
      phrase`The labels cannot be read (${(error as Error).message})`,
      phrase`Name a taxonomy file or a list of labels.`,
      { source: name },
    );
  }
  refuseBinary(bytes, newDecoder('utf-8', name), name);
  const { list, problems } = parseLabelFile(bytes.toString('utf8'), name);
  for (const problem of problems) messages.warn(errorOf(problem, name).message);
  return list;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
