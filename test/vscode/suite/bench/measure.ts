import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Painted } from '../../../../src/editor/probe';

/** A figure of the table that the benchmark prints. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: number;
}

const figures: Figure[] = [];

/** Adds a figure and writes all of them where the program that started the host reads them. */
export function tell(name: string, value: number, unit: string, aim?: number): void {
  figures.push({ name, value, unit, ...(aim === undefined ? {} : { aim }) });
  writeFileSync(process.env['BENCH_FIGURES'] ?? 'figures.json', JSON.stringify(figures));
}

/** Resolves, with the time, at the first painting of a document with at least one box in it. */
export function firstBoxes(document: string): Promise<number> {
  const name = 'dynamicner.painted';
  return new Promise((resolve) => {
    const onPaint = (message: unknown): void => {
      const paint = message as Painted;
      if (paint.document !== document || paint.entities === 0) return;
      unsubscribe(name, onPaint);
      resolve(performance.now());
    };
    subscribe(name, onPaint);
  });
}

/** Delays of the event loop while `work` runs, in milliseconds. */
export async function delaysOf(
  work: () => Promise<unknown>,
): Promise<{ half: number; most: number; longest: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return {
    half: delay.percentile(50) / 1e6,
    most: delay.percentile(99) / 1e6,
    longest: delay.max / 1e6,
  };
}

/** Runs `work`, with a profile of it in the folder that `--profile` names. */
export async function profiled<T>(name: string, work: () => Promise<T>): Promise<T> {
  const folder = process.env['BENCH_PROFILES'];
  if (folder === undefined || folder === '') return work();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  try {
    return await work();
  } finally {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    writeFileSync(path.join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
  }
}

/** The value that a share of the values, 0 to 1, does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
