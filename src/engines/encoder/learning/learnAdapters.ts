import { setImmediate as takeTurn } from 'node:timers/promises';
import { estimateLabel } from '../../../core/learning/estimate';
import type { LabelAdapter, PackAdapters } from '../../../core/learning/adapterSet';
import { trainAdapters } from '../../../core/learning/trainAdapters';
import type { AnnotatedPassage } from '../../engine';
import { gatherExamples, type EncodedUnit, type LearningContext } from './gatherExamples';

/** Digits of a weight in its file: less than any difference that matters. */
const DIGITS = 5;

/**
 * What annotated passages teach of a label list, for one pack; the same passages in the same order
 * give the same. Labels without examples are left out.
 * @param estimates Whether to estimate how well each label was learned, which takes ten times as long.
 */
export async function learnAdapters(
  context: LearningContext,
  units: readonly EncodedUnit[],
  passages: readonly AnnotatedPassage[],
  estimates: boolean,
): Promise<PackAdapters> {
  const { name, version } = context.model.manifest;
  const { examples, leaves, finders } = await gatherExamples(context, units, passages);
  const { layout, scoring } = context.plan;
  const labels: LabelAdapter[] = [];
  for (const { label, weights, ...learned } of trainAdapters(examples)) {
    const leaf = leaves[label];
    const node = leaf === undefined ? undefined : layout.nodes[layout.leafNodes[leaf] ?? -1];
    if (node === undefined) continue;
    const finder = finders[label];
    const estimate = estimates ? estimateLabel(examples, label, scoring.threshold) : undefined;
    labels.push({
      path: node.path,
      examples: learned.examples,
      bias: rounded(learned.bias),
      scale: rounded(learned.scale),
      ...(estimate === undefined
        ? {}
        : {
            estimate: {
              precision: rounded(estimate.precision),
              recall: rounded(estimate.recall),
              f1: rounded(estimate.f1),
              spans: estimate.spans,
            },
          }),
      weights: Array.from(weights, rounded),
      ...(finder === undefined
        ? {}
        : {
            finder: {
              weights: finder.weights.map(rounded),
              biases: finder.biases.map(rounded),
            },
          }),
    });
    // Learning many labels must not keep other requests from their turn.
    await takeTurn();
  }
  return { pack: name, version, width: examples.width, labels };
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
