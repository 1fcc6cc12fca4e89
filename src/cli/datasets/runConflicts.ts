import { LabelComparison } from '../../core/methods/conflicts';
import { findConflicts, type Conflict } from '../../core/methods/findConflicts';
import type { PassageData } from '../../core/formats/format';
import { LabelList } from '../../core/labels/labelList';
import { phraseText } from '../../core/messages/phrase';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { openOutput } from '../io/output';
import { namedSources } from '../io/sources';
import type { OpenEngine } from '../openEncoder';
import { readingOf, type DataSetOptions } from '../options/dataSet';
import { Progress } from '../progress';
import { formatTable } from '../terminal/table';
import { DataSet, nameOfSet } from './dataSet';
import { openPack } from './openPack';
import { countOf } from '../terminal/countOf';

/** The options of `conflicts` as commander reads them. */
export interface ConflictOptions extends Omit<DataSetOptions, 'to'> {
  readonly to: 'table' | 'json' | 'rules';
  /** A model's folder or name; `true` for the bundled ones. */
  readonly pack?: string | true;
  readonly least: number;
  readonly agreement: number;
  readonly limit: number;
}

/**
 * Runs `conflicts`: what data sets, and a model, name or label differently.
 * @returns 0, or 1 when a passage could not be read.
 */
export async function runConflicts(
  files: readonly string[],
  options: ConflictOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const { stderr, folder, stdout, signal } = environment;
  const progress = new Progress(stderr, stderr.isTTY === true);
  const messages = new Messages(stderr, progress);
  const sources = namedSources(files, environment);
  if (sources.length < 2 && options.pack === undefined) {
    throw new UsageError('Name two or more data sets, or compare one with a model: --pack.');
  }
  const { reading, level } = await readingOf(options, environment, messages);
  const comparison = new LabelComparison(level);
  const sets = new Map<string, readonly PassageData[]>();
  for (const source of sources) {
    const { members } = await DataSet.read([source], reading, messages);
    const passages = members.map(({ data }) => data);
    sets.set(uniqueName(nameOfSet(source.name), sets), passages);
  }
  for (const [name, passages] of sets) {
    for (const passage of passages) comparison.learn(name, passage);
  }
  for (const [name, passages] of sets) {
    for (const passage of passages) {
      comparison.meet(name, passage);
      progress.add(passage.text.split(/\s+/u).length);
    }
    signal.throwIfAborted();
  }
  if (options.pack !== undefined) {
    await meetPack(comparison, sets, options, environment, open, progress);
  }
  progress.clear();
  const conflicts = findConflicts(comparison, options);
  const output = openOutput(options.out, folder, stdout);
  await output.write(print(conflicts, options));
  await output.close();
  const counted = (kind: string) => conflicts.filter((one) => one.kind === kind).length;
  const names = countOf(counted('name'), 'type name');
  const guidelines = countOf(counted('guideline'), 'guideline');
  const words = countOf(counted('surface'), 'word');
  messages.say(`Conflicts: ${names}, ${guidelines}, ${words} of several types.`);
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

/** Cross-validation of the model: what it finds with the set's own labels against what the set says. */
async function meetPack(
  comparison: LabelComparison,
  sets: ReadonlyMap<string, readonly PassageData[]>,
  { pack }: ConflictOptions,
  environment: Environment,
  open: OpenEngine,
  progress: Progress,
): Promise<void> {
  const engine = await openPack(pack === true ? undefined : pack, environment, open);
  try {
    for (const [set, passages] of sets) {
      const names = [...comparison.labelsOf(set)];
      if (names.length === 0) continue;
      const labels = LabelList.flat(names.map((name) => ({ name }))).toSpec();
      const asked = passages.map(({ text }, id) => ({ id: String(id), text }));
      const { signal } = environment;
      let at = 0;
      for await (const { entities } of engine.extract(asked, { labels, signal })) {
        const passage = passages[at++];
        if (passage === undefined) break;
        const found = { set: `${engine.model} on ${set}`, entities };
        comparison.pair(passage.text, { set, entities: passage.entities }, found);
        progress.add(passage.text.split(/\s+/u).length);
      }
    }
  } finally {
    await engine.dispose();
  }
}

function uniqueName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let unique = name;
  for (let next = 2; taken.has(unique); next++) unique = `${name}-${next}`;
  return unique;
}

function print(conflicts: readonly Conflict[], { to, limit }: ConflictOptions): string {
  if (to === 'rules') {
    const rules = conflicts.flatMap(({ proposal, message }) =>
      proposal === undefined ? [] : [{ ...proposal, note: phraseText(message) }],
    );
    return `${JSON.stringify({ rules }, undefined, 2)}\n`;
  }
  if (to === 'json') {
    const listed = conflicts.map(({ message, ...conflict }) => ({
      ...conflict,
      message: phraseText(message),
      wording: message,
    }));
    return `${JSON.stringify(listed, undefined, 2)}\n`;
  }
  const rows = conflicts
    .slice(0, limit)
    .map(({ kind, message, support, share, examples }) => [
      kind,
      phraseText(message),
      String(support),
      `${Math.round(100 * share)} %`,
      examples.slice(0, 3).join('; '),
    ]);
  const left = conflicts.length - rows.length;
  const more = left > 0 ? `${left} more: raise --limit, or print them with --to json.\n` : '';
  return `${formatTable(
    [
      { title: 'kind' },
      { title: 'conflict', most: 90 },
      { title: 'compared', side: 'start' },
      { title: 'share', side: 'start' },
      { title: 'examples', most: 60 },
    ],
    rows,
  )}\n${more}`;
}
