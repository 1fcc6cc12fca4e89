import type { EncodedUnit } from './learning/gatherExamples';
import type { ReadUnit } from './sentenceReader';
import type { UnitEncoder } from './unitEncoder';

/**
 * Units with their features, and how many the model had to read.
 * @throws the signal's reason when aborted.
 */
export async function encodeUnits(
  encoder: UnitEncoder,
  units: readonly ReadUnit[],
  signal?: AbortSignal,
): Promise<{ read: EncodedUnit[]; encoded: number }> {
  const unknown = units.flatMap(({ content }) => ('unit' in content ? [content.unit] : []));
  const { features: known, encoded } = await encoder.encode(unknown, signal);
  const read = units.map((unit) => {
    const features = 'features' in unit.content ? unit.content.features : known.get(unit.text);
    if (features === undefined) throw new RangeError('a unit was not encoded');
    return { read: unit, features };
  });
  return { read, encoded };
}
