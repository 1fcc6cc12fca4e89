import { WORD_SCORES } from '../../../core/decoding/logits';
import type { LabelFinder } from '../../../core/learning/adapterSet';
import type { LabelPlan } from '../labelPlan';
import type { PackManifest } from '../packSchema';

/**
 * The plan, with the finders that were learned of its leaves, if any.
 * @param id What tells them from those that were learned another time.
 */
export function withFinders(
  plan: LabelPlan,
  learned: readonly (readonly [leaf: number, finder: LabelFinder])[],
  { finding: { dimensions, bias: biases } }: PackManifest,
  id: string,
): LabelPlan {
  const size = WORD_SCORES * dimensions;
  const known = learned.filter(([, { weights }]) => weights.length === size);
  if (known.length === 0) return plan;
  const own = plan.finders * dimensions;
  const finding = new Float32Array(own + known.length * size);
  finding.set(plan.finding.subarray(0, own));
  known.forEach(([leaf, { weights }], at) => {
    const base = findingVector(plan, leaf, dimensions);
    weights.forEach((weight, index) => {
      finding[own + at * size + index] = weight + (base[index % dimensions] as number);
    });
  });
  const finderBiases = known.flatMap(([, finder]) =>
    finder.biases.map((bias, role) => bias + (biases[role] as number)),
  );
  const texts = known.flatMap(([leaf]) => biases.map((_, role) => `${id}\n${leaf} ${role}`));
  const finderTexts = [...plan.finderTexts.slice(0, plan.finders), ...texts];
  return { ...plan, finding, finderTexts, finderBiases };
}

/**
 * [D]: the vector that words of a leaf are found with before anything is learned: its own, or in the
 * pack's taxonomy that of "any type of the taxonomy".
 */
export function findingVector(
  { scoring, finding, finders }: LabelPlan,
  leaf: number,
  dimensions: number,
): Float32Array {
  return scoring.kind === 'flat'
    ? scoring.labels.subarray(leaf * dimensions, (leaf + 1) * dimensions)
    : finding.subarray((finders - 2) * dimensions, (finders - 1) * dimensions);
}
