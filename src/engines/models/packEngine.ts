import type { EncoderEngine } from '../encoder/encoderEngine';
import type { EncoderPacks } from '../encoder/encoderPacks';
import type { PackManifest } from '../encoder/packSchema';
import type { LocalEngine, ModelDescription } from './localEngine';

/** What a pack, or several together, says of itself, as every other model does. */
function describePack(manifest: PackManifest, packs: readonly PackManifest[]): ModelDescription {
  const { name, version, kind, languages, files, scores } = manifest;
  return {
    name,
    version,
    kind,
    languages,
    bytes: Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0),
    thresholds: { taxonomy: scores.taxonomy.threshold, flat: scores.flat.threshold },
    packs: packs.map((one) => ({ name: one.name, version: one.version })),
  };
}

/** The engine of a pack, or of several, with its description. */
export function describedPack(engine: EncoderEngine | EncoderPacks): LocalEngine {
  const packs = 'manifests' in engine ? engine.manifests : [engine.manifest];
  // All methods of the engine stay its own: they use its private fields.
  return Object.assign(engine, { description: describePack(engine.manifest, packs) });
}
