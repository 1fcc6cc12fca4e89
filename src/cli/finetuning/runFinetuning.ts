import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import { FinetuningFiles, type FinetuningFile } from '../../core/finetuning/finetuningFiles';
import type { OffsetUnit } from '../../core/formats/format';
import { phrase, phraseText } from '../../core/messages/phrase';
import { readResults } from '../conversion/runConversion';
import type { Environment } from '../environment';
import { exitCode, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { FileOutput, writeAll } from '../io/output';
import type { TextPassages } from '../io/passages';
import { namedSources } from '../io/sources';
import { resolveLabels } from '../options/labels';

/** The options of `finetune` as commander reads them. */
export interface FinetuneOptions {
  readonly from?: string;
  readonly out: string;
  readonly labels?: string;
  readonly validation: number;
  readonly seed: number;
  readonly unlabelled?: true;
  readonly suggested?: true;
  readonly unit: 'sentence' | 'passage';
  readonly passages?: TextPassages;
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly strict?: true;
}

/**
 * Runs `finetune`: reads the passages and writes the four files, each when it is complete.
 * @returns 0, or 1 when a passage or file could not be read.
 */
export async function runFinetuning(
  files: readonly string[],
  options: FinetuneOptions,
  environment: Environment,
): Promise<ExitCode> {
  const sources = namedSources(files, environment);
  const messages = new Messages(environment.stderr);
  const { folder, signal } = environment;
  const { taxonomy } = await resolveLabels(options.labels, { folder }, environment, messages);
  const { unit, validation, seed, unlabelled = false, suggested = false } = options;
  const made = new FinetuningFiles({ taxonomy, unit, validation, seed, unlabelled, suggested });
  for await (const result of readResults(sources, { ...options, taxonomy }, messages)) {
    signal.throwIfAborted();
    if ('data' in result) made.add(result.data);
  }
  if (made.sentenceCount === 0) {
    throw new InputError(
      phrase`There is nothing to learn from: the input has no accepted annotations`,
      phrase`Accept entities first, or take what engines suggested with --suggested.`,
    );
  }
  const written = made.files();
  await writeFiles(written, path.resolve(folder, options.out));
  for (const { message, count } of made.notes) {
    messages.say(`left out (${count}): ${phraseText(message)}`);
  }
  for (const { name, size } of written) {
    messages.say(
      `${path.join(options.out, name)}: ${size === 1 ? '1 conversation' : `${size} conversations`}`,
    );
  }
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

async function writeFiles(files: readonly FinetuningFile[], folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new InputError(
      phrase`The folder cannot be made (${(error as Error).message})`,
      phrase`Name a folder that you may write to with --out.`,
      { source: folder },
    );
  }
  for (const { name, text } of files) {
    await writeAll(new FileOutput(path.join(folder, name)), [text]);
  }
}
