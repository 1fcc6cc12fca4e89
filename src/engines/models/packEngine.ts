import type { EncoderEngine } from '../encoder/encoderEngine';
import type { EncoderPacks } from '../encoder/encoderPacks';
import type { PackManifest } from '../encoder/packSchema';
import type { LocalEngine, ModelDescription } from './localEngine';

/** What a pack says of itself, as every other model does. */
export function describePack(manifest: PackManifest): ModelDescription {
  const { name, version, kind, languages, files, scores } = manifest;
  return {
    name,
    version,
    kind,
    languages,
    bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0),
    thresholds: { taxonomy: scores.taxonomy.threshold, flat: scores.flat.threshold },
  };
}

/** The engine of a pack, or of several, with its description. */
export function describedPack(engine: EncoderEngine | EncoderPacks): LocalEngine {
  // All methods of the engine stay its own: they use its private fields.
  return Object.assign(engine, { description: describePack(engine.manifest) });
}
