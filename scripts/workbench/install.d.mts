import type { InstalledWorkbench } from './server.mjs';

export type Ensured<T> = ({ readonly ok: true } & T) | Missing;

/** What is missing, and the one command that brings it. */
export interface Missing {
  readonly ok: false;
  readonly reason: string;
  readonly command: string;
}

export function ensureWorkbench(
  say: (line: string) => void,
  packages?: readonly string[],
): Promise<Ensured<InstalledWorkbench>>;
