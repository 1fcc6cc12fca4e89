import { cutLogit, logitOf } from '../../../core/decoding/logits';
import { NO_LABEL, type SpanExamples } from '../../../core/learning/examples';
import { withoutKeys } from '../../../core/withoutKeys';
import type { AnnotatedPassage } from '../../engine';
import type { EncoderModel } from '../encoderModel';
import type { LabelPlan } from '../labelPlan';
import type { ReadUnit } from '../sentenceReader';
import { candidatesOf, scoreWords, type WordLogits } from '../spanFinder';
import { scoreSpan } from '../spanScores';
import { encodeInParts, typeSome, type PlacedSpan } from '../spanTyper';
import type { TextFeatures } from '../textFeatures';
import { annotatedSpans, type AnnotatedSpan } from './annotatedSpans';
import { LeafIndex } from './leafIndex';
import { featureWidth } from './spanFeatures';

/** A unit of an annotated passage, with its features. */
export interface EncodedUnit {
  readonly read: ReadUnit;
  readonly features: TextFeatures;
}

/** Examples of those leaves that have any; label i of the examples is leaf `leaves[i]` of the list. */
export interface GatheredExamples {
  readonly examples: SpanExamples;
  readonly leaves: readonly number[];
}

interface Row extends AnnotatedSpan, PlacedSpan {
  readonly group: number;
  readonly logits: WordLogits;
}

/** What annotated passages teach of a label list, as the pack alone sees it. */
export async function gatherExamples(
  model: EncoderModel,
  learned: LabelPlan,
  units: readonly EncodedUnit[],
  passages: readonly AnnotatedPassage[],
): Promise<GatheredExamples> {
  // Not what was learned before: learning twice from the same gives the same.
  const plan = withoutKeys(learned, 'adapters');
  const rows = await gatherRows(model, plan, units, passages);
  const used = rows.flatMap(({ leaf, rejected }) => [leaf, rejected]);
  const leaves = [...new Set(used)].filter((leaf) => leaf !== NO_LABEL).sort((a, b) => a - b);
  const labelOf = new Map(leaves.map((leaf, label) => [leaf, label]));
  const { dimensions } = model.manifest.typing;
  const width = featureWidth(dimensions, model.hidden);
  const features = new Float32Array(rows.length * width);
  const logits = new Float32Array(rows.length * leaves.length);
  let next = 0;
  for await (const some of encodeInParts(model, plan, rows)) {
    features.set(some.features(), next * width);
    for (const types of await typeSome(model, plan, some)) {
      const row = rows[next] as Row;
      const scores = scoreSpan(plan, row.logits, row, types);
      leaves.forEach((leaf, label) => {
        logits[next * leaves.length + label] = cutLogit(logitOf(scores.scoreOf(leaf)));
      });
      next++;
    }
  }
  const labels = (which: 'leaf' | 'rejected') =>
    Int32Array.from(rows, (row) => labelOf.get(row[which]) ?? NO_LABEL);
  const examples: SpanExamples = {
    width,
    features,
    labelCount: leaves.length,
    logits,
    labels: labels('leaf'),
    rejected: labels('rejected'),
    groups: Int32Array.from(rows, ({ group }) => group),
  };
  return { examples, leaves };
}

async function gatherRows(
  model: EncoderModel,
  plan: LabelPlan,
  units: readonly EncodedUnit[],
  passages: readonly AnnotatedPassage[],
): Promise<Row[]> {
  const leaves = new LeafIndex(plan.layout);
  const scores = await scoreWords(
    model,
    plan,
    units.map(({ features }) => features),
  );
  return units.flatMap(({ read, features }, group): Row[] => {
    const logits = scores[group];
    const passage = passages[read.passage];
    if (logits === undefined || passage === undefined) return [];
    const candidates = candidatesOf(logits, model);
    return annotatedSpans(passage, read, features, { logits, candidates }, leaves).map((span) => ({
      ...span,
      features,
      group,
      logits,
    }));
  });
}
