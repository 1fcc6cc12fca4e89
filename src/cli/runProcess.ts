import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { CommandModule } from './command';
import { exitCode, Interrupted } from './exit';
import { runProgram } from './program';

/**
 * Runs this process's command line and ends the process with its exit code. The first SIGINT or
 * SIGTERM lets the line under way end; the second does not wait.
 * @param programFolder Folder of the program; package.json and the models lie beside it.
 */
export async function runProcess(
  programFolder: string,
  modules?: readonly CommandModule[],
): Promise<never> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) process.exit(exitCode.interrupted);
      interruption.abort(new Interrupted());
    });
  }
  // Commands watch standard output themselves; a reader of messages that has gone is no failure.
  process.stderr.on('error', () => undefined);
  const code = await runProgram(
    process.argv.slice(2),
    {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      variables: process.env,
      folder: process.cwd(),
      programFolder,
      version: readVersion(programFolder),
      signal: interruption.signal,
    },
    modules,
  );
  // Not `process.exitCode`: an input that stays open and the runtime's threads would keep the process.
  process.exit(code);
}

function readVersion(programFolder: string): string {
  const file = path.join(programFolder, '..', 'package.json');
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}
