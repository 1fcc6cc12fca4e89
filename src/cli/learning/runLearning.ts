import { isHuman, type Entity } from '../../core/entity/entity';
import { InputError } from '../../core/errors';
import type { OffsetUnit, PassageData } from '../../core/formats/format';
import { summarizeAdapters } from '../../core/learning/adapterSet';
import { writeAdapterFile } from '../../core/learning/adapterFile';
import { phrase } from '../../core/messages/phrase';
import type { AnnotatedPassage } from '../../engines/engine';
import { readResults } from '../conversion/runConversion';
import { openPack } from '../datasets/openPack';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { openOutput, writeAll } from '../io/output';
import type { TextPassages } from '../io/passages';
import { namedSources } from '../io/sources';
import type { OpenEngine } from '../openEncoder';
import { resolveLabels } from '../options/labels';
import { formatLearned } from './formatLearned';

/** The options of `learn` as commander reads them. */
export interface LearningOptions {
  readonly out: string;
  readonly labels?: string;
  readonly model?: string;
  readonly estimate?: true;
  readonly partial?: true;
  readonly suggested?: true;
  readonly from?: string;
  readonly passages?: TextPassages;
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly strict?: true;
}

/**
 * Runs `learn`: reads the passages, learns, writes the file of adapters and tells what was learned.
 * @returns 0, or 1 when a passage or file could not be read.
 */
export async function runLearning(
  files: readonly string[],
  options: LearningOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const sources = namedSources(files, environment);
  const messages = new Messages(environment.stderr);
  const { folder, signal, stdout } = environment;
  const labels = await resolveLabels(options.labels, { folder }, environment, messages);
  const passages: AnnotatedPassage[] = [];
  const reading = { ...options, taxonomy: labels.taxonomy };
  for await (const result of readResults(sources, reading, messages)) {
    signal.throwIfAborted();
    if ('data' in result) passages.push(annotated(result.data, passages.length, options));
  }
  const engine = await openPack(options.model, environment, open);
  try {
    if (engine.learn === undefined) {
      throw new UsageError(`${engine.model} cannot learn from annotations: use a bundled model.`);
    }
    const estimates = options.estimate === true;
    const learned = await engine.learn(passages, { labels: labels.toSpec(), estimates, signal });
    const summary = summarizeAdapters(learned);
    if (summary.length === 0) {
      throw new InputError(
        phrase`There is nothing to learn from: no annotation has a type of the label list`,
        phrase`Name the list that the texts are annotated with, with --labels.`,
      );
    }
    const output = openOutput(options.out, folder, stdout);
    await writeAll(output, [writeAdapterFile(learned)]);
    messages.say(formatLearned(summary));
  } finally {
    await engine.dispose();
  }
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

function annotated(
  { text, lang, entities }: PassageData,
  index: number,
  { partial, suggested }: LearningOptions,
): AnnotatedPassage {
  return {
    id: String(index),
    text,
    ...(lang === undefined ? {} : { lang }),
    complete: partial !== true,
    entities: entities.map((entity) =>
      suggested === true || isGold(entity) ? decided(entity) : entity,
    ),
  };
}

/** Data sets do not say who accepted their entities; what names an engine was found by it. */
function isGold(entity: Entity): boolean {
  return isHuman(entity) || entity.source?.engine === undefined;
}

function decided(entity: Entity): Entity {
  return isHuman(entity) ? entity : { ...entity, state: 'accepted' };
}
