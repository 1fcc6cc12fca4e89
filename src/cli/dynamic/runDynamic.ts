import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import {
  makeDynamicVersion,
  type DynamicOptions,
  type RoundReport,
} from '../../core/dynamic/dynamicVersion';
import { makeEntityVersion, questionsOf } from '../../core/dynamic/entityVersion';
import { readSynonyms } from '../../core/dynamic/synonyms';
import type { OffsetUnit, PassageData } from '../../core/formats/format';
import { phrase } from '../../core/messages/phrase';
import { isFolder } from '../conversion/bratFolder';
import { readResults } from '../conversion/runConversion';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { formatNamed } from '../formats';
import { Messages } from '../io/messages';
import { openOutput, writeAll } from '../io/output';
import { namedSources, peek, toUtf8, type Source } from '../io/sources';
import type { OpenEngine } from '../openEncoder';
import { resolveLabels } from '../options/labels';
import { countOf } from '../terminal/countOf';
import { formatReport } from './formatReport';
import { measureSemantic } from './measureSemantic';
import {
  isSwift,
  lastAnswers,
  readSwiftQuestions,
  writeSwiftQuestions,
  type PlacedQuestions,
} from './swiftQuestions';

/** The options of `dynamic` as commander reads them. */
export interface DynamicCommandOptions {
  readonly rounds: readonly number[];
  readonly seed: number;
  readonly published?: true;
  readonly level?: 'question' | 'entity';
  readonly synonyms?: string;
  readonly measure?: true;
  readonly semantic?: true;
  readonly labels?: string;
  readonly from?: string;
  readonly to: string;
  readonly out?: string;
  readonly report: 'table' | 'json';
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly strict?: true;
}

/** A version that was made, ready to be written. */
interface Made {
  readonly chunks: AsyncIterable<Uint8Array | string> | Iterable<string>;
  readonly reports: readonly RoundReport[];
  /** The mentions of each type, before and after. */
  readonly mentions: readonly [before: Map<string, string[]>, after: Map<string, string[]>];
}

/**
 * Runs `dynamic`: reads the data, makes the version, writes it and prints the metrics.
 * @returns 0, or 1 when a passage or file could not be read.
 */
export async function runDynamic(
  files: readonly string[],
  options: DynamicCommandOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const messages = new Messages(environment.stderr);
  const { folder, stdout, stderr } = environment;
  const { taxonomy } = await resolveLabels(options.labels, { folder }, environment, messages);
  const synonyms = await synonymsOf(options.synonyms, folder);
  const dynamic: DynamicOptions = {
    rounds: options.rounds,
    seed: options.seed,
    published: options.published === true,
    taxonomy,
    ...(synonyms === undefined ? {} : { synonyms }),
  };
  const made = await make(namedSources(files, environment), options, dynamic, messages);
  const output = openOutput(options.out, folder, stdout);
  await writeAll(output, made.chunks);
  const semantic =
    options.semantic === true
      ? { semantic: await measureSemantic(made.mentions, environment, open) }
      : {};
  const report = {
    seed: options.seed,
    published: options.published === true,
    rounds: made.reports,
    ...semantic,
  };
  const isFile = options.out !== undefined && options.out !== '-';
  (isFile ? stdout : stderr).write(formatReport(report, options.report));
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

async function make(
  sources: readonly Source[],
  options: DynamicCommandOptions,
  dynamic: DynamicOptions,
  messages: Messages,
): Promise<Made> {
  const [first] = sources;
  if (first !== undefined && sources.length === 1 && !(await isFolder(first))) {
    const { head, chunks } = await peek(first.chunks);
    const source = { ...first, chunks };
    if (options.from === 'swift' || isSwift(new TextDecoder().decode(head.subarray(0, 200)))) {
      if (options.level === 'entity') {
        throw new UsageError('A SWIFT file has questions only: leave --level entity out.');
      }
      const text = await textOf(source, options.encoding);
      return makeQuestions(readSwiftQuestions(text, source.name), dynamic, messages);
    }
    return makeOfPassages([source], options, dynamic, messages);
  }
  if (options.from === 'swift') throw new UsageError('Give one SWIFT file at a time.');
  return makeOfPassages(sources, options, dynamic, messages);
}

async function makeOfPassages(
  sources: readonly Source[],
  options: DynamicCommandOptions,
  dynamic: DynamicOptions,
  messages: Messages,
): Promise<Made> {
  const passages: PassageData[] = [];
  const reading = { ...options, taxonomy: dynamic.taxonomy };
  for await (const result of readResults(sources, reading, messages)) {
    if ('data' in result) passages.push(result.data);
  }
  if (options.level === 'question') {
    return makeQuestions(questionsOfPassages(passages, dynamic), dynamic, messages);
  }
  const { passages: changed, reports } = makeEntityVersion(passages, dynamic);
  return {
    chunks: formatNamed(options.to).write(changed, { offsets: options.offsets }),
    reports,
    mentions: [mentionsOf(passages), mentionsOf(changed)],
  };
}

function makeQuestions(placed: PlacedQuestions, dynamic: DynamicOptions, messages: Messages): Made {
  const { questions, reports } = makeDynamicVersion(placed.questions, dynamic);
  const version = { ...placed, questions };
  const { text, left } = writeSwiftQuestions(version);
  if (left > 0)
    messages.warn(`${countOf(left, 'question')} cannot be said in a SWIFT file: left out.`);
  return { chunks: [text], reports, mentions: [lastAnswers(placed), lastAnswers(version)] };
}

function questionsOfPassages(
  passages: readonly PassageData[],
  { taxonomy }: DynamicOptions,
): PlacedQuestions {
  const placed = passages.flatMap(({ text, entities }) =>
    entities.map((entity) => ({ entity, place: { sentence: text, span: entity } })),
  );
  return {
    questions: questionsOf(
      placed.map(({ entity }) => entity),
      taxonomy,
    ),
    places: placed.map(({ place }) => place),
  };
}

function mentionsOf(passages: readonly PassageData[]): Map<string, string[]> {
  const mentions = new Map<string, string[]>();
  for (const { text, entities } of passages) {
    for (const { start, end, path: type } of entities) {
      const name = type.at(-1) ?? '';
      mentions.set(name, [...(mentions.get(name) ?? []), text.slice(start, end)]);
    }
  }
  return mentions;
}

export async function textOf(source: Source, encoding: string | undefined): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of toUtf8(source.chunks, encoding, source.name)) parts.push(chunk);
  return new TextDecoder().decode(Buffer.concat(parts));
}

async function synonymsOf(
  file: string | undefined,
  folder: string,
): Promise<ReturnType<typeof readSynonyms> | undefined> {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(path.resolve(folder, file), 'utf8');
  } catch (error) {
    throw new InputError(
      phrase`The synonyms cannot be read (${(error as Error).message})`,
      phrase`Name a JSON file with --synonyms.`,
      { source: file },
    );
  }
  return readSynonyms(text, file);
}
