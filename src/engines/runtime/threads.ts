import { readdirSync, readFileSync } from 'node:fs';
import { arch, availableParallelism } from 'node:os';

const MOST = 4;

/** Threads for a runtime: as many as the machine has physical cores, but no more than 4. */
export function defaultThreads(): number {
  return Math.max(1, Math.min(MOST, availableParallelism(), physicalCores()));
}

function physicalCores(): number {
  const counted = countLinuxCores();
  if (counted > 0) return counted;
  // Where the system does not tell: processors of Intel and AMD show every core twice.
  return arch() === 'x64' ? Math.ceil(availableParallelism() / 2) : availableParallelism();
}

function countLinuxCores(): number {
  const folder = '/sys/devices/system/cpu';
  try {
    const siblings = readdirSync(folder)
      .filter((name) => /^cpu\d+$/.test(name))
      .map((name) => readFileSync(`${folder}/${name}/topology/thread_siblings_list`, 'utf8'));
    return new Set(siblings).size;
  } catch {
    return 0;
  }
}
