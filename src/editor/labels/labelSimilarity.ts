import type { Similarity } from '../../core/labels/taxonomyFile/similarSiblings';
import { allTypes, type TaxonomyFile } from '../../core/labels/taxonomyFile/taxonomyFile';
import type { EngineAccess } from '../engine/engineAccess';

/**
 * How alike the names of a file's types are for the engine in force: the cosine of their label vectors.
 * Undefined where the engine has none, asks a language model, or is not running: looking at a file
 * starts no model.
 */
export async function labelSimilarity(
  file: TaxonomyFile,
  access: EngineAccess,
): Promise<Similarity | undefined> {
  const { state } = access.current;
  if (access.asksModels || (state !== 'ready' && state !== 'busy')) return undefined;
  const names = [...new Set(allTypes(file.types).map(({ name }) => name))].filter(
    (name) => name.trim() !== '',
  );
  const engine = await access.engine();
  const vectors = await engine.embedLabels?.(names);
  if (vectors === undefined) return undefined;
  const byName = new Map(names.map((name, index) => [name, vectors[index]]));
  return (one, other) => {
    const [a, b] = [byName.get(one.at(-1) ?? ''), byName.get(other.at(-1) ?? '')];
    return a === undefined || b === undefined ? undefined : cosine(a, b);
  };
}

function cosine(one: Float32Array, other: Float32Array): number {
  let [product, ones, others] = [0, 0, 0];
  one.forEach((value, index) => {
    const against = other[index] ?? 0;
    product += value * against;
    ones += value * value;
    others += against * against;
  });
  return ones === 0 || others === 0 ? 0 : product / Math.sqrt(ones * others);
}
