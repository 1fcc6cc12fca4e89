import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { hostEnvironment } from '../../host/environment';

export interface ProgramInput {
  /** Standard input, in pieces; none when absent. */
  readonly input?: AsyncIterable<string | Uint8Array> | Iterable<string>;
  /** Folder that relative names start from. */
  readonly folder?: string;
  readonly signal?: AbortSignal;
  /** Told each line of standard error, as it comes. */
  readonly onMessage?: (line: string) => void;
}

export interface ProgramResult {
  /** 0 done, 1 bad input or findings, 2 wrong usage. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The command line in a process of its own: work on whole data sets, which would hold up the extension
 * host. Its contract is that of people and pipelines.
 */
export class Program {
  /** @param script The bundled program, `dist/cli.js`. */
  constructor(private readonly script: string) {}

  /**
   * Runs a command to its end.
   * @throws the signal's reason when aborted; an Error when the process cannot be started.
   */
  async run(args: readonly string[], options: ProgramInput = {}): Promise<ProgramResult> {
    const { signal, folder } = options;
    signal?.throwIfAborted();
    const child = spawn(process.execPath, [this.script, ...args], {
      env: hostEnvironment(process.env),
      stdio: 'pipe',
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    const stop = (): void => void child.kill('SIGINT');
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const stdout: string[] = [];
      const stderr: string[] = [];
      child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr.push(text);
        for (const line of text.split('\n')) if (line.trim() !== '') options.onMessage?.(line);
      });
      const ended = once(child, 'close') as Promise<[number | null]>;
      // A program that ends before it has read everything says why by its code.
      child.stdin.on('error', () => undefined);
      await Promise.all([feed(child, options.input ?? []), ended]);
      const [code] = await ended;
      signal?.throwIfAborted();
      return { code: code ?? 1, stdout: stdout.join(''), stderr: stderr.join('') };
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

/** Writes standard input at the pace of the program. */
async function feed(
  child: ChildProcess,
  input: AsyncIterable<string | Uint8Array> | Iterable<string>,
): Promise<void> {
  const { stdin } = child;
  if (stdin === null) return;
  for await (const piece of input) {
    if (stdin.destroyed) return;
    if (!stdin.write(piece)) {
      await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]);
    }
  }
  stdin.end();
}
