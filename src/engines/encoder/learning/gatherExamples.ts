import { cutLogit, logitOf } from '../../../core/decoding/logits';
import type { LabelFinder } from '../../../core/learning/adapterSet';
import { NO_LABEL, type SpanExamples } from '../../../core/learning/examples';
import { squaresOf } from '../../../core/learning/rows';
import type { AnnotatedPassage } from '../../engine';
import type { EncoderModel } from '../encoderModel';
import type { LabelPlan } from '../labelPlan';
import { recallSpans, typesOf } from '../recallTypes';
import type { ReadUnit } from '../sentenceReader';
import { candidatesOf, scoreWords, type WordLogits } from '../spanFinder';
import type { RememberedSpan, SpanMemory } from '../spanMemory';
import { scoreSpan } from '../spanScores';
import type { PlacedSpan } from '../spanTyper';
import type { TextFeatures } from '../textFeatures';
import { annotatedSpans, readDecisions, type AnnotatedSpan } from './annotatedSpans';
import { withFinders } from './labelFinders';
import { learnFinders, type TaughtUnit } from './learnFinders';
import { LeafIndex } from './leafIndex';
import { featureWidth, writeSpanFeatures } from './spanFeatures';
import { withoutLearned } from './withLearned';

/** A unit of an annotated passage, with its features. */
export interface EncodedUnit {
  readonly read: ReadUnit;
  readonly features: TextFeatures;
}

/** What learns: a pack and a label list ready for it. */
export interface LearningContext {
  readonly model: EncoderModel;
  readonly plan: LabelPlan;
  readonly memory: SpanMemory;
}

/** Examples of those leaves that have any; label i of the examples is leaf `leaves[i]` of the list. */
export interface GatheredExamples {
  readonly examples: SpanExamples;
  readonly leaves: readonly number[];
  /** What was learned of the words of each leaf. */
  readonly finders: readonly (LabelFinder | undefined)[];
}

type DecidedUnit = EncodedUnit & TaughtUnit;

interface Row extends AnnotatedSpan, PlacedSpan {
  readonly group: number;
  readonly logits: WordLogits;
}

/**
 * What annotated passages teach of a label list, as the pack alone sees it. The words are learned
 * first: what they then propose wrongly is among the spans that are learned to be none.
 */
export async function gatherExamples(
  { model, plan: learned, memory }: LearningContext,
  encoded: readonly EncodedUnit[],
  passages: readonly AnnotatedPassage[],
): Promise<GatheredExamples> {
  // Not what was learned before: learning twice from the same gives the same.
  const plan = withoutLearned(learned, model);
  const units = decidedUnits(plan, encoded, passages);
  const used = units.flatMap(({ decisions }) =>
    decisions.spans.flatMap(({ leaf, rejected }) => [leaf, rejected]),
  );
  const leaves = [...new Set(used)].filter((leaf) => leaf !== NO_LABEL).sort((a, b) => a - b);
  const finders = await learnFinders(model, plan, units, leaves);
  const learnable = finders.flatMap((finder, label) =>
    finder === undefined ? [] : [[leaves[label] as number, finder] as const],
  );
  const rows = await gatherRows(model, withFinders(plan, learnable, model.manifest, ''), units);
  const known = await recallSpans(model, plan, rows, memory);
  const width = featureWidth(model.manifest.typing.dimensions, model.hidden);
  const features = new Float32Array(rows.length * width);
  const logits = new Float32Array(rows.length * leaves.length);
  rows.forEach((row, at) => {
    const span = known[at] as RememberedSpan;
    writeSpanFeatures(row, span.vector, model.hidden, features, at * width);
    const scores = scoreSpan(plan, row.logits, row, typesOf(span, plan));
    leaves.forEach((leaf, label) => {
      logits[at * leaves.length + label] = cutLogit(logitOf(scores.scoreOf(leaf)));
    });
  });
  const labelOf = new Map(leaves.map((leaf, label) => [leaf, label]));
  const labels = (which: 'leaf' | 'rejected') =>
    Int32Array.from(rows, (row) => labelOf.get(row[which]) ?? NO_LABEL);
  const examples: SpanExamples = {
    width,
    features,
    squares: squaresOf(features, width),
    labelCount: leaves.length,
    logits,
    labels: labels('leaf'),
    rejected: labels('rejected'),
    groups: Int32Array.from(rows, ({ group }) => group),
  };
  return { examples, leaves, finders };
}

function decidedUnits(
  { layout }: LabelPlan,
  encoded: readonly EncodedUnit[],
  passages: readonly AnnotatedPassage[],
): DecidedUnit[] {
  const leaves = new LeafIndex(layout);
  return encoded.flatMap(({ read, features }) => {
    const passage = passages[read.passage];
    const decisions = passage && readDecisions(passage, read, features, leaves);
    return decisions === undefined ? [] : [{ read, features, decisions }];
  });
}

async function gatherRows(
  model: EncoderModel,
  plan: LabelPlan,
  units: readonly DecidedUnit[],
): Promise<Row[]> {
  const scores = await scoreWords(
    model,
    plan,
    units.map(({ features }) => features),
  );
  return units.flatMap(({ read, features, decisions }, group): Row[] => {
    const logits = scores[group] as WordLogits;
    const candidates = candidatesOf(logits, model);
    return annotatedSpans(decisions, read, logits, candidates).map((span) => ({
      ...span,
      features,
      group,
      logits,
    }));
  });
}
