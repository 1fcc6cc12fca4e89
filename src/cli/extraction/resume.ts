import { createReadStream, existsSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { UsageError } from '../exit';
import { readLines, type Line } from '../io/lines';
import type { Messages } from '../io/messages';
import type { PartOptions } from '../io/output';
import type { ExtractionOptions } from './extractionOptions';
import type { Item } from './items';

/** What an earlier run left of an output of lines. */
export interface EarlierRun extends PartOptions {
  /** Whole lines in the part. */
  readonly lines: number;
}

/** The file that holds the lines of an output until it is complete. */
function partOf(file: string): string {
  return path.join(path.dirname(file), `${path.basename(file)}.part`);
}

/** Where the output of lines goes, and what an earlier run left of it. */
export interface OutputPlan {
  /** The wanted file; meaningful with `earlier` only. */
  readonly file: string;
  /** For lines that go to a file: its part, with what is kept of it. */
  readonly earlier: EarlierRun | undefined;
  readonly resumes: boolean;
  /** Whether a run to be resumed has come to its end already. */
  readonly complete: boolean;
}

/** @throws {UsageError} when there is nothing that could be resumed. */
export async function planOutput(
  { out, to, resume }: Pick<ExtractionOptions, 'out' | 'to' | 'resume'>,
  folder: string,
): Promise<OutputPlan> {
  const toFile = out !== undefined && out !== '-' && to === 'jsonl';
  if (resume === true && !toFile) {
    throw new UsageError('--resume needs --out FILE, with lines of JSON as its output.');
  }
  if (!toFile) return { file: '', earlier: undefined, resumes: false, complete: false };
  const file = path.resolve(folder, out);
  if (resume !== true) {
    const earlier = { part: partOf(file), lines: 0, kept: 0 };
    return { file, earlier, resumes: false, complete: false };
  }
  const earlier = await findEarlierRun(file);
  const complete = earlier.lines === 0 && existsSync(file);
  return { file, earlier, resumes: earlier.lines > 0, complete };
}

/** Says how to go on after a run that did not come to its end. */
export async function tellPart(file: string, messages: Messages): Promise<void> {
  const { lines, part } = await findEarlierRun(file);
  if (lines === 0) return;
  const kept = lines === 1 ? '1 line is' : `${lines} lines are`;
  messages.say(`${kept} kept in ${part}; --resume goes on from there.`);
}

/** What is there of an output; its last line is cut off where it is not whole. */
async function findEarlierRun(file: string): Promise<EarlierRun> {
  const part = partOf(file);
  let lines = 0;
  let bytes = 0;
  let kept = 0;
  try {
    for await (const chunk of createReadStream(part) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) {
        lines++;
        kept = bytes + at + 1;
      }
      bytes += chunk.length;
    }
    if (kept < bytes) await truncate(part, kept);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return { part, lines, kept };
}

const doneLine = z.union([z.object({ text: z.string() }), z.object({ error: z.string() })]);

/**
 * The items that an earlier run has not done. Those that it has are compared with its lines, and its
 * failures count again.
 * @throws {InputError} when a line is not that of its item: the input is another one.
 */
export async function* skipDone(
  items: AsyncIterable<Item>,
  { part, lines }: EarlierRun,
  messages: Messages,
): AsyncGenerator<Item> {
  const done = readLines(createReadStream(part), { source: part });
  let number = 0;
  for await (const item of items) {
    if (number >= lines) {
      yield item;
      continue;
    }
    number++;
    const line = await done.next();
    if (line.done === true || !isLineOf(line.value, item)) throw anotherInput(part, number);
    if ('error' in item.input) messages.fail(item.input.error);
  }
  if (number < lines) throw anotherInput(part, number + 1);
}

function isLineOf(line: Line, { input }: Item): boolean {
  if ('error' in line) return false;
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return false;
  }
  const parsed = doneLine.safeParse(value);
  if (!parsed.success) return false;
  if ('error' in input) return 'error' in parsed.data;
  return 'text' in parsed.data && parsed.data.text === input.data.text;
}

function anotherInput(part: string, line: number): InputError {
  return new InputError(
    phrase`The line is not what this input gives`,
    phrase`Resume with the same input and options, or start anew without --resume.`,
    { source: path.basename(part), line },
  );
}
