import type { OffsetUnit } from '../../core/formats/format';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { Engine, ExtractStatistics } from '../../engines/engine';
import type { CodePart } from '../../host/protocol';
import type { OpenEngine } from '../commands/extract';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { formatNamed } from '../formats';
import { Messages } from '../io/messages';
import { openOutput } from '../io/output';
import type { TextPassages } from '../io/passages';
import { namedSources } from '../io/sources';
import { resolveLabels } from '../options/labels';
import { levelOf } from '../options/level';
import { packFolder } from '../packs';
import { Progress } from '../progress';
import { readSettings, type CliSettings } from '../settings';
import { styleFor } from '../terminal/colours';
import { readItems } from './items';
import { extractResults } from './results';
import { closingLine, describeStatistics } from './statistics';
import { writeFile, writeLines, type ResultWriter } from './writers';
import { writeTerminal } from './writeTerminal';

/** The options of `extract` as commander reads them. */
export interface ExtractionOptions {
  readonly model?: string;
  readonly labels?: string;
  readonly level?: string;
  readonly threshold?: number;
  readonly nested?: true;
  readonly multiLabel?: true;
  readonly from?: string;
  readonly to: 'jsonl' | 'dynamicner' | 'terminal';
  readonly out?: string;
  readonly passages?: TextPassages;
  readonly only?: readonly CodePart[];
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly config?: string;
  readonly strict?: true;
  readonly stats?: true;
  readonly progress?: true;
}

/**
 * Runs `extract`: reads the inputs, extracts, and writes results as they come.
 * @returns 0, or 1 when a line or file could not be read.
 */
export async function runExtraction(
  files: readonly string[],
  options: ExtractionOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const { stderr, stdout, signal, variables } = environment;
  const sources = namedSources(files, environment);
  const progress = new Progress(stderr, options.progress === true || stderr.isTTY === true);
  const messages = new Messages(stderr, progress);
  const settings = await settingsOf(options, environment, messages);
  const labels = await resolveLabels(options.labels, settings, environment, messages);
  const level = levelOf(options.level ?? settings.level, labels.taxonomy);
  const threshold = options.threshold ?? settings.threshold ?? undefined;
  const overlap = overlapOf(options, settings);
  const engine = await openEngine(options, settings, environment, open);

  let began = performance.now();
  let statistics: ExtractStatistics | undefined;
  const items = readItems(sources, {
    ...options,
    ...codeOf(settings),
    passages: passagesOf(options),
    strict: options.strict === true,
    messages,
  });
  const results = extractResults(engine, items, {
    labels: labels.toSpec(),
    overlap,
    ...(threshold === undefined ? {} : { threshold }),
    signal,
    onBegin: () => (began = performance.now()),
    // Without the time for the labels, which is spent once, however long the text is.
    onDone: (done) => (statistics = { ...done, seconds: (performance.now() - began) / 1000 }),
    messages,
    progress,
  });
  const write = writerOf(options, sources.length > 1, {
    labels,
    level,
    style: styleFor(stdout, variables),
    columns: Math.max(20, stdout.columns ?? 100),
    closing: () => closingLine(statistics, engine),
  });
  const output = openOutput(options.out, environment.folder, stdout);
  try {
    for await (const chunk of write(results)) await output.write(chunk);
    await output.close();
  } catch (error) {
    await output.discard();
    throw error;
  } finally {
    progress.clear();
  }
  if (options.stats === true) messages.say(describeStatistics(statistics, engine));
  await engine.dispose();
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

async function settingsOf(
  options: ExtractionOptions,
  { folder }: Environment,
  messages: Messages,
): Promise<CliSettings> {
  if (options.config === undefined) return { folder };
  return readSettings(options.config, folder, (message) => messages.warn(message));
}

async function openEngine(
  options: ExtractionOptions,
  settings: CliSettings,
  environment: Environment,
  open: OpenEngine,
): Promise<Engine> {
  const folder =
    options.model === undefined
      ? await packFolder(settings.model, environment, settings.folder)
      : await packFolder(options.model, environment);
  const threads = settings['engine.threads'] ?? undefined;
  return open(folder, threads === undefined ? {} : { threads });
}

function overlapOf(options: ExtractionOptions, settings: CliSettings): OverlapPolicy {
  if (options.multiLabel === true) return 'multi-label';
  if (options.nested === true) return 'nested';
  return settings.overlap ?? 'flat';
}

/** The parts of source code that the settings name. */
function codeOf({ 'extract.code': code }: CliSettings): { readonly code?: readonly CodePart[] } {
  switch (code) {
    case 'comments':
    case 'strings':
      return { code: [code] };
    case 'commentsAndStrings':
      return { code: ['comments', 'strings'] };
    case 'all':
    case undefined:
      return {};
  }
}

function passagesOf({ passages, only, to }: ExtractionOptions): TextPassages {
  if (only !== undefined && passages !== undefined && passages !== 'file') {
    throw new UsageError('--only reads whole files: leave --passages out.');
  }
  if (only !== undefined) return 'file';
  return passages ?? (to === 'terminal' ? 'paragraph' : 'line');
}

function writerOf(
  { to, offsets }: ExtractionOptions,
  several: boolean,
  terminal: Parameters<typeof writeTerminal>[0],
): ResultWriter {
  if (to === 'terminal') return writeTerminal(terminal);
  const options = { offsets, ...(terminal.level === undefined ? {} : { level: terminal.level }) };
  const format = formatNamed(to);
  return to === 'jsonl' ? writeLines(format, options, several) : writeFile(format, options);
}
