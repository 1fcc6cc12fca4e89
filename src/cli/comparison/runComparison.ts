import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Entity } from '../../core/entity/entity';
import type { OffsetUnit } from '../../core/formats/format';
import { jsonlFormat } from '../../core/formats/jsonl';
import type { LabelList } from '../../core/labels/labelList';
import { bootstrapInterval } from '../../core/scoring/bootstrap';
import { pairPassages } from '../../core/scoring/pairPassages';
import { SpanScorer, type SpanScorerKind } from '../../core/scoring/spanScorer';
import type { ExtractStatistics } from '../../engines/engine';
import type { Environment } from '../environment';
import { matchBareNames } from '../evaluation/matchBareNames';
import { readScored, textsDiffer, type ScoredInput } from '../evaluation/readScored';
import { exitCode, UsageError, type ExitCode } from '../exit';
import {
  openEngine,
  overlapOf,
  settingsOf,
  type ExtractionOptions,
} from '../extraction/extractionOptions';
import { Messages } from '../io/messages';
import { FileOutput, openOutput, writeAll } from '../io/output';
import { namedSources } from '../io/sources';
import type { OpenEngine } from '../openEncoder';
import { engineSettingsOf } from '../options/engine';
import type { ReadingOptions } from '../options/extraction';
import { resolveLabels } from '../options/labels';
import { levelOf } from '../options/level';
import { encodingsOf, type ScoredEncodings } from '../options/scores';
import { Progress } from '../progress';
import type { CliSettings } from '../settings';
import { fileNameOf, parseContestants, type Contestant } from './contestants';
import { formatComparison, type ComparedScores } from './formatComparison';

/** The options of `compare` as commander reads them. */
export interface ComparisonOptions
  extends Omit<ExtractionOptions, 'to' | 'engine' | 'model' | 'patterns'>, ScoredEncodings {
  readonly gold: string;
  readonly engines: string;
  readonly scorer: SpanScorerKind;
  readonly by?: 'type';
  readonly to: 'table' | 'json';
  readonly keep?: string;
  readonly offsets: OffsetUnit;
  readonly seed: number;
}

/** What a contestant found, and what that took. */
interface Findings {
  readonly found: readonly (readonly Entity[])[];
  readonly statistics?: ExtractStatistics;
}

