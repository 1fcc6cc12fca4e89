import type { OffsetUnit } from '../../core/formats/format';
import { DynamicNerScorer } from '../../core/scoring/dynamicnerScorer';
import { pairPassages } from '../../core/scoring/pairPassages';
import type { ScoreGroup } from '../../core/scoring/entityGroups';
import { SpanScorer, spanScorerKinds } from '../../core/scoring/spanScorer';
import { nameOfSet } from '../datasets/dataSet';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { openOutput } from '../io/output';
import { readMapping, type TypeMapping } from '../mapping/readMap';
import { namedSources } from '../io/sources';
import { resolveLabels } from '../options/labels';
import { levelOf } from '../options/level';
import { encodingsOf, type ScoredEncodings } from '../options/scores';
import { matchBareNames } from './matchBareNames';
import { readScored, textsDiffer, type ScoredInput } from './readScored';
import { formatScores, type EvaluationScores } from './formatScores';

export const scorers = [...spanScorerKinds, 'dynamicner'] as const;
export type ScorerName = (typeof scorers)[number];

/** The options of `evaluate` as commander reads them. */
export interface EvaluationOptions extends ScoredEncodings {
  readonly gold: string;
  readonly pred: string;
  readonly scorer: ScorerName;
  readonly level?: string;
  readonly labels?: string;
  readonly map?: string;
  readonly by?: ScoreGroup;
  readonly from?: string;
  readonly offsets: OffsetUnit;
  readonly to: 'table' | 'json';
  readonly out?: string;
}

/**
 * Runs `evaluate`: pairs the passages of both files and prints the scores.
 * @returns 0, or 1 when a passage could not be read or compared.
 */
export async function runEvaluation(
  options: EvaluationOptions,
  environment: Environment,
): Promise<ExitCode> {
  checkGroups(options);
  const messages = new Messages(environment.stderr);
  const { folder } = environment;
  const { taxonomy } = await resolveLabels(options.labels, { folder }, environment, messages);
  const level = levelOf(options.level, taxonomy);
  const [gold, predicted] = namedSources([options.gold, options.pred], environment);
  if (gold === undefined || predicted === undefined) throw new Error('Two files are always named.');
  const encodings = encodingsOf(options);
  const readOptions = {
    offsets: options.offsets,
    taxonomy,
    ...(options.from === undefined ? {} : { from: options.from }),
  };
  const mapping = options.map === undefined ? undefined : await readMapping(options.map, folder);
  const found = readScored(predicted, { ...readOptions, ...encodings.predicted }, messages);
  const scores = await score(
    readScored(gold, { ...readOptions, ...encodings.gold }, messages),
    mapping === undefined ? found : mapScored(found, mapping, nameOfSet(predicted.name)),
    options.scorer,
    level,
    messages,
  );
  mapping?.tell(messages);
  const output = openOutput(options.out, folder, environment.stdout);
  await output.write(formatScores(scores, options.to, options.by));
  await output.close();
  return messages.failures > 0 ? exitCode.failed : exitCode.done;
}

/** The predictions in the label list of the gold file. */
async function* mapScored(
  inputs: AsyncIterable<ScoredInput>,
  mapping: TypeMapping,
  set: string,
): AsyncGenerator<ScoredInput> {
  for await (const input of inputs) yield mapping.apply(input, set);
}

/** @throws {UsageError} where the scorer does not tell such groups apart. */
export function checkGroups({ by, scorer }: Pick<EvaluationOptions, 'by' | 'scorer'>): void {
  if (by === undefined) return;
  const hasTypes = scorer !== 'boundaries' && scorer !== 'partial';
  if (scorer === 'dynamicner' || (by === 'type' && !hasTypes)) {
    throw new UsageError(`--by ${by} does not go with --scorer ${scorer}.`);
  }
}

async function score(
  gold: AsyncIterable<ScoredInput>,
  predicted: AsyncIterable<ScoredInput>,
  scorer: ScorerName,
  level: number | undefined,
  messages: Messages,
): Promise<EvaluationScores> {
  const options = level === undefined ? {} : { level };
  const dynamicner = new DynamicNerScorer(options);
  const spans = new SpanScorer(scorer === 'dynamicner' ? 'strict' : scorer, options);
  let missing = 0;
  let extra = 0;
  for await (const pair of pairPassages(gold, predicted)) {
    if (pair.gold?.unreadable === true) continue;
    if (pair.gold === undefined) {
      if (pair.predicted?.unreadable !== true) extra++;
      continue;
    }
    const prediction = pair.predicted;
    const usable = prediction?.text === pair.gold.text;
    if (prediction === undefined) missing++;
    else if (!usable && prediction.unreadable !== true) {
      messages.fail(textsDiffer(pair.gold, prediction));
    }
    const found = usable ? prediction.entities : [];
    if (scorer === 'dynamicner') {
      if (usable) dynamicner.add(pair.gold, { text: pair.gold.text, entities: found });
    } else {
      spans.add(
        matchBareNames(pair.gold.entities, found),
        matchBareNames(found, pair.gold.entities),
        pair.gold.text,
      );
    }
  }
  tellUnpaired(missing, extra, scorer, messages);
  if (scorer === 'dynamicner') return { scorer, scores: dynamicner.scores };
  const { scores, perLength, perFrequency } = spans;
  return { scorer, scores, perLength, perFrequency };
}

function tellUnpaired(
  missing: number,
  extra: number,
  scorer: ScorerName,
  messages: Messages,
): void {
  const passages = (count: number) => (count === 1 ? '1 passage' : `${count} passages`);
  if (missing > 0) {
    const effect =
      scorer === 'dynamicner'
        ? 'left out, as that scorer does'
        : 'all of their entities are missed';
    messages.warn(`${passages(missing)} of the gold file without prediction: ${effect}.`);
  }
  if (extra > 0) messages.warn(`${passages(extra)} without gold: left out.`);
}
