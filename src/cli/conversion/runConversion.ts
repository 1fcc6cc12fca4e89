import path from 'node:path';
import { InputError } from '../../core/errors';
import { describeProblem } from '../../core/problem';
import type { OffsetUnit, WriteOptions } from '../../core/formats/format';
import type { Taxonomy } from '../../core/labels/taxonomy';
import { phraseText } from '../../core/messages/phrase';
import { nameOfSet } from '../datasets/dataSet';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import type { Result } from '../extraction/results';
import { passagesOf, writeFile, writeLines, type ResultWriter } from '../extraction/writers';
import { bratName, formatNamed, reports } from '../formats';
import { Messages } from '../io/messages';
import { openOutput, writeAll } from '../io/output';
import { readPassages, type PassageOptions, type TextPassages } from '../io/passages';
import { namedSources, type Source } from '../io/sources';
import { resolveLabels } from '../options/labels';
import { levelOf } from '../options/level';
import { isBrat, readBratFolder, writeBratFolder } from './bratFolder';
import { readMapping, type TypeMapping } from '../mapping/readMap';
import { encodeAs } from './encodeAs';
import { Losses } from './losses';

/** The options of `convert` as commander reads them. */
export interface ConversionOptions {
  readonly from?: string;
  readonly to: string;
  readonly out?: string;
  readonly map?: string;
  readonly level?: string;
  readonly labels?: string;
  readonly passages?: TextPassages;
  readonly encoding?: string;
  readonly outEncoding?: string;
  readonly offsets: OffsetUnit;
  readonly strict?: true;
}

/**
 * Runs `convert`: passages as they are read, in the other format.
 * @returns 0, or 1 when a passage or file could not be read.
 */
export async function runConversion(
  files: readonly string[],
  options: ConversionOptions,
  environment: Environment,
): Promise<ExitCode> {
  const sources = namedSources(files, environment);
  const messages = new Messages(environment.stderr);
  const taxonomy = await taxonomyOf(options, environment, messages);
  const level = taxonomy === undefined ? undefined : levelOf(options.level, taxonomy);
  const losses = new Losses();
  const writeOptions: WriteOptions = {
    offsets: options.offsets,
    ...(level === undefined ? {} : { level }),
    onNote: (note) => losses.add(note),
  };
  const mapping =
    options.map === undefined ? undefined : await readMapping(options.map, environment.folder);
  const read = readResults(sources, { ...options, ...(taxonomy ? { taxonomy } : {}) }, messages);
  const results = mapping === undefined ? read : mapTypes(read, mapping);
  if (options.to === bratName) {
    const { out } = options;
    if (out === undefined || out === '-') throw new UsageError('Name a folder with --out.');
    await writeBratFolder(passagesOf(results), path.resolve(environment.folder, out), writeOptions);
    losses.tell(messages);
    mapping?.tell(messages);
    return messages.failures > 0 ? exitCode.failed : exitCode.done;
  }
  const write = writerFor(options.to, writeOptions, sources.length > 1);
  const encoding = options.outEncoding ?? options.encoding;
  const output = openOutput(options.out, environment.folder, environment.stdout);
  await writeAll(output, encodeAs(write(results), encoding), environment.signal);
  losses.tell(messages);
  mapping?.tell(messages);
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

async function* mapTypes(
  results: AsyncIterable<Result>,
  mapping: TypeMapping,
): AsyncGenerator<Result> {
  for await (const result of results) {
    if ('data' in result) {
      const { file, name } = result.input.source;
      const set = nameOfSet(file ?? name);
      yield { ...result, data: mapping.apply(result.data, set) };
    } else yield result;
  }
}

function writerFor(name: string, options: WriteOptions, several: boolean): ResultWriter {
  const report = reports.find((one) => one.name === name);
  if (report !== undefined) return (results) => report.write(passagesOf(results), options);
  const format = formatNamed(name);
  return format.name === 'jsonl'
    ? writeLines(format, options, several)
    : writeFile(format, options);
}

/** Without a level or labels asked for, bare names stay as they are and no taxonomy is needed. */
async function taxonomyOf(
  { labels, level }: ConversionOptions,
  environment: Environment,
  messages: Messages,
): Promise<Taxonomy | undefined> {
  if (labels === undefined && level === undefined) return undefined;
  const { folder } = environment;
  return (await resolveLabels(labels, { folder }, environment, messages)).taxonomy;
}

/** What decides how annotated passages are read. */
export type ReadingOptions = Pick<
  ConversionOptions,
  'from' | 'passages' | 'encoding' | 'offsets' | 'strict'
> & { readonly taxonomy?: Taxonomy };

/**
 * The passages of all inputs, in order, and what stands in the place of those that cannot be read;
 * doubts and failures are told.
 * @throws {InputError} with `strict`, for the first thing that cannot be read.
 */
export async function* readResults(
  sources: readonly Source[],
  options: ReadingOptions,
  messages: Messages,
): AsyncGenerator<Result> {
  const { from, encoding, offsets, taxonomy, passages = 'line', strict } = options;
  const passageOptions: PassageOptions = {
    ...(from === undefined ? {} : { from }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(taxonomy === undefined ? {} : { taxonomy }),
    offsets,
    text: passages,
  };
  for (const source of sources) {
    try {
      const inputs = (await isBrat(source, from))
        ? readBratFolder(source, passageOptions)
        : readPassages(source, passageOptions);
      for await (const input of inputs) {
        if ('error' in input) {
          if (strict === true) throw input.error;
          messages.fail(input.error);
          yield { input, error: input.error };
          continue;
        }
        for (const problem of input.problems) {
          const { field } = problem;
          const place = [source.name, input.line, ...(field === undefined ? [] : [`"${field}"`])];
          messages.warn(`${place.join(':')}: ${phraseText(describeProblem(problem))}`);
        }
        yield { input, data: input.data };
      }
    } catch (error) {
      if (strict === true || !(error instanceof InputError)) throw error;
      messages.fail(error);
    }
  }
}
