import type { SpawnOptions } from 'node:child_process';

export interface Ended {
  /** Exit code; 1 where a signal ended it, 127 where it did not start. */
  readonly code: number;
  /** What it wrote, unless that was shown. */
  readonly output: string;
}

/** What becomes of the output: it is let through, given to a function by lines, or collected. */
export interface Output {
  readonly show?: boolean;
  readonly onLine?: (line: string) => void;
}

export function run(
  program: string,
  args: readonly string[],
  options?: SpawnOptions & Output,
): Promise<Ended>;
export function mustRun(
  program: string,
  args: readonly string[],
  options?: SpawnOptions & Output,
): Promise<string>;
export function onPath(...names: string[]): string | undefined;
export function npmEnvironment(extra?: Readonly<Record<string, string>>): Record<string, string>;
