import { semanticCohesion } from '../../core/dynamic/semanticCohesion';
import { openPack } from '../datasets/openPack';
import type { Environment } from '../environment';
import { UsageError } from '../exit';
import type { OpenEngine } from '../openEncoder';

/**
 * The semantic cohesion of two groupings of mentions by type.
 * @throws {UsageError} where the bundled model gives no vectors.
 */
export async function measureSemantic(
  [before, after]: readonly [
    before: ReadonlyMap<string, readonly string[]>,
    after: ReadonlyMap<string, readonly string[]>,
  ],
  environment: Environment,
  open: OpenEngine,
): Promise<[number, number]> {
  const engine = await openPack(undefined, environment, open);
  try {
    if (engine.embed === undefined) throw new UsageError('--semantic needs a model with vectors.');
    const mentions = [...new Set([...before.values(), ...after.values()].flat())];
    const vectors = await engine.embed(mentions, environment.signal);
    const known = new Map(mentions.map((mention, at) => [mention, vectors[at]]));
    const cohesion = (types: ReadonlyMap<string, readonly string[]>) =>
      semanticCohesion(
        [...types.values()].map((own) => own.flatMap((mention) => known.get(mention) ?? [])),
      );
    return [cohesion(before), cohesion(after)];
  } finally {
    await engine.dispose();
  }
}
