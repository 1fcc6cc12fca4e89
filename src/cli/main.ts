import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { exitCode, Interrupted } from './exit';
import { runProgram } from './program';

const programFolder = __dirname;
const interruption = new AbortController();

// The first signal lets the line under way end; the second does not wait.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(exitCode.interrupted);
    interruption.abort(new Interrupted());
  });
}
// Commands watch standard output themselves; a reader of messages that has gone is no failure.
process.stderr.on('error', () => undefined);

void runProgram(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  folder: process.cwd(),
  programFolder,
  version: readVersion(),
  signal: interruption.signal,
  // Not `exitCode`: an input that stays open and the runtime's threads would keep the process.
}).then((code) => process.exit(code));

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(programFolder, '..', 'package.json'), 'utf8'),
  );
  return z.object({ version: z.string() }).parse(manifest).version;
}
