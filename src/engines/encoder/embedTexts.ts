import type { UnitEncoder } from './unitEncoder';
import { readUnits, type ReadingRules } from './sentenceReader';
import { wordsIn } from './textFeatures';

/**
 * Vectors of texts [texts, hidden]: the mean of the vectors of their words, whatever the number of
 * sentences; zeros for a text without words.
 * @throws the signal's reason when aborted.
 */
export async function embedTexts(
  texts: readonly string[],
  hidden: number,
  units: UnitEncoder,
  rules: ReadingRules,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const passages = texts.map((text, index) => ({ id: String(index), text }));
  const read = [...readUnits(passages, rules)];
  const unknown = read.flatMap(({ content }) => ('unit' in content ? [content.unit] : []));
  const { features: encoded } = await units.encode(unknown, signal);
  const vectors = texts.map(() => new Float32Array(hidden));
  const words = texts.map(() => 0);
  for (const { passage, text, content } of read) {
    const features = 'features' in content ? content.features : encoded.get(text);
    const vector = vectors[passage];
    if (features === undefined || vector === undefined) continue;
    const count = wordsIn(features);
    words[passage] = (words[passage] ?? 0) + count;
    features.mean.forEach((value, at) => (vector[at] = (vector[at] ?? 0) + count * value));
  }
  return vectors.map((vector, index) => vector.map((sum) => sum / Math.max(1, words[index] ?? 0)));
}
