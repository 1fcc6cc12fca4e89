import { balancedSample, quotaOf } from '../../core/methods/balancedSample';
import { TypeCounts } from '../../core/methods/typeCounts';
import type { Environment } from '../environment';
import { exitCode, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { namedSources } from '../io/sources';
import { readingOf, type DataSetOptions } from '../options/dataSet';
import { DataSet } from './dataSet';
import { formatParts } from './report';
import { countOf } from '../terminal/countOf';

/** The options of `sample` as commander reads them. */
export interface SampleOptions extends DataSetOptions {
  readonly size: number;
  readonly least: number;
  readonly types?: true;
}

/** Runs `sample`: as many passages of every type. @returns 0, or 1 when a passage could not be read. */
export async function runSample(
  files: readonly string[],
  options: SampleOptions,
  environment: Environment,
): Promise<ExitCode> {
  const messages = new Messages(environment.stderr);
  const { reading, level } = await readingOf(options, environment, messages);
  const set = await DataSet.read(namedSources(files, environment), reading, messages);
  const labels = set.labels(level);
  const chosen = balancedSample(labels, options);
  await set.write(chosen, options, environment, messages);
  const [before, after] = [new TypeCounts(), new TypeCounts()];
  for (const own of labels) before.add(own);
  for (const number of chosen) after.add(labels[number] ?? []);
  const { perAnswer, counts } = quotaOf(labels, options);
  messages.say(`${countOf(perAnswer, 'passage')} for each of ${countOf(counts.size, 'type')}.`);
  messages.say(
    formatParts(
      [
        { name: 'before', counts: before },
        { name: 'after', counts: after },
      ],
      options.types === true,
    ),
  );
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}
