import type { LabelSpec, TypeSpec } from '../../core/labels/labelSpec';
import { typesOf } from '../cascade/typeTree';
import { readWorker, type EngineSettings } from '../settings';

/** Mentions of a sentence, as they are in the data set that the cascade was made for. */
const MENTIONS = 3;

/**
 * How many requests a cascade's run over some sentences takes. `certain` is the first stage; `likely`
 * adds the second one for as many mentions as sentences have on average, each level being a question.
 * What is kept on disk, asked twice or verified only where it is uncertain makes it fewer.
 */
export function estimateRequests(
  { extractor, classifier }: EngineSettings,
  sentences: number,
  labels: LabelSpec,
): { readonly certain: number; readonly likely: number } {
  const certain = readWorker(extractor.by).kind === 'encoder' ? 0 : sentences * extractor.samples;
  if (readWorker(classifier.by).kind === 'encoder') return { certain, likely: certain };
  const levels = classifier.descent === 'direct' ? 1 : depthOf(typesOf(labels));
  return { certain, likely: certain + sentences * MENTIONS * levels * classifier.samples };
}

function depthOf(types: readonly TypeSpec[]): number {
  return types.reduce((most, { children = [] }) => Math.max(most, 1 + depthOf(children)), 0);
}
