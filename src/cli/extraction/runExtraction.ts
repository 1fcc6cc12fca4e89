import type { ExtractStatistics } from '../../engines/engine';
import type { Environment } from '../environment';
import { exitCode, type ExitCode } from '../exit';
import { formatNamed } from '../formats';
import { Messages } from '../io/messages';
import { FileOutput, openOutput, writeAll } from '../io/output';
import { namedSources } from '../io/sources';
import type { OpenEngine } from '../openEncoder';
import { Progress } from '../progress';
import { styleFor } from '../terminal/colours';
import { codeOf, passagesOf, type ExtractionOptions } from './extractionOptions';
import { readItems } from './items';
import { openExtraction } from './openExtraction';
import { extractResults } from './results';
import { planOutput, skipDone, tellPart } from './resume';
import { closingLine, describeStatistics } from './statistics';
import { writeFile, writeLines, type ResultWriter } from './writers';
import { writeTerminal } from './writeTerminal';

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
  const { stderr, stdout, signal, variables, folder } = environment;
  const sources = namedSources(files, environment);
  const progress = new Progress(stderr, options.progress === true || stderr.isTTY === true);
  const messages = new Messages(stderr, progress);
  const { earlier, file, resumes, complete } = await planOutput(options, folder);
  if (complete) {
    messages.say(`${options.out} is complete: there is nothing to resume.`);
    return exitCode.done;
  }
  const isDataSet = options.from === 'dynamicner' || (files.length > 0 && files.every(isJson));
  const { engine, settings, labels, level, work } = await openExtraction(
    options,
    isDataSet,
    environment,
    messages,
    open,
  );

  let began = performance.now();
  let statistics: ExtractStatistics | undefined;
  const all = readItems(sources, {
    ...options,
    ...codeOf(settings),
    passages: passagesOf(options),
    strict: options.strict === true,
    messages,
  });
  const items = resumes && earlier !== undefined ? skipDone(all, earlier, messages) : all;
  const results = extractResults(engine, items, {
    ...work,
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
  const output =
    earlier === undefined ? openOutput(options.out, folder, stdout) : new FileOutput(file, earlier);
  try {
    await writeAll(output, write(results));
  } catch (error) {
    if (earlier !== undefined) await tellPart(file, messages);
    // A run that stopped at its budget tells what it spent.
    if (options.stats === true && statistics !== undefined) {
      messages.say(describeStatistics(statistics, engine));
    }
    throw error;
  } finally {
    progress.clear();
  }
  if (options.stats === true) messages.say(describeStatistics(statistics, engine));
  await engine.dispose();
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

/** Data sets are JSON; texts and lines of JSON are not. */
function isJson(file: string): boolean {
  return /\.json$/iu.test(file);
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