/** Runs `compare`: each engine over the gold passages, and their scores side by side. */
export async function runComparison(
  options: ComparisonOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const { stderr, folder, stdout, signal } = environment;
  const contestants = parseContestants(options.engines, folder);
  if (options.resume === true && options.keep === undefined) {
    throw new UsageError('--resume needs --keep FOLDER.');
  }
  const progress = new Progress(stderr, options.progress === true || stderr.isTTY === true);
  const messages = new Messages(stderr, progress);
  const settings = await settingsOf(options, environment, messages);
  const labels = await resolveLabels(options.labels, settings, environment, messages);
  const encodings = encodingsOf(options);
  const reading = {
    offsets: options.offsets,
    taxonomy: labels.taxonomy,
    ...(options.from === undefined ? {} : { from: options.from }),
  };
  // Before the first works for an hour.
  for (const { engine } of contestants) {
    if (engine !== undefined) engineSettingsOf({ ...options, engine }, settings, true);
  }
  const [source] = namedSources([options.gold], environment);
  const gold: ScoredInput[] = [];
  if (source !== undefined) {
    for await (const passage of readScored(source, { ...reading, ...encodings.gold }, messages)) {
      if (passage.unreadable !== true) gold.push(passage);
    }
  }
  const level = levelOf(options.level ?? settings.level, labels.taxonomy);
  const results: ComparedScores[] = [];
  try {
    for (const contestant of contestants) {
      signal.throwIfAborted();
      messages.say(`${contestant.name} …`);
      const run = new ContestantRun(
        contestant,
        options,
        settings,
        labels,
        environment,
        messages,
        progress,
      );
      const findings = await run.find(gold, { ...reading, ...encodings.predicted }, open);
      results.push(scoreFindings(contestant, gold, findings, options, level));
    }
  } finally {
    progress.clear();
  }
  const output = openOutput(options.out, folder, stdout);
  await output.write(formatComparison(results, options.to, options.by === 'type'));
  await output.close();
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

/** One contestant over the gold passages. */
class ContestantRun {
  constructor(
    private readonly contestant: Contestant,
    private readonly options: ComparisonOptions,
    private readonly settings: CliSettings,
    private readonly labels: LabelList,
    private readonly environment: Environment,
    private readonly messages: Messages,
    private readonly progress: Progress,
  ) {}

  async find(
    gold: readonly ScoredInput[],
    reading: Parameters<typeof readScored>[1],
    open: OpenEngine,
  ): Promise<Findings> {
    const { file } = this.contestant;
    const kept = this.keptFile();
    const earlier = file ?? (kept !== undefined && existsSync(kept) ? kept : undefined);
    if (file !== undefined || (this.options.resume === true && earlier !== undefined)) {
      return { found: await this.readFile(earlier ?? '', gold, file === undefined ? {} : reading) };
    }
    const findings = await this.extract(gold, open);
    if (kept !== undefined) await keep(kept, gold, findings.found);
    return findings;
  }

  private async extract(gold: readonly ScoredInput[], open: OpenEngine): Promise<Findings> {
    const { contestant, options, settings, labels, environment, messages, progress } = this;
    const { engine: protocol, model } = contestant;
    const asked: ReadingOptions = {
      ...options,
      ...(protocol === undefined ? {} : { engine: protocol }),
      ...(model === undefined ? {} : { model }),
    };
    const engine = await openEngine(asked, settings, labels, true, environment, messages, open);
    const { signal } = environment;
    const threshold = options.threshold ?? settings.threshold ?? undefined;
    let statistics: ExtractStatistics | undefined;
    try {
      const passages = gold.map(({ text, lang }, id) => ({
        id: String(id),
        text,
        ...(lang === undefined ? {} : { lang }),
      }));
      const results = engine.extract(passages, {
        labels: labels.toSpec(),
        overlap: overlapOf(asked, settings),
        ...(threshold === undefined ? {} : { threshold }),
        signal,
        onDone: (done) => (statistics = done),
      });
      const found: (readonly Entity[])[] = [];
      for await (const { entities } of results) {
        progress.add(gold[found.length]?.text.split(/\s+/u).length ?? 0);
        found.push(entities);
      }
      return { found, ...(statistics === undefined ? {} : { statistics }) };
    } finally {
      await engine.dispose();
    }
  }

  private async readFile(
    file: string,
    gold: readonly ScoredInput[],
    reading: Partial<Parameters<typeof readScored>[1]>,
  ): Promise<(readonly Entity[])[]> {
    const { environment, messages } = this;
    const [source] = namedSources([file], environment);
    if (source === undefined) return [];
    const found = new Map<ScoredInput, readonly Entity[]>();
    async function* all(): AsyncGenerator<ScoredInput> {
      yield* await Promise.resolve(gold);
    }
    for await (const pair of pairPassages(all(), readScored(source, reading, messages))) {
      if (pair.gold === undefined || pair.predicted?.unreadable === true) continue;
      if (pair.predicted === undefined) continue;
      if (pair.predicted.text === pair.gold.text) found.set(pair.gold, pair.predicted.entities);
      else messages.fail(textsDiffer(pair.gold, pair.predicted));
    }
    return gold.map((passage) => found.get(passage) ?? []);
  }

  private keptFile(): string | undefined {
    const { keep: folder } = this.options;
    if (folder === undefined || this.contestant.file !== undefined) return undefined;
    return path.join(path.resolve(this.environment.folder, folder), fileNameOf(this.contestant));
  }
}

/** Keeps what was found, so that it need not be found again. */
async function keep(
  file: string,
  gold: readonly ScoredInput[],
  found: readonly (readonly Entity[])[],
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const passages = gold.map(({ id, text }, at) => ({
    ...(id === undefined ? {} : { id }),
    text,
    entities: found[at] ?? [],
  }));
  await writeAll(new FileOutput(file), jsonlFormat.write(passages));
}

function scoreFindings(
  { name }: Contestant,
  gold: readonly ScoredInput[],
  { found, statistics }: Findings,
  { scorer: kind, seed }: ComparisonOptions,
  level: number | undefined,
): ComparedScores {
  const scorer = new SpanScorer(kind, level === undefined ? {} : { level });
  const counts = gold.map(({ entities, text }, at) => {
    const own = found[at] ?? [];
    return scorer.add(matchBareNames(entities, own), matchBareNames(own, entities), text);
  });
  const { words = 0, seconds = 0, asked } = statistics ?? {};
  return {
    name,
    scores: scorer.scores,
    interval: bootstrapInterval(counts, seed),
    ...(seconds > 0 ? { speed: words / seconds } : {}),
    ...(asked === undefined ? {} : { tokens: asked.promptTokens + asked.completionTokens }),
  };
}
