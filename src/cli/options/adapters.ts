import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { readAdapterFile } from '../../core/learning/adapterFile';
import { withAdapters } from '../../core/learning/withAdapters';
import { phrase } from '../../core/messages/phrase';

/**
 * The labels with what the file of `--adapters` learned of them; as they are without one.
 * @throws {InputError} for a file that cannot be read or is no file of adapters.
 */
export async function labelsWithAdapters(
  labels: LabelSpec,
  file: string | undefined,
  folder: string,
): Promise<LabelSpec> {
  if (file === undefined) return labels;
  let text: string;
  try {
    text = await readFile(path.resolve(folder, file), 'utf8');
  } catch (error) {
    throw new InputError(
      phrase`The adapters cannot be read (${(error as Error).message})`,
      phrase`Name with --adapters a file that “learn” wrote.`,
      { source: file },
    );
  }
  return withAdapters(labels, readAdapterFile(text, file));
}
