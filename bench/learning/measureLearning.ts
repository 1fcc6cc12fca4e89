import type { PassageData } from '../../src/core/formats/format';
import { LabelList } from '../../src/core/labels/labelList';
import type { LabelSpec } from '../../src/core/labels/labelSpec';
import { withAdapters } from '../../src/core/learning/withAdapters';
import { SpanScorer } from '../../src/core/scoring/spanScorer';
import type { AnnotatedPassage, Engine, Passage } from '../../src/engines/engine';
import type { GoldSet } from '../quality/goldSets';
import { chooseShots, halve, typesOf } from './shots';

/** Examples of each type that are learned from; 0 is what the pack does without. */
export const SHOTS = [0, 1, 5, 10, 50] as const;

export interface LearningRun {
  readonly set: string;
  readonly seed: number;
  /** Examples of each type. */
  readonly shots: number;
  /** Sentences and entities that were learned from. */
  readonly sentences: number;
  readonly entities: number;
  /** Time of learning, reading the sentences included. */
  readonly seconds: number;
  /** Strict micro F1 in 0..1 on the half that nothing was learned from. */
  readonly f1: number;
}

/** Learns from growing numbers of examples of a set and scores the rest of it. */
export async function measureLearning(
  set: GoldSet,
  engine: Engine,
  seed: number,
): Promise<LearningRun[]> {
  if (engine.learn === undefined) throw new Error('This engine cannot learn.');
  const names = [...new Set(set.sentences.flatMap(typesOf))].sort();
  const labels = LabelList.flat(names.map((name) => ({ name }))).toSpec();
  const { pool, test } = halve(set.sentences, seed);
  const runs: LearningRun[] = [];
  for (const shots of SHOTS) {
    const chosen = shots === 0 ? [] : chooseShots(pool, shots);
    const began = performance.now();
    const learned =
      shots === 0
        ? labels
        : withAdapters(labels, await engine.learn(chosen.map(annotated), { labels }));
    const seconds = (performance.now() - began) / 1000;
    runs.push({
      set: set.name,
      seed,
      shots,
      sentences: chosen.length,
      entities: chosen.reduce((sum, { entities }) => sum + entities.length, 0),
      seconds,
      f1: await score(engine, test, learned),
    });
  }
  return runs;
}

function annotated(sentence: PassageData, at: number): AnnotatedPassage {
  const entities = sentence.entities.map((entity) => ({ ...entity, state: 'accepted' as const }));
  return { ...passageOf(sentence, at), entities, complete: true };
}

async function score(
  engine: Engine,
  sentences: readonly PassageData[],
  labels: LabelSpec,
): Promise<number> {
  const scorer = new SpanScorer('strict');
  let at = 0;
  for await (const { entities } of engine.extract(sentences.map(passageOf), { labels })) {
    scorer.add(sentences[at++]?.entities ?? [], entities);
  }
  return scorer.scores.f1;
}

function passageOf({ text, lang }: PassageData, at: number): Passage {
  return { id: String(at), text, ...(lang === undefined ? {} : { lang }) };
}
