import * as vscode from 'vscode';
import type { Program, ProgramResult } from './program';

/**
 * Runs the program under a progress notification whose button stops it.
 * @throws an Error with what the program said, when it failed.
 */
export async function runWithProgress(
  program: Program,
  title: string,
  args: readonly string[],
): Promise<ProgramResult> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const result = await program.run(args, {
        signal: stop.signal,
        onMessage: (line) => progress.report({ message: line.slice(0, 100) }),
      });
      if (result.code !== 0) throw new Error(lastLine(result.stderr));
      return result;
    },
  );
}

function lastLine(messages: string): string {
  const lines = messages.trim().split('\n');
  return (
    lines.find((line) => line.startsWith('error: '))?.slice('error: '.length) ?? lines.at(-1) ?? ''
  );
}
