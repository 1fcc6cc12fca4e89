import { contentId } from '../../../core/labels/contentId';
import type { AdapterSet } from '../../../core/learning/adapterSet';
import { fingerprintOf } from '../../../core/learning/withAdapters';
import { withoutKeys } from '../../../core/withoutKeys';
import type { EncoderModel } from '../encoderModel';
import type { LabelPlan } from '../labelPlan';
import { layOutAdapters, learnedLeaves } from './labelAdapters';
import { withFinders } from './labelFinders';
import { featureWidth } from './spanFeatures';

/**
 * The plan of a label list with what was learned for it, if anything was.
 * @throws InputError where it was learned for another version of the pack.
 */
export function withLearned(
  plan: LabelPlan,
  learned: AdapterSet | undefined,
  { manifest, hidden }: EncoderModel,
): LabelPlan {
  const width = featureWidth(manifest.typing.dimensions, hidden);
  const leaves = learnedLeaves(learned, plan.layout, manifest, width);
  const adapters = layOutAdapters(leaves, width);
  if (learned === undefined || adapters === undefined) return plan;
  const finders = leaves.flatMap((label, leaf) =>
    label?.finder === undefined ? [] : [[leaf, label.finder] as const],
  );
  const id = contentId(fingerprintOf(learned));
  const found = withFinders(plan, finders, manifest, id);
  return { ...found, adapters, key: `${plan.key}\n${id}` };
}

/** The plan as the pack alone has it. */
export function withoutLearned(learned: LabelPlan, { manifest }: EncoderModel): LabelPlan {
  const { finders, finding, finderTexts } = learned;
  return {
    ...withoutKeys(learned, 'adapters', 'finderBiases'),
    finding: finding.subarray(0, finders * manifest.finding.dimensions),
    finderTexts: finderTexts.slice(0, finders),
  };
}
