import { joinLabels, WORD_SCORES } from '../../core/decoding/joinLabels';
import type { EncoderModel } from './encoderModel';
import type { LabelPlan } from './labelPlan';
import { wordsIn, type TextFeatures } from './textFeatures';

// Scores that one product may have: 4 bytes each.
const MOST_SCORES = 4_000_000;

/**
 * Probabilities [words, 3] that a span of any of the plan's labels starts at, holds, or ends at each
 * word, for each of the units' features.
 */
export async function scoreWords(
  model: EncoderModel,
  plan: LabelPlan,
  features: readonly TextFeatures[],
): Promise<Float32Array[]> {
  const { dimensions, bias } = model.manifest.finding;
  const mostWords = Math.max(1, Math.floor(MOST_SCORES / (WORD_SCORES * plan.finders)));
  const scores = features.map((unit) => new Float32Array(WORD_SCORES * wordsIn(unit)));
  for (const chunk of chunkByWords(features, mostWords)) {
    const vectors = concat(chunk.map((index) => features[index]?.finding ?? new Uint16Array(0)));
    const logits = await model.match(vectors, plan.finding, dimensions);
    const joined = joinLabels(logits, plan.finders, bias, plan.join);
    let at = 0;
    for (const index of chunk) {
      const target = scores[index] as Float32Array;
      target.set(joined.subarray(at, at + target.length));
      at += target.length;
    }
  }
  return scores;
}

/** Indices of the features, cut where more than `most` words would come together. */
function chunkByWords(features: readonly TextFeatures[], most: number): number[][] {
  const chunks: number[][] = [];
  let chunk: number[] = [];
  let words = 0;
  features.forEach((unit, index) => {
    if (chunk.length > 0 && words + wordsIn(unit) > most) {
      chunks.push(chunk);
      chunk = [];
      words = 0;
    }
    chunk.push(index);
    words += wordsIn(unit);
  });
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}

function concat(parts: readonly Uint16Array[]): Uint16Array {
  const all = new Uint16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
