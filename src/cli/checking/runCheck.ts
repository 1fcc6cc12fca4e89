import path from 'node:path';
import { rules, type RuleId } from '../../core/checks/rules';
import type { Change, Finding, Severity } from '../../core/checks/finding';
import type { OverlapPolicy } from '../../core/entity/overlap';
import { InputError } from '../../core/errors';
import type { OffsetUnit } from '../../core/formats/format';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { FileOutput, openOutput, StreamOutput, type Output } from '../io/output';
import { namedSources, type Source } from '../io/sources';
import { resolveLabels } from '../options/labels';
import { Progress } from '../progress';
import { checkSource, indexTexts, type CheckReading } from './checkFiles';
import { holdSource, mendSource } from './mendFile';
import { fixId, jsonReport, severities, textReport, type FindingsReport } from './reports';
import { sarifReport } from './sarif';

/** The options of `check` as commander reads them. */
export interface CheckCommandOptions {
  readonly against?: string;
  readonly to: 'text' | 'json' | 'sarif';
  readonly fix?: true;
  readonly fixes?: string;
  readonly rules?: string;
  readonly overlap?: OverlapPolicy;
  readonly labels?: string;
  readonly from?: string;
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly failOn: Severity | 'never';
  readonly out?: string;
}

/**
 * Runs `check`: prints what it finds, and mends it with `--fix`.
 * @returns 1 when something as bad as `--fail-on` was found and not mended, or an input failed.
 */
export async function runCheck(
  files: readonly string[],
  options: CheckCommandOptions,
  environment: Environment,
): Promise<ExitCode> {
  const { folder, stdout, stderr } = environment;
  const progress = new Progress(stderr, stderr.isTTY === true);
  const messages = new Messages(stderr, progress);
  const reading: CheckReading = {
    offsets: options.offsets,
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
  };
  const sources = namedSources(files, environment);
  const { taxonomy } = await resolveLabels(options.labels, { folder }, environment, messages);
  const [other] = options.against === undefined ? [] : namedSources([options.against], environment);
  const checkOptions = {
    taxonomy,
    guessed: options.labels === undefined,
    ...(options.overlap === undefined ? {} : { overlap: options.overlap }),
    ...(options.rules === undefined ? {} : { rules: readRules(options.rules) }),
    ...(other === undefined
      ? {}
      : { against: { index: await indexTexts(other, reading, messages), name: other.name } }),
  };
  const mends = options.fix === true || options.fixes !== undefined;
  // A mended standard input goes to standard output, and then what was found does not.
  const mendsStdin = mends && sources.some(({ file }) => file === undefined);
  const output = openOutput(options.out, folder, mendsStdin ? stderr : stdout);
  const report = reportOf(options, environment);
  const counts = new Map<Severity, number>();
  let number = 0;
  try {
    await output.write(report.head);
    for (const named of sources) {
      const source = mends ? await holdSource(named) : named;
      const fixes = new Fixes(options);
      try {
        for await (const found of checkSource(source, reading, checkOptions, progress)) {
          environment.signal.throwIfAborted();
          if (fixes.take(found.finding)) continue;
          const { severity } = found.finding;
          counts.set(severity, (counts.get(severity) ?? 0) + 1);
          await output.write(report.one(found, number++));
        }
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        messages.fail(error);
        continue;
      }
      if (mends) await mend(source, fixes, reading, environment, messages);
    }
    await output.write(report.end);
    await output.close();
  } catch (error) {
    await output.discard();
    throw error;
  }
  tell(counts, messages);
  return messages.failures > 0 || isTooBad(counts, options.failOn)
    ? exitCode.failed
    : exitCode.done;
}

/** The fixes that are to be made: the safe ones, or those named. */
class Fixes {
  readonly changes: Change[] = [];
  count = 0;
  private readonly ids: ReadonlySet<string>;

  constructor(private readonly options: Pick<CheckCommandOptions, 'fix' | 'fixes'>) {
    this.ids = new Set(options.fixes?.split(','));
  }

  /** Whether the finding will be mended. */
  take({ fixes }: Finding): boolean {
    const fix = fixes.find(
      (one) => (this.options.fix === true && one.safe) || this.ids.has(fixId(one)),
    );
    if (fix === undefined) return false;
    this.changes.push(...fix.changes);
    this.count++;
    return true;
  }
}

async function mend(
  source: Source,
  { changes, count }: Fixes,
  reading: CheckReading,
  { stdout, folder }: Environment,
  messages: Messages,
): Promise<void> {
  if (source.file !== undefined && count === 0) return;
  const output: Output =
    source.file === undefined
      ? new StreamOutput(stdout)
      : new FileOutput(path.resolve(folder, source.file));
  try {
    await mendSource(source, changes, reading, output);
    await output.close();
  } catch (error) {
    await output.discard();
    throw error;
  }
  messages.say(`${source.name}: mended ${count}.`);
}

function reportOf(
  { to, offsets }: CheckCommandOptions,
  { version, folder }: Environment,
): FindingsReport {
  if (to === 'json') return jsonReport(offsets);
  return to === 'sarif' ? sarifReport(version, folder) : textReport;
}

function readRules(list: string): ReadonlySet<RuleId> {
  const known = rules.map(({ id }) => id);
  return new Set(
    list.split(',').map((name) => {
      const id = known.find((one) => one === name.trim());
      if (id === undefined) {
        throw new UsageError(`“${name}” is no rule: use ${known.join(', ')}.`);
      }
      return id;
    }),
  );
}

function isTooBad(counts: ReadonlyMap<Severity, number>, failOn: Severity | 'never'): boolean {
  if (failOn === 'never') return false;
  return severities
    .slice(0, severities.indexOf(failOn) + 1)
    .some((severity) => (counts.get(severity) ?? 0) > 0);
}

function tell(counts: ReadonlyMap<Severity, number>, messages: Messages): void {
  const parts = severities.flatMap((severity) => {
    const count = counts.get(severity) ?? 0;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  messages.say(parts.length === 0 ? 'Nothing found.' : `${parts.join(', ')}.`);
}
