import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { PassageData } from '../../core/formats/format';
import { splitStratified } from '../../core/methods/stratifiedSplit';
import { TypeCounts } from '../../core/methods/typeCounts';
import { groupNearDuplicates } from '../../core/similarity/duplicateGroups';
import { UnionFind } from '../../core/similarity/unionFind';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { namedSources } from '../io/sources';
import { readingOf, type DataSetOptions } from '../options/dataSet';
import { DataSet } from './dataSet';
import { formatParts } from './report';
import { countOf } from '../terminal/countOf';

/** The options of `split` as commander reads them. */
export interface SplitOptions extends DataSetOptions {
  readonly shares: readonly number[];
  readonly names: readonly string[];
  readonly groupBy?: string;
  readonly likeness: number;
  readonly types?: true;
}

/**
 * Runs `split`: parts with the same share of every type; near duplicates, and what `--group-by` puts
 * together, are in one part. @returns 0, or 1 when a passage could not be read.
 */
export async function runSplit(
  files: readonly string[],
  options: SplitOptions,
  environment: Environment,
): Promise<ExitCode> {
  const { shares, names, seed, to } = options;
  if (shares.length !== names.length) {
    throw new UsageError(`Give as many --names as --shares: ${shares.length}.`);
  }
  if (options.out === undefined || options.out === '-') {
    throw new UsageError('Name a folder with --out.');
  }
  const messages = new Messages(environment.stderr);
  const { reading, level } = await readingOf(options, environment, messages);
  const set = await DataSet.read(namedSources(files, environment), reading, messages);
  const labels = set.labels(level);
  const groups = groupsOf(
    set.members.map(({ data }) => data),
    options,
  );
  const parts = splitStratified(
    labels.map((own, number) => ({ labels: own, group: groups[number] ?? number })),
    shares,
    seed,
  );
  const folder = path.resolve(environment.folder, options.out);
  await mkdir(folder, { recursive: true });
  const reported = [];
  for (const [part, name] of names.entries()) {
    environment.signal.throwIfAborted();
    const chosen = parts.flatMap((own, number) => (own === part ? [number] : []));
    const out = path.join(folder, `${name}${set.extension(to)}`);
    await set.write(chosen, { out, ...(to === undefined ? {} : { to }) }, environment, messages);
    const counts = new TypeCounts();
    for (const number of chosen) counts.add(labels[number] ?? []);
    reported.push({ name, counts });
  }
  const together = groups.length - new Set(groups).size;
  const stay = together === 1 ? 'stays with another that is' : 'stay with others that are';
  messages.say(`${countOf(together, 'passage')} ${stay} much the same.`);
  messages.say(formatParts(reported, options.types === true));
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

function groupsOf(passages: readonly PassageData[], { likeness, groupBy }: SplitOptions): number[] {
  const union = new UnionFind(passages.length);
  const alike = groupNearDuplicates(
    passages.map(({ text }) => text),
    likeness,
  );
  alike.forEach((group, number) => union.join(number, group));
  if (groupBy !== undefined) {
    const first = new Map<string, number>();
    passages.forEach((passage, number) => {
      const value = groupBy === 'id' ? passage.id : passage.extra?.[groupBy];
      if (value === undefined) return;
      const key = JSON.stringify(value);
      const known = first.get(key);
      if (known === undefined) first.set(key, number);
      else union.join(number, known);
    });
  }
  return passages.map((_, number) => union.find(number));
}
