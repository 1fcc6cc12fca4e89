import type { LabelSpec } from '../../../core/labels/labelSpec';
import { fingerprintOf } from '../../../core/learning/withAdapters';
import type { EncoderModel } from '../encoderModel';
import type { LabelPlan } from '../labelPlan';
import { bindAdapters } from './labelAdapters';
import { featureWidth } from './spanFeatures';

/**
 * The plan of a label list with what was learned for it, if anything was.
 * @throws InputError where it was learned for another version of the pack.
 */
export function withLearned(
  plan: LabelPlan,
  { adapters: learned }: LabelSpec,
  { manifest, hidden }: EncoderModel,
): LabelPlan {
  const width = featureWidth(manifest.typing.dimensions, hidden);
  const adapters = bindAdapters(learned, plan.layout, manifest, width);
  if (learned === undefined || adapters === undefined) return plan;
  return { ...plan, adapters, key: `${plan.key}\n${fingerprintOf(learned)}` };
}
