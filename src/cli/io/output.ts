import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InputError } from '../../core/errors';
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
  private readonly onError = (error: NodeJS.ErrnoException): void => {
    this.failure ??= isClosedPipe(error) ? new OutputClosed() : error;
  };

  constructor(private readonly stream: Writable) {
    stream.on('error', this.onError);
  }

  async write(data: string | Uint8Array): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (data.length === 0) return;
    if (!this.stream.write(data)) await this.untilDrained();
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits until what was written has left this process. */
  async close(): Promise<void> {
    if (this.failure === undefined) {
      await new Promise<void>((resolve) => this.stream.write('', () => resolve()));
    }
    if (this.failure !== undefined) throw this.failure;
  }

  discard(): Promise<void> {
    return Promise.resolve();
  }

  private async untilDrained(): Promise<void> {
    try {
      await once(this.stream, 'drain');
    } catch (error) {
      this.onError(error as NodeJS.ErrnoException);
    }
  }
}

/** Writes to a file beside the wanted one and renames it at the end: nobody sees half a file. */
export class FileOutput implements Output {
  private readonly part: string;
  private readonly stream: Writable;
  private readonly output: StreamOutput;

  constructor(private readonly file: string) {
    this.part = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
    this.stream = createWriteStream(this.part, { flags: 'wx' });
    this.output = new StreamOutput(this.stream);
  }

  async write(data: string | Uint8Array): Promise<void> {
    try {
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
    this.stream.destroy();
    await finished(this.stream).catch(() => undefined);
    await rm(this.part, { force: true });
  }
}

/** The output that a command's `--out` names: a file, or standard output without it and for `-`. */
export function openOutput(out: string | undefined, folder: string, stdout: Writable): Output {
  if (out === undefined || out === '-') return new StreamOutput(stdout);
  return new FileOutput(path.resolve(folder, out));
}

function isClosedPipe(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
}

function cannotWrite(file: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(
    `The output cannot be written (${reason})`,
    'Name a file in a folder that exists and that you may write to with --out.',
    { source: file },
  );
}
