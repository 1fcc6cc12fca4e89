import { Branches } from '../../core/dynamic/branches';
import { countAnswers, measureDiversity, type DiversityMetrics } from '../../core/dynamic/metrics';
import type { Taxonomy } from '../../core/labels/taxonomy';
import { isFolder } from '../conversion/bratFolder';
import { readResults } from '../conversion/runConversion';
import type { Environment } from '../environment';
import { exitCode, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { openOutput } from '../io/output';
import { namedSources, peek, type Source } from '../io/sources';
import { resolveLabels } from '../options/labels';
import { formatTable } from '../terminal/table';
import { textOf, type DynamicCommandOptions } from './runDynamic';
import { isSwift, readSwiftQuestions } from './swiftQuestions';

/** A file with the metrics of its answers, and how often each is given, the most frequent first. */
export interface MeasuredVersion {
  readonly name: string;
  readonly metrics: DiversityMetrics;
  readonly counts: readonly (readonly [answer: string, count: number])[];
}

/**
 * Runs `dynamic --measure`: the metrics of files side by side.
 * @returns 0, or 1 when a passage or file could not be read.
 */
export async function runMeasure(
  files: readonly string[],
  options: DynamicCommandOptions,
  environment: Environment,
): Promise<ExitCode> {
  const messages = new Messages(environment.stderr);
  const { folder, stdout } = environment;
  const { taxonomy } = await resolveLabels(options.labels, { folder }, environment, messages);
  const branches = new Branches(taxonomy);
  const measured: MeasuredVersion[] = [];
  for (const source of namedSources(files, environment)) {
    const counts = countAnswers(await answersOf(source, options, taxonomy, messages));
    measured.push({
      name: source.name,
      metrics: measureDiversity(counts, branches),
      counts: [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)),
    });
  }
  const output = openOutput(options.out, folder, stdout);
  await output.write(
    options.report === 'json' ? `${JSON.stringify(measured, undefined, 2)}\n` : tableOf(measured),
  );
  await output.close();
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

/** The answers of a file of questions, or the types of a data set's entities. */
async function answersOf(
  source: Source,
  options: DynamicCommandOptions,
  taxonomy: Taxonomy,
  messages: Messages,
): Promise<string[]> {
  let whole = source;
  if (!(await isFolder(source))) {
    const { head, chunks } = await peek(source.chunks);
    whole = { ...source, chunks };
    if (options.from === 'swift' || isSwift(new TextDecoder().decode(head.subarray(0, 200)))) {
      const text = await textOf(whole, options.encoding);
      return readSwiftQuestions(text, source.name).questions.map(({ answer }) => answer);
    }
  }
  const answers: string[] = [];
  for await (const result of readResults([whole], { ...options, taxonomy }, messages)) {
    if (!('data' in result)) continue;
    for (const { path, state } of result.data.entities) {
      if (state !== 'rejected') answers.push(path.at(-1) ?? '');
    }
  }
  return answers;
}

function tableOf(measured: readonly MeasuredVersion[]): string {
  return `${formatTable(
    [
      { title: 'file' },
      { title: 'answers', side: 'start' },
      { title: 'types', side: 'start' },
      { title: 'cohesion', side: 'start' },
      { title: 'entropy', side: 'start' },
      { title: 'Gini', side: 'start' },
      { title: 'variation', side: 'start' },
    ],
    measured.map(({ name, metrics, counts }) => [
      name,
      String(counts.reduce((sum, [, count]) => sum + count, 0)),
      String(counts.length),
      ...[metrics.cohesion, metrics.entropy, metrics.gini, metrics.variation].map((value) =>
        value.toFixed(4),
      ),
    ]),
  )}\n`;
}
