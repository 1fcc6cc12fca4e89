import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { Environment } from '../environment';
import { UsageError } from '../exit';
import { encodingOfMark, newDecoder } from './lines';

/** One input of a command: a file, or standard input. */
export interface Source {
  /** As the user named it; `<stdin>` for standard input. */
  readonly name: string;
  /** Absolute path; absent for standard input. */
  readonly file?: string;
  /** The bytes, read once. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export const stdinName = '<stdin>';

/**
 * The inputs that the arguments name: `-` is standard input, which is also read without arguments,
 * unless it is a terminal. Files are opened one after the other, when they are read.
 * @throws {UsageError} when there is nothing to read.
 */
export function namedSources(files: readonly string[], environment: Environment): Source[] {
  const { stdin, folder, signal } = environment;
  if (files.length === 0 && stdin.isTTY === true) {
    throw new UsageError('Name a file, or pipe text into standard input (- waits for it).');
  }
  if (files.filter((file) => file === '-').length > 1) {
    throw new UsageError('Standard input (-) can be read once only.');
  }
  return (files.length === 0 ? ['-'] : files).map((name) => {
    if (name === '-') return { name: stdinName, chunks: abortable(stdin, signal) };
    const file = path.resolve(folder, name);
    return { name, file, chunks: readFileChunks(file, name, signal) };
  });
}

/** The first bytes of a stream, and the whole stream again. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return { head: new Uint8Array(), chunks: rest(iterator) };
  return { head: first.value, chunks: rest(iterator, first.value) };
}

/**
 * The bytes in UTF-8, whatever encoding they come in: the one named, or UTF-16 where a byte order
 * mark says so. UTF-8 passes through untouched.
 * @throws {InputError} for an unknown encoding or bytes that are invalid in it.
 */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  source: string,
): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let untouched = false;
  const encoder = new TextEncoder();
  const decode = (chunk?: Uint8Array): Uint8Array => {
    try {
      return encoder.encode(decoder?.decode(chunk, { stream: chunk !== undefined }));
    } catch {
      throw new InputError(
        phrase`The text is not valid ${decoder?.encoding.toUpperCase() ?? ''}`,
        phrase`Name the encoding of the input with --encoding.`,
        { source },
      );
    }
  };
  for await (const chunk of chunks) {
    if (decoder === undefined && !untouched) {
      const opened = newDecoder(encoding ?? encodingOfMark(chunk) ?? 'utf-8', source);
      if (opened.encoding === 'utf-8') untouched = true;
      else decoder = opened;
    }
    yield untouched ? chunk : decode(chunk);
  }
  if (decoder !== undefined) yield decode();
}

async function* rest(
  iterator: AsyncIterator<Uint8Array>,
  first?: Uint8Array,
): AsyncGenerator<Uint8Array> {
  if (first !== undefined) yield first;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return;
    yield next.value;
  }
}

async function* readFileChunks(
  file: string,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    if ((await stat(file)).isDirectory()) {
      throw new InputError(phrase`This is a folder`, phrase`Name the files in it.`, {
        source: name,
      });
    }
    yield* abortable(createReadStream(file), signal);
  } catch (error) {
    throw cannotRead(error, name);
  }
}

/** A stream that ends with the signal's reason when the run is interrupted. */
async function* abortable(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  try {
    for await (const chunk of addAbortSignal(signal, stream)) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function cannotRead(error: unknown, name: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  const problem =
    code === 'ENOENT' ? phrase`There is no such file` : phrase`The file cannot be read (${code})`;
  return new InputError(problem, phrase`Check its name and your rights to read it.`, {
    source: name,
  });
}
