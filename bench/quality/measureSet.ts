import type { Entity } from '../../src/core/entity/entity';
import type { PassageData } from '../../src/core/formats/format';
import { dynamicNerLabels } from '../../src/core/labels/dynamicner';
import { foldName } from '../../src/core/labels/names';
import { LabelList } from '../../src/core/labels/labelList';
import { bootstrapInterval, type Interval } from '../../src/core/scoring/bootstrap';
import type { Scores } from '../../src/core/scoring/counts';
import { DynamicNerScorer, type DynamicNerScores } from '../../src/core/scoring/dynamicnerScorer';
import { SpanScorer, type SpanScorerKind } from '../../src/core/scoring/spanScorer';
import type { Engine, Passage } from '../../src/engines/engine';
import type { GoldSet, SetLabels } from './goldSets';

/** A score with the 95 % interval of its F1. */
export type Measured = Scores & { readonly interval: Interval };

export interface SetResult {
  readonly name: string;
  readonly language: string;
  /** Whether the pack is made for the set's language. */
  readonly known: boolean;
  readonly labels: SetLabels;
  readonly labelCount: number;
  readonly sentences: number;
  readonly size: number;
  readonly entities: number;
  /** Span and type must be those of the gold. */
  readonly strict: Measured;
  /** The span must be that of the gold. */
  readonly spans: Measured;
  /** What DynamicNER's own users compute: sets of lower-cased surfaces with their type. */
  readonly dynamicner: DynamicNerScores | undefined;
  /** Share of gold entities, in 0..1, that begin or end inside a word and so cannot be found. */
  readonly unreachable: number;
  readonly seconds: number;
}

export interface Pack {
  readonly languages: readonly string[];
  /** What a word is for the pack. */
  readonly words: RegExp;
}

/** Extracts a set with its labels and scores it. */
export async function measureSet(set: GoldSet, engine: Engine, pack: Pack): Promise<SetResult> {
  const began = performance.now();
  const predicted = await extractSet(set, engine);
  const seconds = (performance.now() - began) / 1000;
  const pairs = set.sentences.map((gold, at) => [gold, predicted[at] ?? []] as const);
  const entities = set.sentences.reduce((sum, sentence) => sum + sentence.entities.length, 0);
  return {
    name: set.name,
    language: set.language,
    known: pack.languages.includes(set.language) || pack.languages.includes('multi'),
    labels: set.labels,
    labelCount: set.labels === 'taxonomy' ? leafCount : namesOf(set.sentences).length,
    sentences: set.sentences.length,
    size: set.size,
    entities,
    strict: measure('strict', pairs),
    spans: measure('boundaries', pairs),
    dynamicner: set.labels === 'taxonomy' ? scoreDynamicNer(pairs) : undefined,
    unreachable: countUnreachable(set.sentences, pack.words) / Math.max(1, entities),
    seconds,
  };
}

const leafCount = dynamicNerLabels.taxonomy.leaves.length;

type Pair = readonly [gold: PassageData, predicted: readonly Entity[]];

async function extractSet(set: GoldSet, engine: Engine): Promise<(readonly Entity[])[]> {
  const passages = set.sentences.map((sentence, at): Passage => {
    const { text, lang } = sentence;
    return { id: String(at), text, ...(lang === undefined ? {} : { lang }) };
  });
  if (set.labels !== 'names-of-line') {
    const labels = set.labels === 'taxonomy' ? dynamicNerLabels : listOf(namesOf(set.sentences));
    return collect(engine, passages, labels);
  }
  const results: (readonly Entity[])[] = [];
  for (const [at, sentence] of set.sentences.entries()) {
    const names = namesOf([sentence]);
    const passage = passages.slice(at, at + 1);
    const found = names.length === 0 ? [[]] : await collect(engine, passage, listOf(names));
    results.push(...found);
  }
  return results;
}

async function collect(
  engine: Engine,
  passages: readonly Passage[],
  labels: LabelList,
): Promise<(readonly Entity[])[]> {
  const results: (readonly Entity[])[] = [];
  for await (const { entities } of engine.extract(passages, { labels: labels.toSpec() })) {
    results.push(entities);
  }
  return results;
}

function listOf(names: readonly string[]): LabelList {
  return LabelList.flat(names.map((name) => ({ name })));
}

/** The type names that the gold uses, in the order of their first use. */
function namesOf(sentences: readonly PassageData[]): string[] {
  const names = new Map<string, string>();
  for (const { path } of sentences.flatMap(({ entities }) => entities)) {
    const name = path.at(-1) ?? '';
    if (!names.has(foldName(name))) names.set(foldName(name), name);
  }
  return [...names.values()];
}

function measure(kind: SpanScorerKind, pairs: readonly Pair[]): Measured {
  const scorer = new SpanScorer(kind);
  const perSentence = pairs.map(([gold, predicted]) =>
    scorer.add(byName(gold.entities), byName(predicted)),
  );
  const { precision, recall, f1 } = scorer.scores;
  return { precision, recall, f1, interval: bootstrapInterval(perSentence, 1) };
}

/** Some gold files name types without their path, so all are compared by their deepest name. */
function byName(entities: readonly Entity[]): Entity[] {
  return entities.map((entity) => ({ ...entity, path: entity.path.slice(-1) }));
}

function scoreDynamicNer(pairs: readonly Pair[]): DynamicNerScores {
  const scorer = new DynamicNerScorer();
  for (const [gold, entities] of pairs) scorer.add(gold, { text: gold.text, entities });
  return scorer.scores;
}

function countUnreachable(sentences: readonly PassageData[], words: RegExp): number {
  let unreachable = 0;
  for (const { text, entities } of sentences) {
    const starts = new Set<number>();
    const ends = new Set<number>();
    for (const { index, 0: word } of text.matchAll(words)) {
      starts.add(index);
      ends.add(index + word.length);
    }
    unreachable += entities.filter(({ start, end }) => !starts.has(start) || !ends.has(end)).length;
  }
  return unreachable;
}
