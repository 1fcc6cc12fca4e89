import type { PassageData } from '../../src/core/formats/format';
import { dynamicNerTaxonomy } from '../../src/core/labels/dynamicner';
import { LabelList } from '../../src/core/labels/labelList';
import { DynamicNerScorer, type DynamicNerScores } from '../../src/core/scoring/dynamicnerScorer';
import type { Engine, ExtractStatistics } from '../../src/engines/engine';

/** The engine's entities for the sentences, each a passage, scored as users of the data set score. */
export async function scoreExtraction(
  engine: Engine,
  gold: readonly PassageData[],
  labels = LabelList.fromTaxonomy(dynamicNerTaxonomy).toSpec(),
): Promise<{ readonly scores: DynamicNerScores; readonly statistics: ExtractStatistics }> {
  const scorer = new DynamicNerScorer();
  let index = 0;
  let statistics: ExtractStatistics | undefined;
  const passages = gold.map(({ text }, number) => ({ id: String(number), text }));
  for await (const { entities } of engine.extract(passages, {
    labels,
    onDone: (done) => (statistics = done),
  })) {
    const right = gold[index++];
    if (right !== undefined) scorer.add(right, { text: right.text, entities });
  }
  if (statistics === undefined) throw new Error('The run told no statistics.');
  return { scores: scorer.scores, statistics };
}
