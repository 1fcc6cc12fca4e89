import type { Missing } from './install.mjs';

export const forWorkbench: readonly string[];
export const forTests: readonly string[];
export function findBrowser(): string | undefined;
export function ensurePackages(
  packages: readonly string[],
  say: (line: string) => void,
): Promise<{ readonly ok: true } | Missing>;
