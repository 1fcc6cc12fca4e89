import path from 'node:path';
import { InputError } from '../core/errors';
import { phrase } from '../core/messages/phrase';
import type { Demonstration } from '../engines/prompts/promptProtocol';
import { readPassages } from './io/passages';
import { namedSources } from './io/sources';
import type { Environment } from './environment';
import type { CliSettings } from './settings';
import type { LabelList } from '../core/labels/labelList';

/**
 * The annotated texts of a file, to be shown to a model; offsets as the file's format counts them.
 * @throws {InputError} when no file is named, or it cannot be read.
 */
export async function readDemonstrations(
  file: string | undefined,
  { folder }: CliSettings,
  environment: Environment,
  { taxonomy }: LabelList,
): Promise<Demonstration[]> {
  if (file === undefined) {
    throw new InputError(
      phrase`Demonstrations come from a file here, and none is named`,
      phrase`Name a file of annotated passages.`,
      { field: 'demonstrations.file' },
    );
  }
  const [source] = namedSources([path.resolve(folder, file)], environment);
  const demonstrations: Demonstration[] = [];
  if (source === undefined) return demonstrations;
  for await (const passage of readPassages(source, {
    offsets: 'code-points',
    text: 'file',
    taxonomy,
  })) {
    if ('error' in passage) throw passage.error;
    const { text, entities } = passage.data;
    if (entities.length > 0) demonstrations.push({ text, entities });
  }
  return demonstrations;
}
