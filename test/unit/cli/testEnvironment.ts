import { PassThrough, Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import path from 'node:path';
import type { CommandModule } from '../../../src/cli/command';
import type { Environment } from '../../../src/cli/environment';
import { runProgram } from '../../../src/cli/program';

export const repository = path.resolve(__dirname, '../../..');

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Standard input: its text, or a stream; a terminal nobody types into when absent. */
  readonly stdin?: string | Readable;
  readonly folder?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly modules?: readonly CommandModule[];
  /** Standard output is a terminal of this width. */
  readonly columns?: number;
  /** Called with each piece of standard output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Runs one command line in this process. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const stdout = collect(options.columns, options.onOutput);
  const stderr = collect();
  const stdin =
    options.stdin === undefined
      ? Object.assign(new PassThrough(), { isTTY: true })
      : typeof options.stdin === 'string'
        ? Readable.from([Buffer.from(options.stdin)])
        : options.stdin;
  const environment: Environment = {
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    variables: options.variables ?? {},
    folder: options.folder ?? repository,
    programFolder: path.join(repository, 'dist'),
    version: '1.2.3',
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await runProgram(args, environment, options.modules);
  stdout.stream.end();
  stderr.stream.end();
  await Promise.all([finished(stdout.stream), finished(stderr.stream)]);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(columns?: number, onText?: (text: string) => void) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      if (chunk.length > 0) onText?.(chunk.toString());
      done();
    },
  });
  if (columns !== undefined) Object.assign(stream, { isTTY: true, columns });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
