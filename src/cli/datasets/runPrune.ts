import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  meanNearestDistance,
  pruneByDiversity,
  type PruneItem,
} from '../../core/methods/pruneByDiversity';
import { TypeCounts } from '../../core/methods/typeCounts';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { namedSources } from '../io/sources';
import { readingOf, type DataSetOptions } from '../options/dataSet';
import type { OpenEngine } from '../openEncoder';
import { Progress } from '../progress';
import { DataSet } from './dataSet';
import { openPack } from './openPack';
import { formatParts } from './report';
import { TextVectors } from './vectors';

/** The options of `prune` as commander reads them. */
export interface PruneOptions extends DataSetOptions {
  readonly perType: number;
  readonly empty: number;
  readonly model?: string;
  readonly types?: true;
  readonly resume?: true;
  readonly progress?: true;
}

/**
 * Runs `prune`: up to k passages of every type, those that differ most.
 * @returns 0, or 1 when a passage could not be read.
 */
export async function runPrune(
  files: readonly string[],
  options: PruneOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const { stderr, signal, folder } = environment;
  const toFile = options.out !== undefined && options.out !== '-';
  if (options.resume === true && !toFile) throw new UsageError('--resume needs --out FILE.');
  const progress = new Progress(stderr, options.progress === true || stderr.isTTY === true);
  const messages = new Messages(stderr, progress);
  const { reading, level } = await readingOf(options, environment, messages);
  const set = await DataSet.read(namedSources(files, environment), reading, messages);
  const labels = set.labels(level);
  const engine = await openPack(options.model, environment, open);
  const kept = toFile ? `${path.resolve(folder, options.out ?? '')}.vectors.part` : undefined;
  const texts = new TextVectors(
    engine,
    kept,
    set.members.map(({ data }) => data.text),
  );
  try {
    const vectors = await texts.read(options.resume === true, progress, signal);
    const items = labels.map((own, number): PruneItem => ({
      labels: own,
      vector: vectors[number] ?? new Float32Array(),
    }));
    const chosen = await choose(items, options, signal);
    await set.write(chosen, options, environment, messages);
    await texts.forget();
    messages.say(report(items, chosen, options));
  } finally {
    progress.clear();
    await engine.dispose();
  }
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

/** Lets signals come through between the types. */
async function choose(
  items: readonly PruneItem[],
  { perType, empty, seed }: PruneOptions,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const steps = pruneByDiversity(items, { perType, withoutEntities: empty, seed });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await setImmediate();
    signal.throwIfAborted();
  }
}

function report(
  items: readonly PruneItem[],
  chosen: readonly number[],
  { seed, types }: PruneOptions,
): string {
  const parts = [
    { name: 'before', own: items },
    { name: 'after', own: chosen.flatMap((number) => items[number] ?? []) },
  ].map(({ name, own }) => {
    const counts = new TypeCounts();
    for (const { labels } of own) counts.add(labels);
    const nearest = meanNearestDistance(
      own.map(({ vector }) => vector),
      seed,
    );
    return { name, counts, more: { 'nearest distance': nearest } };
  });
  return formatParts(parts, types === true);
}
