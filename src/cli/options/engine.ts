import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  engineSettingsSchema,
  protocolNames,
  type EngineSetting,
  type EngineSettings,
} from '../../engines/settings';
import { UsageError } from '../exit';
import type { CliSettings } from '../settings';
import { parseCount, parseProbability } from './probability';

/** Name of the endpoint that the options themselves describe. */
export const unnamedEndpoint = '--endpoint';

/** The engine that looks for the patterns of a file; it is no protocol, and has no settings. */
export const patternsName = 'patterns';

/** The options that say which engine works, as commander reads them. */
export interface EngineOptions {
  readonly engine?: (typeof protocolNames)[number] | typeof patternsName;
  /** File of patterns, for the engine that looks for them. */
  readonly patterns?: string;
  readonly extractor?: string;
  readonly classifier?: string;
  /** URL, or the name of a profile. */
  readonly endpoint?: string;
  readonly endpointModel?: string;
  readonly extractorModel?: string;
  readonly classifierModel?: string;
  readonly endpointKey?: string;
  readonly samples?: number;
  readonly unit?: 'sentence' | 'passage';
  readonly verify?: { readonly low: number; readonly high: number };
  readonly mostRequests?: number;
  readonly mostTokens?: number;
  readonly concurrency?: number;
  readonly prompts?: string;
  /** Folder of kept answers; false with `--no-cache`. */
  readonly cache?: string | false;
  readonly trace?: true;
}

/** Adds the options that say which engine works. */
export function addEngineOptions(command: Command): void {
  command.addOption(
    new Option('--engine <name>', 'what finds the entities (default: encoder)').choices([
      ...protocolNames,
      patternsName,
    ]),
  );
  command.option(
    '--patterns <file>',
    'patterns of Prodigy or spaCy (JSONL), regular expressions, or a word list, for --engine patterns',
  );
  addAskingOptions(command);
}

/** Adds the options that say how an engine works, whichever it is. */
export function addAskingOptions(command: Command): void {
  command
    .option(
      '--extractor <part>',
      'what finds spans in a cascade: encoder, endpoint, or endpoint:NAME of --config',
    )
    .option('--classifier <part>', 'what types them in a cascade: as --extractor')
    .option('--endpoint <url>', 'OpenAI-compatible endpoint, or name of one of --config')
    .option('--endpoint-model <name>', 'model that the endpoint is asked for')
    .option('--extractor-model <name>', 'another model for the spans of a cascade')
    .option('--classifier-model <name>', 'another model for the types of a cascade')
    .option('--endpoint-key <variable>', 'environment variable that holds the endpoint’s key')
    .option('--concurrency <n>', 'requests to the endpoint at once (default: 8)', parseCount)
    .option(
      '--samples <k>',
      'answers for each sentence, united (default: 3 of a cascade, else 1)',
      parseCount,
    )
    .addOption(
      new Option(
        '--unit <unit>',
        'what an endpoint is asked about at once (default: passage in compare, where all files are *.json, and with --from dynamicner; else sentence)',
      ).choices(['sentence', 'passage']),
    )
    .option(
      '--verify <low,high>',
      'ask the endpoint only about entities that the encoder scores between the two',
      parseVerify,
    )
    .option(
      '--most-requests <n>',
      'stop after so many requests; a run begun again asks only what has no kept answer',
      parseCount,
    )
    .option('--most-tokens <n>', 'stop after so many tokens; as --most-requests', parseCount)
    .option('--prompts <dir>', 'folder of prompt templates in place of the built-in ones')
    .option('--cache <dir>', 'folder that keeps the endpoint’s answers')
    .option('--no-cache', 'keep no answers')
    .option('--trace', 'print each exchange with the endpoint to standard error');
}

/**
 * The engine that options and settings describe; options come first.
 * @param isDataSet Whether the passages are sentences of a data set, which are not cut into sentences.
 * @throws {UsageError} when they do not fit together.
 */
export function engineSettingsOf(
  options: EngineOptions,
  settings: CliSettings,
  isDataSet: boolean,
): EngineSettings {
  const set: EngineSetting = settings.engine ?? {};
  const { extractor = {}, classifier = {}, budget } = set;
  const isPart = options.extractor !== undefined || options.classifier !== undefined;
  if (options.engine === patternsName) {
    throw new UsageError('Name the patterns with --patterns FILE.');
  }
  const protocol = options.engine ?? (isPart ? 'cascade' : set.protocol) ?? 'encoder';
  if (protocol === 'encoder') {
    if (isPart) throw new UsageError('--extractor and --classifier need --engine cascade.');
    return engineSettingsSchema.parse({ ...set, protocol });
  }
  const byDefault =
    options.endpoint === undefined ? undefined : `endpoint:${endpointName(options)}`;
  const extractorBy = workerOf(options.extractor, options) ?? extractor.by ?? byDefault;
  const classifierBy = workerOf(options.classifier, options) ?? classifier.by ?? byDefault;
  const result = engineSettingsSchema.safeParse({
    ...set,
    protocol,
    extractor: {
      ...(isDataSet ? { unit: 'passage' } : {}),
      ...extractor,
      ...(extractorBy === undefined ? {} : { by: extractorBy }),
      ...modelOf(options.extractorModel ?? options.endpointModel),
      ...(options.samples === undefined ? {} : { samples: options.samples }),
      ...(options.unit === undefined ? {} : { unit: options.unit }),
    },
    classifier: {
      ...classifier,
      ...(classifierBy === undefined ? {} : { by: classifierBy }),
      ...modelOf(options.classifierModel ?? options.endpointModel),
    },
    prompting: {
      ...set.prompting,
      ...(options.samples === undefined ? {} : { samples: options.samples }),
    },
    ...(options.verify === undefined ? {} : { verify: options.verify }),
    ...(options.prompts === undefined ? {} : { prompts: options.prompts }),
    budget: {
      ...budget,
      ...(options.mostRequests === undefined ? {} : { requests: options.mostRequests }),
      ...(options.mostTokens === undefined ? {} : { tokens: options.mostTokens }),
    },
  });
  if (result.success) {
    const parts = [result.data.extractor.by, result.data.classifier.by];
    if (parts.every((by) => by === 'encoder')) {
      throw new UsageError(
        `--engine ${protocol} asks an endpoint: name it with --endpoint URL, or as endpoint:NAME of --config.`,
      );
    }
    return result.data;
  }
  const [issue] = result.error.issues;
  throw new UsageError(
    `${issue?.path.join('.') ?? 'engine'}: ${issue?.message ?? 'does not fit'}.`,
  );
}

function workerOf(part: string | undefined, options: EngineOptions): string | undefined {
  if (part !== 'endpoint') return part;
  if (options.endpoint === undefined) {
    throw new UsageError('Name the endpoint with --endpoint URL, or as endpoint:NAME.');
  }
  return `endpoint:${endpointName(options)}`;
}

function modelOf(model: string | undefined): { readonly model?: string } {
  return model === undefined ? {} : { model };
}

/** A URL has no name of its own; what is no URL is the name of a profile. */
function endpointName({ endpoint = '' }: EngineOptions): string {
  return /^https?:/u.test(endpoint) ? unnamedEndpoint : endpoint;
}

function parseVerify(text: string): { low: number; high: number } {
  const [low = '', high = '', ...more] = text.split(',');
  if (more.length > 0) throw new InvalidArgumentError('Give two numbers, such as 0.2,0.6.');
  return { low: parseProbability(low), high: parseProbability(high) };
}
