import { createWriteStream, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { OutputClosed } from '../exit';

/** Where a command's results go. */
export interface Output {
  /**
   * Resolves when more may be written: the reader's pace is the run's pace.
   * @throws {OutputClosed} when nobody reads any more.
   */
  write(data: string | Uint8Array): Promise<void>;
  /** Ends the output; a file gets its name only now. */
  close(): Promise<void>;
  /** Gives the output up; a file under way is removed. */
  discard(): Promise<void>;
}

/** Writes to a stream that outlives the command, such as standard output. */
export class StreamOutput implements Output {
  private failure: Error | undefined;

  constructor(private readonly stream: Writable) {
    stream.on('error', (error) => (this.failure ??= closedOr(error)));
    stream.on('close', () => (this.failure ??= new OutputClosed()));
  }

  async write(data: string | Uint8Array): Promise<void> {
    this.throwIfFailed();
    if (data.length === 0) return;
    if (!this.stream.write(data)) await this.untilDrained();
    this.throwIfFailed();
  }

  /** Waits until what was written has left this process. */
  async close(): Promise<void> {
    this.throwIfFailed();
    await new Promise<void>((resolve) => this.stream.write('', () => resolve()));
    this.throwIfFailed();
  }

  discard(): Promise<void> {
    return Promise.resolve();
  }

  private throwIfFailed(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** Resolves when the stream takes more, or never will. */
  private untilDrained(): Promise<void> {
    return new Promise((resolve) => {
      const events = ['drain', 'error', 'close'];
      const done = () => {
        for (const event of events) this.stream.off(event, done);
        resolve();
      };
      for (const event of events) this.stream.on(event, done);
    });
  }
}

export interface PartOptions {
  /** The file that holds the output until it is complete. */
  readonly part: string;
  /** Bytes of it that are kept from an earlier run; what is behind them is cut off. */
  readonly kept: number;
}

/**
 * Writes to a file beside the wanted one and renames it at the end: nobody sees half a file. A part that
 * the caller names stays when the output is given up, unless it is empty.
 */
export class FileOutput implements Output {
  private readonly part: string;
  private readonly stream: Writable;
  private readonly output: StreamOutput;
  private isEmpty: boolean;

  constructor(
    private readonly file: string,
    private readonly options?: PartOptions,
  ) {
    refuseFolder(file);
    const beside = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
    this.part = options?.part ?? beside;
    this.stream =
      options === undefined || options.kept === 0
        ? createWriteStream(this.part, { flags: options === undefined ? 'wx' : 'w' })
        : createWriteStream(this.part, { flags: 'r+', start: options.kept });
    this.output = new StreamOutput(this.stream);
    this.isEmpty = (options?.kept ?? 0) === 0;
  }

  async write(data: string | Uint8Array): Promise<void> {
    try {
      this.isEmpty &&= data.length === 0;
      await this.output.write(data);
    } catch (error) {
      throw cannotWrite(this.file, error);
    }
  }

  async close(): Promise<void> {
    try {
      this.stream.end();
      await finished(this.stream);
      await rename(this.part, this.file);
    } catch (error) {
      await rm(this.part, { force: true });
      throw cannotWrite(this.file, error);
    }
  }

  async discard(): Promise<void> {
    const keeps = this.options !== undefined && !this.isEmpty;
    if (keeps) this.stream.end();
    else this.stream.destroy();
    await finished(this.stream).catch(() => undefined);
    if (!keeps) await rm(this.part, { force: true });
  }
}

/** The output that a command's `--out` names: a file, or standard output without it and for `-`. */
export function openOutput(out: string | undefined, folder: string, stdout: Writable): Output {
  if (out === undefined || out === '-') return new StreamOutput(stdout);
  return new FileOutput(path.resolve(folder, out));
}

/** @throws {InputError} before any work is done for a file that could not get its name. */
function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  throw new InputError(phrase`This is a folder`, phrase`Name a file with --out.`, {
    source: file,
  });
}

function closedOr(error: NodeJS.ErrnoException): Error {
  const closed = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
  return closed ? new OutputClosed() : error;
}

function cannotWrite(file: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(
    phrase`The output cannot be written (${reason})`,
    phrase`Name a file in a folder that exists and that you may write to with --out.`,
    { source: file },
  );
}

/**
 * Writes all of a result and closes the output, or discards what was written.
 * @throws what the chunks or the output throw; the signal's reason when aborted.
 */
export async function writeAll(
  output: Output,
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      await output.write(chunk);
    }
    await output.close();
  } catch (error) {
    await output.discard();
    throw error;
  }
}
